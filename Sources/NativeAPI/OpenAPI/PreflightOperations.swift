// SPDX-License-Identifier: Apache-2.0
import Domain
import OpenAPI

extension NativeAPI {
    static var preflightOperations: [Operation] {
        [
            .native(
                .get, "doctor", .operator, "Preflight", "Look for what would stop onboardings",
                note: "Asks Meta and this server; changes nothing.",
                answer: (
                    200,
                    .object([
                        "status": .words(of: DoctorSeverity.self), "findings": .list(.ref("DoctorFinding")),
                    ])
                )),
            .native(
                .get, "novelties", .operator, "Novelties", "List what Meta sent that this version does not know",
                query: [.query("kind", .words(of: NoveltyKind.self))], answer: (200, .listed(.ref("Novelty")))),
            .native(
                .delete, "novelties", .operator, "Novelties", "Forget them: counting begins anew", answer: (204, nil)),
            .native(
                .get, "novelties/fixtures", .operator, "Novelties", "Show them as a scenario of the simulator",
                answer: (200, .ref("SimulatorScenario"))),
            .native(
                .get, "onboardings/{id}/replay", .both, "Onboardings", "Show a run as a scenario of the simulator",
                note: "It holds no id, name, number, token or code.", answer: (200, .ref("SimulatorScenario")),
                refusals: [409]),
        ]
    }

    static var preflightSchemas: [String: Schema] {
        let call = Schema.object([
            "operation": .string, "method": .string, "path": .string, "token": .string, "changes": .boolean,
        ])
        return [
            "DoctorFinding": .object([
                "check": .words(of: DoctorCheck.self), "severity": .words(of: DoctorSeverity.self),
                "app_id": .string.orNull, "text": .string, "remedy": .string.orNull, "source": .string,
            ]),
            "Novelty": .object([
                "kind": .words(of: NoveltyKind.self), "place": .string, "word": .string, "count": .integer,
                "first_seen_at": .time, "last_seen_at": .time, "sample": .any,
            ]),
            "SimulatorScenario": .object([
                "name": .string, "summary": .string, "expect": .string, "signup": .openObject,
                "rules": .list(.openObject), "webhooks": .list(.openObject),
            ]),
            "OnboardingPreview": .object([
                "dry_run": .const(true), "plan": .words(of: PlanKind.self), "partner_id": .string, "customer_id": .uuid,
                "app_id": .string.orNull, "currency": .words(of: Currency.self).orNull, "request_calls": .list(call),
                "steps": .list(
                    .object([
                        "kind": .words(of: StepKind.self), "calls": .list(call),
                        "missing": .list(
                            .object(["reason": .words(of: FailureReason.self), "remedy": .ref("Remedy")])),
                    ])),
                "warnings": .list(
                    .object([
                        "kind": .words(of: PlanWarning.Kind.self), "allowed_at": .time.orNull, "remedy": .ref("Remedy"),
                    ])),
            ]),
        ]
    }

    /// Beside the 202 of a run that begins.
    static func withPreview(_ begin: Operation) -> Operation {
        var begin = begin
        begin.parameters.append(.query("dry_run", .words(["true", "false"])))
        begin.answers.insert(
            (200, .json("With `dry_run=true`: what would be done.", .ref("OnboardingPreview"))), at: 0)
        return begin
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import OpenAPI

extension NativeAPI {
    static var customerOperations: [Operation] {
        [
            .native(
                .post, "customers", .partner, "Customers", "Create a customer", body: .ref("NewCustomer"),
                answer: (201, .ref("Customer")), refusals: [409, 422], isIdempotent: true),
            .page(
                "customers", .both, "Customers", "List customers", of: "Customer",
                filters: [.query("external_id", .text(1...200))]),
            .native(.get, "customers/{id}", .both, "Customers", "Show a customer", answer: (200, .ref("Customer"))),
        ]
    }

    static var tenantSchemas: [String: Schema] {
        [
            "NewCustomer": .body([
                "name": .text(1...200), "email?": .text(3...254).orNull, "phone?": .phone.orNull,
                "external_id?": .text(1...200).orNull,
            ]),
            "Customer": .object([
                "id": .uuid, "partner_id": .string, "name": .string, "email": .string.orNull,
                "phone": .string.orNull, "external_id": .string.orNull, "created_at": .time,
            ]),
        ]
    }

    static var onboardingOperations: [Operation] {
        [
            withPreview(
                .native(
                    .post, "onboardings", .partner, "Onboardings", "Begin an onboarding",
                    note:
                        "202 as soon as it is stored; an embedded signup waits for its code's exchange, at most 10 s.",
                    body: .ref("NewOnboarding"), answer: (202, .ref("Onboarding")), refusals: [409, 422, 502],
                    isIdempotent: true)),
            .page(
                "onboardings", .both, "Onboardings", "List onboardings", of: "Onboarding",
                filters: [
                    .query("state", .words(of: OnboardingState.self)), .query("customer_id", .uuid),
                    .query("waba_id", .string), .query("parent_id", .string),
                ]),
            .native(
                .get, "onboardings/{id}", .both, "Onboardings", "Show an onboarding with its timeline",
                answer: (200, .ref("OnboardingDetail"))),
            .native(
                .post, "onboardings/{id}/resume", .both, "Onboardings", "Bring what was missing and go on",
                body: .ref("Resumption"), isBodyOptional: true, answer: (202, .ref("Onboarding")), refusals: [409]),
            .native(
                .post, "onboardings/{id}/cancel", .both, "Onboardings", "End an open onboarding",
                note: "What is done at Meta stays done.", body: .nothing, isBodyOptional: true,
                answer: (200, .ref("Onboarding")), refusals: [409]),
            .native(
                .post, "signups/abandoned", .partner, "Onboardings", "Tell that a customer left the signup's window",
                note: "The members of the window's `CANCEL` event, as they came.",
                body: .body([
                    "customer_id": .uuid, "current_step?": .text(1...100).orNull, "error_code?": .text(1...100).orNull,
                    "error_message?": .text(1...1000).orNull, "session_id?": .text(1...200).orNull,
                ]),
                answer: (
                    202,
                    .object([
                        "customer_id": .uuid, "current_step": .string.orNull, "actor": .words(of: ActionActor.self),
                        "remedy": .string,
                    ])
                ), refusals: [404]),
            .native(
                .get, "onboardings/{id}/certificate", .both, "Onboardings", "Show what an offboarding did",
                answer: (200, .ref("OffboardingCertificate")), refusals: [409]),
        ]
    }

    static var onboardingSchemas: [String: Schema] {
        let common: Schema = .object([
            "id": .string, "partner_id": .string, "state": .words(of: OnboardingState.self),
            "plan": .words(of: PlanKind.self), "customer_id": .uuid, "app_id": .string, "parent_id": .string.orNull,
            "actions?": .list(.ref("Remedy")), "waba_id": .string.orNull,
            "phone_number_id": .string.orNull, "phone_number": .string.orNull, "business_id": .string.orNull,
            "solution_id": .string.orNull, "currency": .words(of: Currency.self).orNull, "region": .string.orNull,
            "options": .object([
                "enable_template_analytics": .boolean, "subscribe_app": .boolean, "callback_uri": .string.orNull,
                "verify_messaging": Schema.object([
                    "method": .words(of: MessagingCheck.Method.self), "recipient": .string,
                ]).orNull,
            ]),
            "steps": .list(.ref("OnboardingStep")), "created_at": .time, "updated_at": .time,
            "finished_at": .time.orNull, "reason?": .words(of: FailureReason.self), "remedy?": .ref("Remedy"),
            "detail?": .string,
        ])
        return [
            "NewOnboarding": newOnboarding, "Onboarding": common,
            "OnboardingDetail": common.adding(["timeline": .list(.ref("StepAttempt"))]),
            "Resumption": .body([
                "pin?": .pin.orNull, "code?": .text(1...4096).orNull, "waba_id?": .metaID.orNull,
                "phone_number_id?": .metaID.orNull, "currency?": .words(of: Currency.self).orNull,
                "skip?": .boolean.orNull,
                "verification_code?": .pattern("^[0-9][0-9-]{2,9}[0-9]$").orNull, "resend_code?": .boolean.orNull,
            ]),
            "OnboardingStep": .object([
                "kind": .words(of: StepKind.self), "state": .words(of: StepState.self), "attempt": .integer,
                "started_at": .time.orNull, "finished_at": .time.orNull, "due_at?": .time,
                "reason?": .words(of: FailureReason.self), "remedy?": .ref("Remedy"), "detail?": .string,
                "facts?": .map(.string),
            ]),
            "StepAttempt": .object([
                "kind": .words(of: StepKind.self).orNull, "attempt": .integer, "outcome": .string,
                "graph_code": .integer.orNull, "detail": .string.orNull, "started_at": .time, "finished_at": .time,
            ]),
            "OffboardingCertificate": .object([
                "onboarding_id": .string, "partner_id": .string, "customer_id": .uuid, "waba_id": .string.orNull,
                "business_id": .string.orNull, "began_at": .time, "offboarded_at": .time.orNull,
                "complete": .boolean,
                "steps": .list(
                    .object([
                        "kind": .words(of: StepKind.self), "state": .words(of: StepState.self),
                        "finished_at": .time.orNull, "facts": .map(.string),
                    ])),
            ]),
        ]
    }

    private static var migration: Schema {
        .body([
            "country_code": .pattern("^[0-9]{1,3}$"), "phone_number": .pattern("^[0-9]{4,14}$"),
            "verified_name": .text(1...512),
            "code_method?": .words(of: BeginOnboardingBody.Migration.CodeMethod.self).orNull,
            "language?": .pattern("^[a-z]{2,3}(_[A-Z]{2})?$").orNull,
        ])
    }

    private static var messagingCheck: Schema {
        .body([
            "method?": .words(of: MessagingCheck.Method.self).orNull, "recipient": .phone,
            "text?": .text(1...4096).orNull,
            "template?": Schema.body(["name": .text(1...512), "language": .text(1...20)]).orNull,
        ])
    }

    private static var newOnboarding: Schema {
        .body([
            "customer_id": .uuid, "flow?": .words(of: PlanKind.self).orNull,
            "signup_event?": .words(of: SignupEvent.self).orNull, "code?": .text(1...4096).orNull,
            "waba_id?": .metaID.orNull, "waba_ids?": Schema.list(.metaID, max: 20).with("minItems", 1).orNull,
            "migration?": migration.orNull, "phone_number_id?": .metaID.orNull, "phone_number?": .phone.orNull,
            "business_id?": .metaID.orNull, "solution_id?": .metaID.orNull, "pin?": .pin.orNull,
            "currency?": .words(of: Currency.self).orNull, "region?": .pattern("^[A-Za-z]{2}$").orNull,
            "options?": Schema.body([
                "enable_template_analytics?": .boolean.orNull, "subscribe_app?": .boolean.orNull,
                "callback?": Schema.body(["uri": .text(1...200), "verify_token": .text(1...255)]).orNull,
                "verify_messaging?": messagingCheck.orNull,
            ]).orNull,
        ])
    }
}

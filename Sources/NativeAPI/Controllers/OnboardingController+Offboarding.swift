// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

extension OnboardingController {
    /// 202: the WABA's departure is stored and on its way.
    @Sendable func offboard(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let waba = try context.id(WABAID.init(validating:), orElse: .wabaNotFound)
        let (body, raw) = try await request.json(OffboardBody.self, context)
        if try Self.isDryRun(request) {
            let preview = try await caller.services.onboardings.preview(
                leavingOf: waba, body.leaving, by: caller.principal)
            return Answer.one(preview.wire)
        }
        let once: Once<Onboarding>? = try IdempotencyKey.once(request, body: raw, context: context) { onboarding in
            StoredAnswer(status: 202, body: onboarding.wire.text)
        }
        let outcome = try await uninterrupted {
            try await caller.services.onboardings.offboard(waba, body.leaving, by: caller.principal, once: once)
        }
        return Answer.outcome(outcome, status: .accepted, \.wire)
    }

    /// What was done for a WABA that has left, and when.
    @Sendable func certificate(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try context.id(OnboardingID.init(validating:), orElse: .onboardingNotFound)
        let found = try await caller.services.onboardings.find(id, for: caller.principal).onboarding
        guard found.plan == .offboarding, found.state == .offboarded else { throw ServiceError.notCertified }
        return Answer.one(found.certificate)
    }
}

/// Both may be left out.
struct OffboardBody: NativeBody {
    private let deregister: Bool?
    private let keepCreditLine: Bool?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case deregister
        case keepCreditLine = "keep_credit_line"
    }

    static let fields = FieldNames(of: CodingKeys.self)

    var leaving: Onboardings.Leaving {
        Onboardings.Leaving(deregistersNumbers: deregister ?? true, keepsCreditLine: keepCreditLine ?? false)
    }
}

extension Onboarding {
    /// `complete` is false when a step was skipped: its note says why.
    fileprivate var certificate: JSONValue {
        [
            "onboarding_id": .id(id), "partner_id": .id(partnerID), "customer_id": .id(customerID),
            "waba_id": .id(wabaID), "business_id": .id(businessID),
            "began_at": .time(createdAt), "offboarded_at": .time(finishedAt),
            "complete": .bool(steps.allSatisfy { $0.state == .done }),
            "steps": .array(
                steps.map { step in
                    [
                        "kind": .name(step.kind), "state": .name(step.state), "finished_at": .time(step.finishedAt),
                        "facts": .object(step.facts.mapValues { .string($0) }),
                    ]
                }),
        ]
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

struct OnboardingController: Sendable {
    let cursors: CursorCoder

    /// 202: the run is stored and on its way. A client that hangs up cancels nothing.
    @Sendable func begin(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let (body, raw) = try await request.json(BeginOnboardingBody.self, context)
        let asked = try body.request()
        if try Self.isDryRun(request) {
            return Answer.one(try await caller.services.onboardings.preview(asked, by: caller.principal).wire)
        }
        guard asked.plan != .techPartner else { return try await enrol(asked, caller) }
        let once: Once<Onboarding>? = try IdempotencyKey.once(request, body: raw, context: context) { onboarding in
            StoredAnswer(status: 202, body: onboarding.wire.text)
        }
        let outcome = try await uninterrupted {
            try await caller.services.onboardings.begin(asked, by: caller.principal, once: once)
        }
        return Answer.outcome(outcome, status: .accepted, \.wire)
    }

    /// `dry_run=true` answers what would be done, 200, and does nothing of it.
    static func isDryRun(_ request: Request) throws -> Bool {
        for (name, value) in request.uri.queryParameters {
            guard name == "dry_run", value == "true" || value == "false" else {
                throw RequestFault.invalidQuery(
                    parameter: String(name), message: name == "dry_run" ? "must be true or false" : "is not known here")
            }
        }
        return request.uri.queryParameters["dry_run"] == "true"
    }

    /// Naming the same WABA again updates the open run in place: needs no key to be safe.
    private func enrol(_ asked: Onboardings.Request, _ caller: Caller) async throws -> Response {
        let accepted = try await uninterrupted {
            try await caller.services.onboardings.enrol([asked], by: caller.principal)
        }
        guard let onboarding = accepted.first else { throw ServiceError.unavailable }
        return Answer.one(onboarding.wire, status: .accepted)
    }

    @Sendable func list(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let query = try ListQuery(
            request, context: context, filters: ["state", "customer_id", "waba_id", "parent_id"], cursors: cursors)
        let page = try await caller.services.onboardings.list(
            customer: try query.id("customer_id", CustomerID.init(validating:)),
            state: try query.value("state", as: OnboardingState.self),
            waba: try query.id("waba_id", WABAID.init(validating:)),
            parent: try query.id("parent_id", OnboardingID.init(validating:)), query.page, for: caller.principal)
        return Answer.list(page, query, \.wire)
    }

    @Sendable func find(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let found = try await caller.services.onboardings.find(try id(context), for: caller.principal)
        return Answer.one(found.onboarding.wire(attempts: found.attempts))
    }

    @Sendable func replay(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        return Answer.one(try await caller.services.onboardings.replay(try id(context), for: caller.principal).json)
    }

    @Sendable func resume(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        let (body, _) = try await request.json(ResumeBody.self, context)
        let given = try body.resumption()
        let onboarding = try await uninterrupted {
            try await caller.services.onboardings.resume(id, with: given, by: caller.principal)
        }
        return Answer.one(onboarding.wire, status: .accepted)
    }

    @Sendable func cancel(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try id(context)
        _ = try await request.json(EmptyBody.self, context)
        return Answer.one(try await caller.services.onboardings.cancel(id, by: caller.principal).wire)
    }

    private func id(_ context: GangwayContext) throws -> OnboardingID {
        try context.id(OnboardingID.init(validating:), orElse: .onboardingNotFound)
    }
}

// SPDX-License-Identifier: Apache-2.0
package import Domain
import DurableWork
import GraphClient
import OnboardingRunner
import Store

extension Onboardings {
    /// A tp-signup, as Splashify's door takes it: the solution is asked for at Meta within the request, and a WABA that this
    /// partner named before is updated in place. Each `change` is one enrolment; they are accepted together or not at all.
    package func enrol(_ requests: [Request], by principal: Principal) async throws -> [Onboarding] {
        let partner = try await partner(of: principal)
        for request in requests { try await checkSolution(request, partner) }
        let accepted = try await claiming { tx in
            try requests.map { request in
                guard let waba = request.wabaID else { throw ServiceError.missing(field: "waba_id") }
                guard let open = try tx.onboardings.openRun(naming: waba, of: partner.id) else {
                    return try insertUnlessLive(request, waba, partner, principal, in: tx)
                }
                return Accepted(onboarding: try update(open, with: request, in: tx), work: nil)
            }
        }
        for work in accepted.compactMap(\.work) { pool.adopt(work) }
        pool.wake()
        return accepted.map(\.onboarding)
    }

    /// The platform's 4xx passes through; no answer and 5xx are ours to report. Source: Splashify, "TP-Signup".
    func checkSolution(_ request: Request, _ partner: Partner) async throws {
        try validate(request)
        guard let id = request.solutionID else { throw ServiceError.missing(field: "solution_id") }
        let context = try await directory.context(for: partner.appID)
        guard let token = context.systemToken else { throw ServiceError.whatsAppDisabled }
        do throws(GraphError) {
            _ = try await context.graph.send(ReadSolution(id, token: token))
        } catch {
            let isRefusal =
                error.reach == .answered && (400..<500).contains(error.httpStatus ?? 0) && error.class != .transient
            throw isRefusal ? ServiceError.refusedByMeta(error) : ServiceError.metaUnavailable(error)
        }
        let owner = try await store.read { try $0.partners.owner(of: id) }
        // Another partner's solution answers as Meta answers a foreign id.
        guard owner == partner.id else { throw ServiceError.refusedByMeta(.notVisible(id)) }
    }

    /// A WABA of this partner that is live already needs no second run: the link is there.
    private func insertUnlessLive(
        _ request: Request, _ waba: WABAID, _ partner: Partner, _ principal: Principal, in tx: StoreTransaction
    ) throws -> Accepted {
        if let last = try tx.onboardings.latest(of: waba, partner: partner.id), last.state == .live,
            last.customerID == request.customerID, try tx.wabas.find(waba, of: partner.id)?.state == .live
        {
            return Accepted(onboarding: last, work: nil)
        }
        return try insert(request, partner, principal, in: tx)
    }

    private func update(_ open: Onboarding, with request: Request, in tx: StoreTransaction) throws -> Onboarding {
        guard try tx.customers.find(request.customerID, of: open.partnerID) != nil else {
            throw ServiceError.customerNotFound
        }
        var onboarding = open
        if onboarding.provenWABAID == nil {
            onboarding.phoneNumber = request.phoneNumber ?? onboarding.phoneNumber
            onboarding.solutionID = request.solutionID ?? onboarding.solutionID
            onboarding.region = request.region ?? onboarding.region
        }
        if onboarding.state == .actionRequired { _ = onboarding.resume(at: tx.now) }
        try tx.onboardings.save(onboarding, before: open)
        try tx.work.enqueue(kind: WorkKind.onboarding, key: onboarding.id.rawValue, dueAt: tx.now)
        return onboarding
    }
}

extension GraphError {
    /// Word for word what Meta answers for an id that is foreign or wrong. Source: Meta, error 100 subcode 33.
    static func notVisible(_ id: SolutionID) -> GraphError {
        GraphError(
            class: .permanent, reach: .answered, operation: "read_solution", httpStatus: 400, code: 100, subcode: 33,
            message: """
                Unsupported get request. Object with ID '\(id)' does not exist, cannot be loaded due to missing \
                permissions, or does not support this operation. Please read the Graph API documentation at \
                https://developers.facebook.com/docs/graph-api
                """)
    }
}

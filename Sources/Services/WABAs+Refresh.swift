// SPDX-License-Identifier: Apache-2.0
package import Domain
import GraphClient
import MetaChanges
import OnboardingRunner
import Store

extension WABAs {
    /// What Meta said of one WABA just now.
    package struct Live: Sendable {
        package let readAt: Timestamp
        /// Nil when Meta does not show it, or could not say: see ``isShared``.
        package var waba: MetaWABA?
        package var subscribedApps: [MetaWABA.App]?
        package var users: [MetaWABA.User]?
        package var funding: MetaWABA.Funding?
        package var numbers: [PhoneNumberFacts]?
        package var refusals: [MetaWABA.Refusal] = []

        /// Nil when Meta could not say.
        package var isShared: Bool? {
            if waba != nil { return true }
            return refusals.contains { $0.call == "read_waba" && $0.error.isObjectNotVisible } ? false : nil
        }
    }

    /// Asks Meta about the WABA; what it says of review and numbers is written and told as a webhook's word would be.
    package func refreshed(_ id: WABAID, for principal: Principal) async throws -> (Detail, Live) {
        let before = try await detail(id, for: principal)
        let context = try await directory.context(for: before.waba.appID)
        let token = try await store.read { tx -> BusinessToken? in
            try tx.secrets.get(.businessToken, of: .waba(id))
        }
        let live = await Reading(
            waba: before.waba, allocation: before.credit?.allocationID, context: context, token: token,
            readAt: store.clock.now()
        ).all()
        if let node = live.waba {
            let facts = WABAFacts(
                id: id, name: node.name, currency: node.currency, businessID: node.owner?.id,
                reviewStatus: node.reviewStatus)
            try await store.write { tx in
                try ChangePolling(tx).observe(
                    facts, numbers: live.numbers ?? [], for: before.waba.partnerID, at: live.readAt)
            }
        }
        return (try await detail(id, for: principal), live)
    }

    /// Each call on its own: one that is refused leaves its part out.
    private struct Reading {
        let waba: WABA
        let allocation: AllocationID?
        let context: AppContext
        let token: BusinessToken?
        let readAt: Timestamp

        func all() async -> Live {
            var live = Live(readAt: readAt)
            guard let system = context.systemToken else { return live }
            let node = await attempt("read_waba", &live) { () async throws(GraphError) in
                try await context.graph.send(ReadWABA(waba.id, fields: WABAs.nodeFields, token: system))
            }
            live.waba = node.map(MetaWABA.init)
            guard node != nil else { return live }
            live.users = await attempt("list_assigned_users", &live) { () async throws(GraphError) in
                try await context.graph.all(
                    ListAssignedUsers(waba.id, businessID: context.app.businessID, token: system), limit: 100)
            }?.map { MetaWABA.User(id: $0.id, name: $0.name, tasks: $0.tasks ?? []) }
            await readSubscriptions(system, &live)
            await readFunding(system, node?.primaryFundingID, &live)
            live.numbers = await attempt("list_phone_numbers", &live) { () async throws(GraphError) in
                try await context.graph.all(ListPhoneNumbers(of: waba.id, token: system), limit: 100).map(\.facts)
            }
            return live
        }

        /// With the customer's token where we hold it: it is the one that sends.
        private func readSubscriptions(_ system: SystemToken, _ live: inout Live) async {
            let page = await attempt("list_subscribed_apps", &live) { () async throws(GraphError) in
                if let token { return try await context.graph.send(ListSubscribedApps(waba.id, token: token)) }
                return try await context.graph.send(ListSubscribedApps(waba.id, token: system))
            }
            live.subscribedApps = page?.data.map {
                MetaWABA.App(id: $0.appID, name: $0.appName, overrideCallbackURI: $0.overrideCallbackURI)
            }
        }

        private func readFunding(_ system: SystemToken, _ primary: String?, _ live: inout Live) async {
            var found: Allocation?
            if let allocation {
                found = await attempt("read_allocation", &live) { () async throws(GraphError) in
                    try await context.graph.send(
                        ReadAllocation(allocation, fields: [.receivingCredential, .requestStatus], token: system))
                }
            }
            live.funding = MetaWABA.Funding(
                primaryFundingID: primary, allocationCredentialID: found?.receivingCredentialID,
                isAllocationRevoked: found?.isRevoked ?? false)
        }

        private func attempt<T>(
            _ call: String, _ live: inout Live, _ body: () async throws(GraphError) -> T
        ) async -> T? {
            do throws(GraphError) {
                return try await body()
            } catch {
                live.refusals.append(MetaWABA.Refusal(call: call, error: error))
                return nil
            }
        }
    }

    static let nodeFields = WABAField.allCases
}

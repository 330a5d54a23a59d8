// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// What Meta sent that this version does not know: the operator's to look at.
package struct Novelties: Sendable {
    private let store: Store

    package init(store: Store) { self.store = store }

    /// All that is kept, at most 1,000, the latest first.
    package func list(kind: NoveltyKind? = nil, for principal: Principal) async throws -> [Novelty] {
        try principal.requireOperator()
        return try await store.read { try $0.novelties.all(kind: kind) }
    }

    /// As a scenario of the simulator, in which Meta sends all of it again.
    package func fixtures(for principal: Principal) async throws -> SimulatorScenario {
        SimulatorScenario(novelties: try await list(for: principal))
    }

    /// They were looked at: counting begins anew.
    package func clear(by principal: Principal) async throws {
        try principal.requireOperator()
        try await store.write { tx in
            let count = try tx.novelties.clear()
            try tx.activities.record(
                partner: nil, actor: principal.actor, action: "novelties.cleared", target: store.world,
                detail: String(count))
        }
    }
}

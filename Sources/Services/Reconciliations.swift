// SPDX-License-Identifier: Apache-2.0
package import Domain
package import DurableWork
package import Store

/// Comparisons of our records with Meta: the operator's business.
package struct Reconciliations: Sendable {
    private let store: Store
    private let wabas: WABAs
    private let pool: WorkPool

    package init(store: Store, wabas: WABAs, pool: WorkPool) {
        self.store = store
        self.wabas = wabas
        self.pool = pool
    }

    /// Begins one for an app (the only one, unless named). Throws `reconciliationUnderWay` while one is open.
    package func begin(app: AppID?, repairs: Bool, by principal: Principal) async throws -> Reconciliation {
        try principal.requireOperator()
        let app = try await wabas.app(app)
        let run = try await store.write { tx -> Reconciliation in
            guard let run = try tx.reconciliations.begin(app: app, repairs: repairs, by: principal.actor) else {
                guard let open = try tx.reconciliations.open(of: app) else { throw ServiceError.unavailable }
                throw ServiceError.reconciliationUnderWay(open.id)
            }
            try tx.work.enqueue(kind: WorkKind.reconciliation, key: run.id.rawValue, dueAt: tx.now)
            try tx.activities.record(
                partner: nil, actor: principal.actor, action: "reconciliation.begun", target: run.id.rawValue,
                detail: repairs ? "repair" : nil)
            return run
        }
        pool.wake()
        return run
    }

    package func find(_ id: ReconciliationID, for principal: Principal) async throws -> Reconciliation {
        try principal.requireOperator()
        guard let run = try await store.read({ try $0.reconciliations.find(id) }) else {
            throw ServiceError.reconciliationNotFound
        }
        return run
    }

    package func list(_ request: PageRequest, for principal: Principal) async throws -> Page<Reconciliation> {
        try principal.requireOperator()
        return try await store.read { try $0.reconciliations.page(request) }
    }

    package func drift(
        of id: ReconciliationID, kind: DriftKind? = nil, repair: DriftRepair? = nil, _ request: PageRequest,
        for principal: Principal
    ) async throws -> Page<Drift> {
        _ = try await find(id, for: principal)
        return try await store.read { try $0.reconciliations.drift(of: id, kind: kind, repair: repair, request) }
    }

    /// Ends an open one after the page that it is at; one that has ended stays as it is.
    package func cancel(_ id: ReconciliationID, by principal: Principal) async throws -> Reconciliation {
        try principal.requireOperator()
        return try await store.write { tx in
            guard var run = try tx.reconciliations.find(id) else { throw ServiceError.reconciliationNotFound }
            guard run.state.isOpen else { return run }
            run.state = .cancelled
            run.detail = nil
            run.updatedAt = tx.now
            run.finishedAt = tx.now
            try tx.reconciliations.save(run)
            try tx.work.wake(kind: WorkKind.reconciliation, key: id.rawValue)
            try tx.activities.record(
                partner: nil, actor: principal.actor, action: "reconciliation.cancelled", target: id.rawValue)
            return run
        }
    }
}

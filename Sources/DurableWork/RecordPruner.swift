// SPDX-License-Identifier: Apache-2.0
import ServiceLifecycle
package import Store

/// Deletes answers to idempotency keys whose time is over, a few rows a transaction.
package struct RecordPruner: Service {
    private let store: Store
    private let period: Duration

    package init(store: Store, period: Duration = .seconds(600)) {
        self.store = store
        self.period = period
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await Task.sleep(for: period)
                await prune()
            }
        }
    }

    package func prune() async {
        while !Task.isCancelled, let deleted = try? await store.write({ try $0.idempotency.prune() }), deleted > 0 {}
    }
}

// SPDX-License-Identifier: Apache-2.0
package import Logging
package import Store

/// Seals what former data keys sealed with the current one, 100 texts a transaction, and forgets a former key once nothing is
/// sealed with it. Which rows are left stands in the rows themselves: a crash anywhere loses nothing.
package struct Resealer: WorkHandler {
    package let kind = WorkKind.reseal
    package static let key = "secrets"
    private static let batch = 100

    private let store: Store
    private let logger: Logger

    package init(store: Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    package func run(_ work: ClaimedWork) async throws {
        while try await store.write({ tx in
            try tx.work.fence(work)
            return try tx.dataKeys.reseal(limit: Self.batch)
        }) > 0 {
            try Task.checkCancellation()
        }
        let retired = try await store.write { tx in
            let retired = try tx.dataKeys.retireUnused()
            try tx.work.finish(work)
            return retired
        }
        logger.notice("sealed again", metadata: ["retired": "\(retired)"])
    }

    /// The next rotation, or the next start, goes on.
    package func giveUp(_ work: ClaimedWork) async throws {
        logger.error("sealing again crashed repeatedly; former keys stay in use")
        try await store.write { try $0.work.finish(work) }
    }
}

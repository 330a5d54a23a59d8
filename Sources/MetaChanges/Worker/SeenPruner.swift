// SPDX-License-Identifier: Apache-2.0
import Domain
import Logging
import Store

/// Forgets the keys of changes that Meta no longer repeats: 100 rows at a time, as fast as new ones come.
struct SeenPruner {
    /// Source: reliability.md section 3: Meta retries for at most 7 days.
    static let keptFor: Duration = .days(14)
    private static let pause: Duration = .minutes(1)
    private static let batch = 100

    let store: Store
    let logger: Logger
    private var nextAt = Timestamp(milliseconds: 0)

    init(store: Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// Returns whether more is left to forget.
    mutating func prune() async -> Bool {
        let now = store.clock.now()
        guard now >= nextAt else { return false }
        let pruned: Int
        do {
            pruned = try await store.write { try $0.notifications.pruneSeen(before: $0.now - Self.keptFor) }
        } catch {
            logger.warning("pruning failed", metadata: ["error": "\(error)"])
            pruned = 0
        }
        if pruned < Self.batch { nextAt = now + Self.pause }
        return pruned >= Self.batch
    }
}

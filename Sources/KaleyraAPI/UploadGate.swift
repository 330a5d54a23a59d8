// SPDX-License-Identifier: Apache-2.0
import Services
import Synchronization

/// How many uploads may be held in memory at once: JSON cannot be read as a stream.
final class UploadGate: Sendable {
    private let limit: Int
    private let open = Mutex(0)

    init(limit: Int) { self.limit = limit }

    /// Throws `unavailable` while all places are taken.
    func pass<T>(_ body: () async throws -> T) async throws -> T {
        let isIn = open.withLock { open in
            guard open < limit else { return false }
            open += 1
            return true
        }
        guard isIn else { throw ServiceError.unavailable }
        defer { open.withLock { $0 -= 1 } }
        return try await body()
    }
}

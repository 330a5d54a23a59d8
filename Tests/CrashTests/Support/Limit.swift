// SPDX-License-Identifier: Apache-2.0

struct TimedOut: Error, CustomStringConvertible {
    let description: String
}

/// A limit for one case that starts when the case does: a test's own limit also counts the wait for its turn.
func within<Result: Sendable>(
    _ limit: Duration, _ what: String, on clock: any Clock<Duration> = ContinuousClock(),
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await clock.sleep(for: limit)
            throw TimedOut(description: "\(what) took longer than \(limit)")
        }
        defer { group.cancelAll() }
        guard let result = try await group.next() else { throw CancellationError() }
        return result
    }
}

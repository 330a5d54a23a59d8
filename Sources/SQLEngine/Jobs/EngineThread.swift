// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A thread for calls that block, outside the cooperative pool.
final class EngineThread: Sendable {
    private let ended = Signal()

    init(name: String, _ body: @escaping @Sendable () -> Void) {
        let ended = ended
        Self.start(name) {
            body()
            ended.fire()
        }
    }

    /// Returns once the thread's body has returned.
    func end() async { await ended.wait() }

    /// Runs `body` on a thread of its own and waits for its result.
    static func run<T: Sendable>(_ name: String, _ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            start(name) { continuation.resume(with: Result { try body() }) }
        }
    }

    private static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.name = name
        thread.stackSize = 4 << 20
        thread.start()
    }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Runs calls that block on a thread of their own, outside the cooperative pool.
enum FileThread {
    static func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result { try body() }) }
            thread.name = "gangway-files"
            thread.start()
        }
    }
}

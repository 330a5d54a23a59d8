// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import TestSupport
import Testing

/// A few sandboxes that many cases take turns on: a bound on what runs at once, and no start for each case.
final class SandboxPool: Sendable {
    private struct State {
        var idle: [SandboxProcess]
        var waiters: [CheckedContinuation<SandboxProcess, Never>] = []
    }

    private let state: Mutex<State>

    private init(_ sandboxes: [SandboxProcess]) { state = Mutex(State(idle: sandboxes)) }

    /// Runs `body` with a sandbox to itself, its world empty.
    func with<Result: Sendable>(_ body: (SandboxProcess) async throws -> Result) async throws -> Result {
        let sandbox = await withCheckedContinuation { continuation in
            let sandbox = state.withLock { state in
                if state.idle.isEmpty { state.waiters.append(continuation) }
                return state.idle.popLast()
            }
            if let sandbox { continuation.resume(returning: sandbox) }
        }
        defer { giveBack(sandbox) }
        try await sandbox.caller.reset()
        return try await body(sandbox)
    }

    private func giveBack(_ sandbox: SandboxProcess) {
        let waiter = state.withLock { state -> CheckedContinuation<SandboxProcess, Never>? in
            guard state.waiters.isEmpty else { return state.waiters.removeFirst() }
            state.idle.append(sandbox)
            return nil
        }
        waiter?.resume(returning: sandbox)
    }

    @TaskLocal static var current: SandboxPool?

    fileprivate static func run(size: Int, _ body: @Sendable () async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sandboxes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var sandboxes: [SandboxProcess] = []
        defer { for sandbox in sandboxes { sandbox.process.kill() } }
        for _ in 0..<size { sandboxes.append(try await SandboxProcess.start(in: folder.path)) }
        try await $current.withValue(SandboxPool(sandboxes)) { try await body() }
    }
}

/// Gives a suite its sandboxes.
struct SandboxesTrait: SuiteTrait, TestScoping {
    let count: Int

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await SandboxPool.run(size: count, function)
    }
}

extension Trait where Self == SandboxesTrait {
    static func sandboxes(_ count: Int) -> Self { SandboxesTrait(count: count) }
}

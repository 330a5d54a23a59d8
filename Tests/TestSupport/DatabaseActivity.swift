// SPDX-License-Identifier: Apache-2.0
package import SQLEngine
import Synchronization

/// Tells when somebody has written to a database or looked there for work, so that a test asks again then, and not after a
/// pause. Workers look for work all the time: what changed elsewhere is seen with their next look.
package final class DatabaseActivity: Sendable {
    private struct State {
        var count: UInt64 = 0
        var waiters: [UInt64: (after: UInt64, wake: CheckedContinuation<Void, any Error>)] = [:]
        var waiterCount: UInt64 = 0
    }

    private let state = Mutex(State())

    package init() {}

    private var count: UInt64 { state.withLock { $0.count } }

    fileprivate func happened() {
        let woken = state.withLock { state in
            state.count += 1
            let woken = state.waiters.filter { $0.value.after <= state.count }
            for id in woken.keys { state.waiters[id] = nil }
            return woken.values.map(\.wake)
        }
        for wake in woken { wake.resume() }
    }

    /// Asks now, and after whatever happens, until there is an answer. The test's time limit ends the asking.
    package func answer<Answer: Sendable>(_ question: () async throws -> Answer?) async throws -> Answer {
        while true {
            let asked = count
            if let answer = try await question() { return answer }
            try await reach(asked + 1)
        }
    }

    package func until(_ isTrue: () async throws -> Bool) async throws {
        try await answer { try await isTrue() ? () : nil }
    }

    /// Waits until so much has happened from now on.
    package func pass(_ number: UInt64) async throws { try await reach(count + number) }

    private func reach(_ goal: UInt64) async throws {
        let id = state.withLock { state in
            state.waiterCount += 1
            return state.waiterCount
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wake in
                let outcome: Result<Void, any Error>? = state.withLock { state in
                    if state.count >= goal { return .success(()) }
                    if Task.isCancelled { return .failure(CancellationError()) }
                    state.waiters[id] = (goal, wake)
                    return nil
                }
                if let outcome { wake.resume(with: outcome) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.wake.resume(throwing: CancellationError())
        }
    }

    /// The same database, watched.
    package func watching(_ base: any SQLDatabase) -> any SQLDatabase { WatchedDatabase(base: base, activity: self) }
}

extension TestEngine {
    package func watched(by activity: DatabaseActivity) -> TestEngine {
        TestEngine(
            description: description,
            open: { name, folder in activity.watching(try await self.open(name, folder)) },
            remove: { name in try await self.remove(name) })
    }
}

private struct WatchedDatabase: SQLDatabase {
    let base: any SQLDatabase
    let activity: DatabaseActivity

    func write<T: Sendable>(_ body: @escaping @Sendable (any SQLTransaction) throws -> T) async throws -> T {
        defer { activity.happened() }
        return try await base.write(body)
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any SQLTransaction) throws -> T) async throws -> T {
        try await base.read(body)
    }

    func append(_ statement: String, rows: [[SQLValue]]) async throws {
        defer { activity.happened() }
        try await base.append(statement, rows: rows)
    }

    func append(_ statement: String, rows: [[SQLValue]], done: @escaping @Sendable ((any Error)?) -> Void) {
        base.append(statement, rows: rows) { [activity] failure in
            done(failure)
            activity.happened()
        }
    }

    func claim(_ statement: ClaimStatement) async throws -> [SQLRow] {
        defer { activity.happened() }
        return try await base.claim(statement)
    }

    func wakeUps(_ channel: String) -> AsyncStream<Void> { base.wakeUps(channel) }
    func migrate(_ statements: [String]) async throws { try await base.migrate(statements) }

    func migrate(version: Int, name: String, statements: [String]) async throws -> Bool {
        try await base.migrate(version: version, name: name, statements: statements)
    }

    func logicalSchema() async throws -> [LogicalTable] { try await base.logicalSchema() }
    func durability() async throws -> [String: String] { try await base.durability() }
    var engineName: String { base.engineName }
    func close() async { await base.close() }
}

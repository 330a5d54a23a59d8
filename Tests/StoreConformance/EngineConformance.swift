// SPDX-License-Identifier: Apache-2.0
package import SQLEngine

/// One database that can be opened again under the same name.
package struct EngineFixture: Sendable {
    /// Closures that can run at the same moment: what a check must occupy before a caller has to wait.
    package let writeLanes: Int
    package let open: @Sendable () async throws -> any SQLDatabase

    package init(writeLanes: Int, open: @escaping @Sendable () async throws -> any SQLDatabase) {
        self.writeLanes = writeLanes
        self.open = open
    }
}

/// One promise of ``SQLDatabase`` that every engine keeps.
package struct EngineCheck: Sendable, CustomStringConvertible {
    package let description: String
    package let run: @Sendable (EngineFixture) async throws -> Void

    init(_ description: String, _ run: @escaping @Sendable (any SQLDatabase) async throws -> Void) {
        self.description = description
        self.run = { fixture in
            let database = try await fixture.open()
            do {
                try await run(database)
            } catch {
                await database.close()
                throw error
            }
            await database.close()
        }
    }

    init(reopening description: String, _ run: @escaping @Sendable (EngineFixture) async throws -> Void) {
        self.description = description
        self.run = run
    }
}

package enum EngineConformance {
    package static let checks =
        transactionChecks + valueChecks + errorChecks + appendChecks + claimChecks + lifetimeChecks + schemaChecks
}

package struct ConformanceFailure: Error, CustomStringConvertible {
    package let description: String
}

func require(_ condition: Bool, _ promise: String) throws {
    guard condition else { throw ConformanceFailure(description: promise) }
}

func requireEqual<T: Equatable>(_ actual: T, _ expected: T, _ promise: String) throws {
    guard actual == expected else {
        throw ConformanceFailure(description: "\(promise): expected \(expected), found \(actual)")
    }
}

/// Runs `body`, which must fail, and returns its error.
func failure<T>(_ promise: String, of body: () async throws -> T) async throws -> any Error {
    do {
        _ = try await body()
    } catch {
        return error
    }
    throw ConformanceFailure(description: "\(promise): expected an error")
}

/// Some closure's own reason to fail.
struct Refusal: Error, Equatable {
    let number: Int
}

extension SQLDatabase {
    func count(_ table: String, where predicate: String = "1 = 1") async throws -> Int {
        try await read { try $0.query("SELECT COUNT(*) AS n FROM \(table) WHERE \(predicate)")[0].int("n") }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
package import SQLEngine

/// One engine that store tests run on.
package struct TestEngine: Sendable, CustomStringConvertible {
    package let description: String
    /// Opens the empty database called `name`: its files go below `folder`.
    package let open: @Sendable (_ name: String, _ folder: String) async throws -> any SQLDatabase
    /// Removes what lies outside the folder.
    package let remove: @Sendable (_ name: String) async throws -> Void

    package init(
        description: String,
        open: @escaping @Sendable (_ name: String, _ folder: String) async throws -> any SQLDatabase,
        remove: @escaping @Sendable (_ name: String) async throws -> Void
    ) {
        self.description = description
        self.open = open
        self.remove = remove
    }

    package static let sqlite = TestEngine(description: "SQLite") { _, folder in
        try await SQLiteEngine.open(path: folder + "/test.sqlite", logger: Logger(label: "test"))
    } remove: { _ in
    }

    /// A schema of its own on the server that `GANGWAY_TEST_PG` names.
    package static func postgres(server: String) -> TestEngine {
        TestEngine(description: "PostgreSQL") { name, _ in
            try await PostgresEngine.open(url: server, schema: name, connections: 4, logger: Logger(label: "test"))
        } remove: { name in
            let engine = try await PostgresEngine.open(
                url: server, schema: name, connections: 1, logger: Logger(label: "test"))
            try await engine.migrate(["DROP SCHEMA \(name) CASCADE"])
            await engine.close()
        }
    }

    /// What a parameterised store test runs on: SQLite, and PostgreSQL where a server is named.
    package static let all: [TestEngine] = {
        guard let server = ProcessInfo.processInfo.environment["GANGWAY_TEST_PG"], !server.isEmpty else {
            return [sqlite]
        }
        return [sqlite, postgres(server: server)]
    }()
}

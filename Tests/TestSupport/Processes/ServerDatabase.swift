// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a server under test keeps its data in.
package enum ServerDatabase: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    case sqlite = "SQLite"
    case postgres = "PostgreSQL"

    package var description: String { rawValue }

    /// PostgreSQL only where `GANGWAY_TEST_PG` names a server.
    package static let all: [ServerDatabase] = server == nil ? [.sqlite] : allCases

    private static var server: String? {
        ProcessInfo.processInfo.environment["GANGWAY_TEST_PG"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Runs `body` with an empty database and a folder, both removed afterwards. `setting` is what `--database` takes; nil
    /// for a SQLite file in the data directory.
    package func with<Result>(_ body: (_ setting: String?, _ folder: String) async throws -> Result) async throws
        -> Result
    {
        let name = "gangway_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let folder = FileManager.default.temporaryDirectory.appending(path: name).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        guard self == .postgres, let server = Self.server else { return try await body(nil, folder) }
        try await Self.psql(server, "CREATE DATABASE \(name)", folder)
        do {
            let result = try await body(Self.address(of: name, on: server), folder)
            try await Self.psql(server, "DROP DATABASE \(name) WITH (FORCE)", folder)
            return result
        } catch {
            try? await Self.psql(server, "DROP DATABASE \(name) WITH (FORCE)", folder)
            throw error
        }
    }

    /// `CREATE DATABASE` cannot run inside a transaction, and our engine writes in nothing else.
    private static func psql(_ server: String, _ statement: String, _ folder: String) async throws {
        let child = try ChildProcess(
            "/usr/bin/env", ["psql", server, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", statement],
            errorsPath: folder + "/psql.log")
        guard await child.exit(within: .seconds(30)) == .code(0) else {
            throw ProcessFault("psql: \(statement): \(child.errors)")
        }
    }

    /// libpq takes the last of two equal keywords. Source: libpq, connection strings.
    private static func address(of name: String, on server: String) -> String {
        guard server.hasPrefix("postgres"), var url = URLComponents(string: server) else {
            return server + " dbname=\(name)"
        }
        url.path = "/" + name
        return url.string ?? server
    }
}

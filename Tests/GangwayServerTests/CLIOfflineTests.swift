// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayClient
import GangwayServer
import Logging
import SQLEngine
import Testing

extension CLITests {
    /// Commands that work on a database without a server.
    @Suite(.timeLimit(.minutes(5))) struct CLIOfflineTests {
        @Test func `migrate applies everything once and then has nothing to do`() async throws {
            try await withTemporaryFolder { folder in
                let first = try await CLIProcess.run("migrate", "--data", folder.path, "--world", "live")
                #expect(first.exitCode == 0)
                #expect(first.output.hasPrefix("live: applied tenants\n"))
                let second = try await CLIProcess.run("migrate", "--data", folder.path, "--world", "live")
                #expect(second.exitCode == 0)
                #expect(second.output == "live: nothing to do\n")
                let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                #expect(files.contains("live.sqlite") && !files.contains("test.sqlite"))
            }
        }

        @Test func `migrate takes the worlds that serve would open`() async throws {
            try await withTemporaryFolder { folder in
                let run = try await CLIProcess.run(
                    "migrate", "--json", environment: ["GANGWAY_DATA": folder.path, "GANGWAY_LIVE": "true"])
                let applied = try JSONDecoder().decode([String: [String]].self, from: Data(run.output.utf8))
                #expect(Set(applied.keys) == ["test", "live"])
                #expect(applied["test"] == applied["live"] && applied["test"]?.isEmpty == false)
            }
        }

        @Test func `migrate that cannot open its database fails with 1 and says why`() async throws {
            let run = try await CLIProcess.run(
                "migrate", "--data", ".", "--database", "postgres://nobody:hunter2@127.0.0.1:1/none")
            #expect(run.exitCode == 1)
            #expect(run.errors.hasPrefix("Error: "))
            #expect(!run.errors.contains("hunter2"))
        }

        @Test(.enabled(if: CLIPostgres.isAvailable)) func `migrate works on PostgreSQL too`() async throws {
            try await withTemporaryFolder { folder in
                var settings = ServerSettings()
                settings.dataDirectory = folder.path
                settings.database = CLIPostgres.server
                settings.schemaPrefix = "cli_\(UUID().uuidString.prefix(8).lowercased())"
                let world = try OfflineWorld(world: "test", settings: settings, logger: Logger(label: "test"))
                #expect(try await !world.migrate().isEmpty)
                #expect(try await world.migrate() == [])
                try await world.target.dropSchema(logger: Logger(label: "test"))
                #expect(try await !CLIPostgres.schemas().contains { $0.hasPrefix(settings.schemaPrefix) })
            }
        }

        @Test func `a minted operator key opens the API of the running server`() async throws {
            try await CLIServer.with { server in
                let mint = try await CLIProcess.run(
                    "keys", "mint", "--operator", "--world", "test", "--data", server.data)
                #expect(mint.exitCode == 0)
                let key = mint.output.trimmingCharacters(in: .newlines)
                #expect(key.hasPrefix("op_test_") && !key.contains("\n"))
                #expect(!mint.errors.contains(key))
                let client = GangwayClient(baseURL: server.running.baseURL, key: key)
                #expect(try await client.partners().data.map(\.id) == [server.credentials.partner.id])
            }
        }

        @Test func `a key can be minted before the first start`() async throws {
            try await withTemporaryFolder { folder in
                let mint = try await CLIProcess.run(
                    "keys", "mint", "--operator", "--world", "live", "--data", folder.path, "--json")
                let minted = try JSONDecoder().decode(MintedKey.self, from: Data(mint.output.utf8))
                #expect(minted.key.hasPrefix("op_live_"))
            }
        }

        @Test(
            arguments: [
                (["--world", "test"], 64), (["--operator", "--partner", "prt_x", "--world", "test"], 64),
                (["--operator", "--world", "moon"], 64), (["--partner", "prt_x", "--world", "test"], 1),
                (["--partner", "prt_01m7ys7t1cevcr2v6evh6q7j9p", "--world", "test"], 1),
            ] as [([String], Int32)])
        func `mint refuses what it cannot mint`(flags: [String], exitCode: Int32) async throws {
            try await withTemporaryFolder { folder in
                let run = try await CLIProcess.run(["keys", "mint", "--data", folder.path] + flags)
                #expect(run.exitCode == exitCode)
                #expect(run.output == "" && run.errors.hasPrefix("Error: "))
            }
        }
    }
}

/// The server that `GANGWAY_TEST_PG` names.
enum CLIPostgres {
    static let server = ProcessInfo.processInfo.environment["GANGWAY_TEST_PG"] ?? ""
    static var isAvailable: Bool { !server.isEmpty }

    static func schemas() async throws -> Set<String> {
        let database = try await PostgresEngine.open(url: server, connections: 1, logger: Logger(label: "test"))
        let rows = try await database.read { sql in
            try sql.query("SELECT nspname AS name FROM pg_namespace").map { try $0.text("name") }
        }
        await database.close()
        return Set(rows)
    }
}

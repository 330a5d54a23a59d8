// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import Testing

/// Flags win, then the environment, then the file; what cannot be used is refused by name.
@Suite struct CLISettingsTests {
    struct Sources: Sendable, CustomTestStringConvertible {
        var flags: [String: String] = [:]
        var environment: [String: String] = [:]
        var file: String?
        var testDescription: String { "flags \(flags), environment \(environment), file \(file ?? "-")" }

        func load() async throws -> ServerSettings {
            guard let file else { return try await SettingsSource.load(flags: flags, environment: environment) }
            return try await withTemporaryFolder { folder in
                let path = folder.appending(path: "gangway.json")
                try Data(file.utf8).write(to: path)
                return try await SettingsSource.load(flags: flags, configFile: path.path, environment: environment)
            }
        }
    }

    @Test(arguments: [
        (Sources(), 8080),
        (Sources(file: #"{"port": 1}"#), 1),
        (Sources(environment: ["GANGWAY_PORT": "2"], file: #"{"port": 1}"#), 2),
        (Sources(flags: ["port": "3"], environment: ["GANGWAY_PORT": "2"], file: #"{"port": 1}"#), 3),
        (Sources(flags: ["port": "3"], file: #"{"port": 1}"#), 3),
    ])
    func `flags win over the environment, which wins over the file`(sources: Sources, port: Int) async throws {
        #expect(try await sources.load().port == port)
    }

    @Test func `the environment may name the file`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "gangway.json")
            try Data(#"{"allow-ranges": ["10.0.0.0/8", "fd00::/8"], "lease-seconds": 40}"#.utf8).write(to: path)
            let settings = try await SettingsSource.load(flags: [:], environment: ["GANGWAY_CONFIG": path.path])
            #expect(settings.allowedRanges == ["10.0.0.0/8", "fd00::/8"])
            #expect(settings.leaseSeconds == 40)
        }
    }

    @Test func `a list may be one text with commas`() async throws {
        let sources = Sources(environment: ["GANGWAY_ALLOW_RANGES": "10.0.0.0/8, fd00::/8"])
        #expect(try await sources.load().allowedRanges == ["10.0.0.0/8", "fd00::/8"])
    }

    @Test(arguments: [
        ("port", Sources(flags: ["port": "eighty"])),
        ("port", Sources(flags: ["port": "70000"])),
        ("port", Sources(file: #"{"port": "eighty"}"#)),
        ("host", Sources(file: #"{"host": 5}"#)),
        ("live", Sources(environment: ["GANGWAY_LIVE": "perhaps"])),
        ("live", Sources(file: #"{"live": "perhaps"}"#)),
        ("lease-seconds", Sources(environment: ["GANGWAY_LEASE_SECONDS": "soon"])),
        ("poll-seconds", Sources(flags: ["poll-seconds": "0"])),
        ("heartbeat-seconds", Sources(flags: ["heartbeat-seconds": "9"])),
        ("concurrency", Sources(flags: ["concurrency": "0"])),
        ("postgres-connections", Sources(flags: ["postgres-connections": "0"])),
        ("log-level", Sources(flags: ["log-level": "loud"])),
        ("log-format", Sources(flags: ["log-format": "xml"])),
        ("graph-version", Sources(flags: ["graph-version": "v9.0"])),
        ("graph-url", Sources(flags: ["graph-url": "localhost:8081"])),
        ("public-url", Sources(flags: ["public-url": "gangway.example"])),
        ("no-sandbox", Sources(flags: ["no-sandbox": "true", "sandbox-port": "1"])),
        ("allow-ranges", Sources(file: #"{"allow-ranges": 10}"#)),
        ("prot", Sources(file: #"{"prot": 1}"#)),
        ("config", Sources(file: "port: 1")),
        ("config", Sources(environment: ["GANGWAY_CONFIG": "/nowhere/gangway.json"])),
    ])
    func `a value that cannot be used is refused by its key`(key: String, sources: Sources) async throws {
        let error = await #expect(throws: SettingsError.self) { _ = try await sources.load() }
        #expect(try #require(error).description.contains(key))
    }

    @Test func `a database that is neither engine's is refused without printing it`() throws {
        let error = #expect(throws: SettingsError.self) {
            try DatabaseTarget(setting: "mysql://root:hunter2@db", dataDirectory: "d", world: "test")
        }
        #expect(try #require(error).description.contains("database"))
        #expect(try !#require(error).description.contains("hunter2"))
    }

    @Test(arguments: [
        (nil, "d/live.sqlite"), ("sqlite:a.sqlite", "a.sqlite-live"),
        ("postgres://u:hunter2@db/g", "PostgreSQL schema gangway_live"),
    ])
    func `a world's place is told without a password`(setting: String?, place: String) throws {
        let target = try DatabaseTarget(setting: setting, dataDirectory: "d", world: "live")
        #expect(target.description == place)
    }
}

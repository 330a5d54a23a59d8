// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport

/// The real executable, as it was built with these tests.
enum Gangway {
    static let executable: String = {
        let tests = Bundle.main.executableURL ?? URL(filePath: ProcessInfo.processInfo.arguments[0])
        return tests.deletingLastPathComponent().appending(path: "gangway").path
    }()

    static func start(_ arguments: [String], errorsPath: String, keepsOutput: Bool = false) throws -> ChildProcess {
        try ChildProcess(executable, arguments, errorsPath: errorsPath, keepsOutput: keepsOutput)
    }
}

/// `gangway sandbox`: Meta, in a process of its own.
struct SandboxProcess: Sendable {
    let process: ChildProcess
    let url: String

    var caller: SandboxCaller { SandboxCaller(url: url) }

    /// Its world is in memory unless `data` says where to keep it.
    static func start(in folder: String, data: String? = nil) async throws -> SandboxProcess {
        let place = data.map { ["--data", $0] } ?? []
        let process = try Gangway.start(
            ["sandbox", "--port", "0", "--log-level", "error"] + place, errorsPath: folder + "/sandbox.log")
        let greeting = "graph simulator on "
        let line = try await process.line(startingWith: greeting)
        return SandboxProcess(process: process, url: String(line.dropFirst(greeting.count)))
    }
}

/// `gangway serve` beside a sandbox, with leases and heartbeats short enough for tests.
struct ServerProcess: Sendable {
    struct Place: Sendable {
        let graphURL: String
        /// Of `--database`; nil for SQLite.
        let database: String?
        let folder: String
        /// Nodes of one database share their keys and have folders of their own.
        var node = "data"

        var dataDirectory: String { "\(folder)/\(node)" }
    }

    let process: ChildProcess
    let credentials: Credentials

    var partner: Caller { Caller(baseURL: credentials.baseURL, key: credentials.partner.apiKey) }
    var `operator`: Caller { Caller(baseURL: credentials.baseURL, key: credentials.operator.key) }

    static func start(
        at place: Place, crashAt: String? = nil, graceSeconds: Double = 0.5, extra: [String] = []
    ) async throws -> ServerProcess {
        var arguments = [
            "serve", "--port", "0", "--data", place.dataDirectory, "--graph-url", place.graphURL,
            "--key-file", place.folder + "/keys", "--log-level", "notice", "--lease-seconds", "10",
            "--heartbeat-seconds", "0.25", "--grace-seconds", "\(graceSeconds)", "--poll-seconds", "0.25",
            "--share-poll-seconds", "0.25",
            "--retry-base-seconds", "0.2", "--credit-settle-seconds", "1", "--postgres-connections", "4",
        ]
        if let database = place.database { arguments += ["--database", database] }
        if let crashAt { arguments += ["--crash-at", crashAt] }
        let process = try Gangway.start(
            arguments + extra, errorsPath: "\(place.folder)/\(place.node)-\(UUID().uuidString).log")
        _ = try await process.line(startingWith: "gangway listens on ")
        guard let credentials = Credentials.load(from: place.dataDirectory) else {
            throw ProcessFault("no credentials were written: \(process.errors)")
        }
        return ServerProcess(process: process, credentials: credentials)
    }
}

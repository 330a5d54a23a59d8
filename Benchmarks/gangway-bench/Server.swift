// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import Logging
import SQLEngine

/// A folder for what a run leaves behind: data, logs, what the load generator reads.
struct Workspace {
    let root: URL
    /// The server's data directory.
    let data: String

    init() throws {
        root = FileManager.default.temporaryDirectory.appending(path: "gangway-bench-\(UUID().uuidString.prefix(8))")
        data = root.appending(path: "data").path
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    private init(root: URL, data: String) {
        self.root = root
        self.data = data
    }

    /// The same with a data directory of its own, unless the data lies in PostgreSQL: keys and database belong together.
    func part(_ name: String, _ options: CommonOptions) -> Workspace {
        options.database == nil ? Workspace(root: root, data: root.appending(path: name).path) : self
    }

    func file(_ name: String) -> URL { root.appending(path: name) }
    func remove() { try? FileManager.default.removeItem(at: root) }

    static func use(_ body: (Workspace) async throws -> Void) async throws {
        let workspace = try Workspace()
        defer { workspace.remove() }
        try await body(workspace)
    }
}

/// `gangway serve`, release, with the default settings but for ports and folders.
struct Server {
    let process: ChildProcess
    let baseURL: String
    let credentials: Credentials

    static func start(_ options: CommonOptions, in workspace: Workspace, extra: [String] = []) async throws -> Server {
        let process = try launch(options, in: workspace, extra: ["--port", "0"] + extra)
        let baseURL = try await process.line(after: "gangway listens on ")
        _ = try await process.line(after: "keys in ")
        guard let credentials = Credentials.load(from: workspace.data) else {
            throw BenchFailure(description: "the server wrote no credentials")
        }
        return Server(process: process, baseURL: baseURL, credentials: credentials)
    }

    static func launch(_ options: CommonOptions, in workspace: Workspace, extra: [String]) throws -> ChildProcess {
        var arguments = ["serve", "--data", workspace.data, "--log-level", options.logLevel, "--log-format", "json"]
        if let database = options.database { arguments += ["--database", database] }
        if !extra.contains("--graph-url") { arguments += ["--sandbox-port", "0"] }
        return try ChildProcess(
            binary: options.binary, arguments: arguments + extra, log: workspace.file("server.log"))
    }

    /// Opens the test world's database while no server has it.
    static func database(_ options: CommonOptions, in workspace: Workspace) async throws -> any SQLDatabase {
        let target = try DatabaseTarget(setting: options.database, dataDirectory: workspace.data, world: "test")
        return try await target.open(connections: 2, logger: Logger(label: "bench"))
    }
}

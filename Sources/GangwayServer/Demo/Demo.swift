// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import FoundationEssentials
package import Logging
import UnixSignals

/// `gangway demo`: a fresh server and simulator, one customer from an Embedded Signup code to a live number, over real HTTP
/// as a partner would do it, and the webhook that tells, its signature verified.
package struct Demo: Sendable {
    package struct Failure: Error, Sendable, CustomStringConvertible {
        package let description: String
    }

    private let database: String?
    private let print: @Sendable (String) -> Void
    private let logger: Logger

    /// `database`: a `postgres://` URL, or nil for SQLite in a temporary directory.
    package init(database: String?, print: @escaping @Sendable (String) -> Void, logger: Logger) {
        self.database = database
        self.print = print
        self.logger = logger
    }

    /// Leaves nothing behind: neither the temporary directory nor, in PostgreSQL, the schema of its own.
    /// With `endsOnSignals`, not even after SIGINT and SIGTERM.
    package func run(endsOnSignals: Bool = false) async throws {
        let name = "gangway_demo_\(UUID().uuidString.prefix(8).lowercased())"
        let folder = FileManager.default.temporaryDirectory.appending(path: name)
        defer { try? FileManager.default.removeItem(at: folder) }
        let settings = settings(folder: folder.path, schemaPrefix: name)
        let target = try settings.databaseTarget(world: "test")
        let server = try GangwayServer(settings: settings, logger: logger)
        do {
            try await unlessInterrupted(endsOnSignals, server) { try await play(on: server) }
        } catch {
            try? await target.dropSchema(logger: logger)
            throw error
        }
        try await target.dropSchema(logger: logger)
    }

    private func settings(folder: String, schemaPrefix: String) -> ServerSettings {
        var settings = ServerSettings()
        settings.port = 0
        settings.sandbox = .inside(port: 0)
        settings.dataDirectory = folder
        settings.database = database
        settings.allowsHTTPEndpoints = true
        settings.allowedRanges = ["127.0.0.0/8"]
        settings.schemaPrefix = schemaPrefix
        return settings
    }

    private func play(on server: GangwayServer) async throws {
        async let serving: Void = server.run()
        do {
            let started = ContinuousClock.now
            let running = try await server.ready()
            print("server and Graph simulator are up at \(running.baseURL) after \(Self.seconds(since: started))")
            try await DemoStory(running: running, print: print).play()
        } catch {
            server.shutDown()
            // What kept the server from starting was thrown by ready() already.
            try? await serving
            throw error
        }
        server.shutDown()
        try await serving
    }

    private func unlessInterrupted(
        _ watches: Bool, _ server: GangwayServer, _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        guard watches else { return try await body() }
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await body() }
            group.addTask {
                for await signal in signals {
                    // A server that is only starting ends the wait for it.
                    server.shutDown()
                    throw Failure(description: "stopped by \(signal)")
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    static func seconds(since start: ContinuousClock.Instant) -> String {
        let milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
        return "\(milliseconds / 1000).\(String(milliseconds % 1000 + 1000).dropFirst()) s"
    }
}

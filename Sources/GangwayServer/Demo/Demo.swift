// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import FoundationEssentials
package import Logging

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

    package func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gangway-demo-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var settings = ServerSettings()
        settings.port = 0
        settings.sandbox = .inside(port: 0)
        settings.dataDirectory = folder.path
        settings.database = database
        settings.allowsHTTPEndpoints = true
        settings.allowedRanges = ["127.0.0.0/8"]
        let server = try GangwayServer(settings: settings, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            let started = ContinuousClock.now
            let running = try await server.ready()
            print("server and Graph simulator are up at \(running.baseURL) after \(Self.seconds(since: started))")
            do {
                try await DemoStory(running: running, print: print).play()
            } catch {
                server.shutDown()
                throw error
            }
            server.shutDown()
            try await group.waitForAll()
        }
    }

    static func seconds(since start: ContinuousClock.Instant) -> String {
        let milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
        return "\(milliseconds / 1000).\(String(milliseconds % 1000 + 1000).dropFirst()) s"
    }
}

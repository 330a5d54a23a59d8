// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayClient
import GangwayServer
import Logging
import Testing

/// A running server with its test world in a folder of its own, for commands to talk to.
struct CLIServer: Sendable {
    let running: RunningServer
    let credentials: Credentials
    let data: String

    var `operator`: GangwayClient { GangwayClient(baseURL: running.baseURL, key: credentials.operator.key) }

    static func with(_ body: (CLIServer) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            var settings = ServerSettings()
            settings.port = 0
            settings.sandbox = .inside(port: 0)
            settings.dataDirectory = folder.path
            var logger = Logger(label: "cli-tests")
            logger.logLevel = .error
            let server = try GangwayServer(settings: settings, logger: logger)
            async let serving: Void = server.run()
            do {
                let running = try await server.ready()
                let credentials = try #require(running.credentials)
                try await body(CLIServer(running: running, credentials: credentials, data: folder.path))
            } catch {
                server.shutDown()
                try? await serving
                throw error
            }
            server.shutDown()
            try await serving
        }
    }

    /// `body` is the JSON of `POST /_sandbox/signups`.
    func signUp(_ body: String) async throws -> SandboxSignup {
        try await SandboxSignup.make(at: credentials.graphURL, body: body)
    }
}

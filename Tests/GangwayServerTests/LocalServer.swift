// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import Logging
import TestSupport

/// A server in this process, with its sandbox, on free ports.
struct LocalServer: Sendable {
    let credentials: Credentials
    let activity: DatabaseActivity

    var sandbox: SandboxCaller { SandboxCaller(url: credentials.graphURL) }
    var partner: Caller { Caller(baseURL: credentials.baseURL, key: credentials.partner.apiKey) }
    var `operator`: Caller { Caller(baseURL: credentials.baseURL, key: credentials.operator.key) }

    /// Another partner of the same operator, with one customer.
    func addPartner(_ name: String) async throws -> (caller: Caller, id: String, customer: String) {
        let partner: Named = try await self.operator.post("/api/v1/partners", #"{"name": "\#(name)"}"#)
        let key: Key = try await self.operator.post("/api/v1/partners/\(partner.id)/keys", "{}")
        let caller = Caller(baseURL: credentials.baseURL, key: key.key)
        let customer: Named = try await caller.post("/api/v1/customers", #"{"name": "\#(name)'s customer"}"#)
        return (caller, partner.id, customer.id)
    }

    static func with(
        _ database: ServerDatabase, change: (inout ServerSettings) -> Void = { _ in },
        _ body: (LocalServer) async throws -> Void
    ) async throws {
        try await database.with { setting, folder in
            try await run(at: setting, in: folder, change: change, body)
        }
    }

    /// On a database and folder that may have been used before.
    static func run(
        at setting: String?, in folder: String, change: (inout ServerSettings) -> Void = { _ in },
        _ body: (LocalServer) async throws -> Void
    ) async throws {
        var settings = ServerSettings()
        settings.port = 0
        settings.sandbox = .inside(port: 0)
        settings.dataDirectory = folder + "/data"
        settings.database = setting
        settings.allowsHTTPEndpoints = true
        settings.allowedRanges = ["127.0.0.0/8"]
        settings.pollSeconds = 0.25
        settings.sharePollSeconds = 0.25
        settings.retryBaseSeconds = 0.1
        settings.creditSettleSeconds = 1
        settings.postgresConnections = 6
        change(&settings)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let activity = DatabaseActivity()
        let server = try GangwayServer(settings: settings, logger: logger, watching: activity.watching)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            defer { server.shutDown() }
            guard let credentials = try await server.ready().credentials else {
                throw ProcessFault("no test world")
            }
            try await Caller.$witness.withValue(OpenAPITests.witness) {
                try await body(LocalServer(credentials: credentials, activity: activity))
            }
            server.shutDown()
            try await group.waitForAll()
        }
    }

    private struct Named: Decodable {
        let id: String
    }

    private struct Key: Decodable {
        let key: String
    }
}

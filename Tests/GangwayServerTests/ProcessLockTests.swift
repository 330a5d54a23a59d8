// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import Logging
import Synchronization
import TestSupport
import Testing

struct ProcessLockTests {
    @Test(.timeLimit(.minutes(5)))
    func `a second server on one SQLite file is refused and harms nothing`() async throws {
        let folder = Mutex("")
        try await LocalServer.with(.sqlite, change: { settings in folder.withLock { $0 = settings.dataDirectory } }) {
            server in
            var settings = ServerSettings()
            settings.port = 0
            settings.sandbox = .at(server.credentials.graphURL)
            settings.dataDirectory = folder.withLock { $0 } + "-second"
            settings.database = "sqlite:\(folder.withLock { $0 })/test.sqlite"
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            let second = try GangwayServer(settings: settings, logger: logger)
            let error = await #expect(throws: SettingsError.self) { try await second.run() }
            #expect(error?.description.contains("another server uses this SQLite database") == true)
            let _: AnyAnswer = try await server.partner.get("/api/v1/customers")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import GangwayServer
import Logging
import Synchronization
import Testing

extension CLITests {
    @Suite(.timeLimit(.minutes(5))) struct CLIDemoTests {
        @Test(.enabled(if: CLIPostgres.isAvailable)) func `the demo leaves PostgreSQL as it was`() async throws {
            let before = try await CLIPostgres.schemas()
            let told = Mutex<[String]>([])
            let demo = Demo(
                database: CLIPostgres.server, print: { line in told.withLock { $0.append(line) } }, logger: Self.quiet)
            try await demo.run()
            #expect(told.withLock { $0.contains { $0.contains("signature verified") } })
            let left = try await CLIPostgres.schemas().subtracting(before).filter { $0.hasPrefix("gangway") }
            #expect(left == [])
        }

        private static var quiet: Logger {
            var logger = Logger(label: "demo-test")
            logger.logLevel = .error
            return logger
        }
    }
}

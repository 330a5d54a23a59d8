// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
package import Logging
import ServiceLifecycle
import UnixSignals

/// The Graph simulator as a server of its own.
package struct SandboxServer: Sendable {
    private let host: String
    private let simulator: GraphSimulator
    private let logger: Logger

    package init(host: String, port: Int, dataDirectory: String?, logger: Logger) throws {
        self.host = host
        self.logger = logger
        simulator = try GraphSimulator(
            configuration: SimulatorConfiguration(host: host, port: port, dataDirectory: dataDirectory), logger: logger)
    }

    package func run(endsOnSignals: Bool = false) async throws {
        let group = ServiceGroup(
            services: [simulator], gracefulShutdownSignals: endsOnSignals ? [.sigterm, .sigint] : [], logger: logger)
        try await group.run()
    }

    /// As soon as it listens.
    package func url() async throws -> String { "http://\(host):\(try await simulator.boundPort())" }
}

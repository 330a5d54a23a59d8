// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
package import Logging
import ServiceLifecycle
import UnixSignals

/// The Graph simulator as a server of its own.
package struct SandboxServer: Sendable {
    /// What the world begins with when none is kept.
    package struct Beginning: Sendable {
        package var businesses: Int?
        package var seed: UInt64?
        /// Path of a seed file or an export.
        package var seedFile: String?
        package var scenarios: [String]
        /// How long a callback that fails is called again; nil for Meta's 7 days.
        package var webhookRetrySeconds: Int?

        package init(
            businesses: Int? = nil, seed: UInt64? = nil, seedFile: String? = nil, scenarios: [String] = [],
            webhookRetrySeconds: Int? = nil
        ) {
            self.businesses = businesses
            self.seed = seed
            self.seedFile = seedFile
            self.scenarios = scenarios
            self.webhookRetrySeconds = webhookRetrySeconds
        }

        fileprivate var world: WorldBeginning {
            if let seedFile { return .file(path: seedFile) }
            return businesses.map { .fleet(businesses: $0, seed: seed ?? 1) } ?? .empty
        }
    }

    /// Something to rehearse.
    package struct ScenarioView: Encodable, Sendable {
        package let name: String
        package let summary: String
        package let expect: String
    }

    package static let scenarios = Scenario.all.map {
        ScenarioView(name: $0.name, summary: $0.summary, expect: $0.expectation)
    }

    private let host: String
    private let simulator: GraphSimulator
    private let logger: Logger

    package init(
        host: String, port: Int, dataDirectory: String?, beginning: Beginning = Beginning(), logger: Logger
    ) throws {
        self.host = host
        self.logger = logger
        var configuration = SimulatorConfiguration(
            host: host, port: port, dataDirectory: dataDirectory, beginning: beginning.world, seed: beginning.seed,
            scenarios: beginning.scenarios)
        if let seconds = beginning.webhookRetrySeconds {
            configuration.webhookRetryMilliseconds = Int64(seconds) * 1000
        }
        simulator = try GraphSimulator(configuration: configuration, logger: logger)
    }

    package func run(endsOnSignals: Bool = false) async throws {
        let group = ServiceGroup(
            services: [simulator], gracefulShutdownSignals: endsOnSignals ? [.sigterm, .sigint] : [], logger: logger)
        try await group.run()
    }

    /// As soon as it listens.
    package func url() async throws -> String { "http://\(host):\(try await simulator.boundPort())" }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import FoundationEssentials
import GraphSimulator
package import Logging
package import SQLEngine
import SealedSecrets
import ServiceLifecycle
import UnixSignals

/// The composition root: settings in, a running server out.
package final class GangwayServer: Sendable {
    private let settings: ServerSettings
    private let logger: Logger
    private let simulator: GraphSimulator?
    private let keyRing: KeyRing
    private let watching: DatabaseWatch
    private let readySignal = ReadySignal()

    /// Creates what must exist on disk. Nothing listens yet. Each world's database is used as `watching` returns it.
    package init(
        settings: ServerSettings, logger: Logger, watching: @escaping DatabaseWatch = { $0 }
    ) throws {
        self.settings = settings
        self.watching = watching
        self.logger = logger
        try FileManager.default.createDirectory(
            atPath: settings.dataDirectory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        keyRing = try KeyFile.loadOrCreate(path: settings.keyFile ?? settings.dataDirectory + "/keys")
        simulator =
            switch settings.sandbox {
            case .inside(let port):
                try GraphSimulator(
                    configuration: SimulatorConfiguration(
                        host: settings.host, port: port, dataDirectory: settings.dataDirectory + "/sandbox",
                        isClockOfServer: true),
                    logger: logger)
            case .at, .none: nil
            }
    }

    /// Serves until ``shutDown()`` or, with `endsOnSignals`, SIGTERM or SIGINT.
    package func run(endsOnSignals: Bool = false) async throws {
        let node = NodeService(
            settings: settings, keyRing: keyRing, watching: watching, simulator: simulator, ready: readySignal,
            logger: logger)
        let services: [any Service] = (simulator.map { [$0] } ?? []) + [node]
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) },
            gracefulShutdownSignals: endsOnSignals ? [.sigterm, .sigint] : [], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(30)
        let group = ServiceGroup(configuration: configuration)
        let stop = Task { [readySignal] in
            await readySignal.stopRequested()
            await group.triggerGracefulShutdown()
        }
        defer {
            stop.cancel()
            readySignal.fail(CancellationError())
        }
        do {
            try await group.run()
        } catch {
            readySignal.fail(error)
            throw error
        }
    }

    /// Where the server listens, once it takes requests. Throws what kept it from starting.
    package func ready() async throws -> RunningServer { try await readySignal.value() }

    /// Asks ``run(endsOnSignals:)`` to end gracefully.
    package func shutDown() { readySignal.requestStop() }
}

/// Puts something around a database that looks on.
package typealias DatabaseWatch = @Sendable (any SQLDatabase) -> any SQLDatabase

/// What a started server says of itself.
package struct RunningServer: Sendable {
    package let baseURL: String
    /// The simulator's, or nil without a test world.
    package let graphURL: String?
    /// Nil without a test world.
    package let credentials: Credentials?
}

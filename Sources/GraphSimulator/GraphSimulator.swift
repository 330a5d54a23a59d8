// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import HTTPTypes
import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle

/// A stateful, strict fake of Meta's Graph API for WhatsApp onboarding, with its own control surface.
package final class GraphSimulator: Service {
    private let configuration: SimulatorConfiguration
    private let logger: Logger
    private let world: World
    private let calls: CallLog
    private let port = PortAnnouncement()

    /// Reads the world back when a data directory is given. Throws when it cannot be read or written.
    package init(configuration: SimulatorConfiguration, logger: Logger) throws {
        self.configuration = configuration
        self.logger = logger
        world = try World(configuration: configuration)
        calls = CallLog(capacity: configuration.callLogCapacity)
    }

    /// Serves until graceful shutdown or cancellation.
    package func run() async throws {
        var settings = HTTPClient.Configuration()
        settings.redirectConfiguration = .disallow
        // A callback that refuses the connection has failed; the schedule decides when to try again.
        settings.connectionPool.retryConnectionEstablishment = false
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        do {
            try await serve(with: client)
        } catch {
            port.fail(error)
            try? await client.shutdown()
            throw error
        }
        port.fail(CancellationError())
        try await client.shutdown()
    }

    /// The port in use, as soon as it is bound. Throws what kept the server from starting.
    package func boundPort() async throws -> Int { try await port.value }

    private func serve(with client: HTTPClient) async throws {
        let handshake = CallbackHandshake(client: client)
        let engine = GraphEngine(world: world, calls: calls, handshake: handshake, logger: logger)
        let sent = SentWebhooks()
        let control = ControlSurface(
            world: world, calls: calls, configuration: configuration,
            webhooks: WebhookControl(world: world, sent: sent))
        let pages = PageDoor(
            desk: DialogDesk(world: world, configuration: configuration), tables: WorldTables(world: world),
            guardian: LocalGuard(boundHost: configuration.host))
        let pump = WebhookPump(world: world, client: client, sent: sent, logger: logger)
        let port = port
        let application = Application(
            responder: SimulatorResponder(engine: engine, control: control, pages: pages),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), backlog: 1024),
            services: [PumpService(pump: pump)],
            onServerRunning: { channel in port.announce(channel.localAddress?.port ?? 0) },
            logger: logger)
        try await serve(application)
    }

    /// A server torn down by cancellation can trap on a connection it just accepted, so cancellation is made graceful too.
    private func serve(_ application: some Service) async throws {
        let group = ServiceGroup(configuration: .init(services: [application], logger: logger))
        let serving = Task { try await group.run() }
        try await withTaskCancellationHandler {
            try await serving.value
        } onCancel: {
            Task { await group.triggerGracefulShutdown() }
        }
    }
}

private struct PumpService: Service {
    let pump: WebhookPump

    func run() async throws { await pump.run() }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import GraphSimulator
import Hummingbird
import Logging
import NIOCore
import PartnerWebhooks
import SealedSecrets
import ServiceLifecycle
import Services
import Store

/// One node: opens its worlds, runs their workers, and last the HTTP server, so that a shutdown stops requests first.
struct NodeService: Service {
    let settings: ServerSettings
    let keyRing: KeyRing
    let watching: DatabaseWatch
    let simulator: GraphSimulator?
    let ready: ReadySignal
    let logger: Logger

    func run() async throws {
        let formats = Doors.formats
        let graphURL = try await sandboxURL()
        var worlds: [WorldRuntime] = []
        if let graphURL { worlds.append(try await open("test", graphURL: graphURL, formats.renderer)) }
        if settings.servesLive {
            worlds.append(try await open("live", graphURL: "https://graph.facebook.com", formats.renderer))
        }
        let readiness = Readiness(stores: worlds.map(\.store))
        let port = PortPromise()
        let application = Application(
            router: Doors.router(worlds: worlds, readiness: readiness),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), serverName: nil, backlog: 1024),
            onServerRunning: { channel in port.fulfil(channel.localAddress?.port ?? 0) }, logger: logger)
        let opened = worlds
        let starter = Task {
            do {
                ready.succeed(try await start(opened, port: try await port.value(), graphURL: graphURL))
            } catch {
                ready.fail(error)
                throw error
            }
        }
        let services: [any Service] = worlds.flatMap(\.workers) + [application, StartService(starter: starter)]
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: services.map { .init(service: $0) }, logger: logger))
        do {
            try await withGracefulShutdownHandler {
                try await group.run()
            } onGracefulShutdown: {
                readiness.startDraining()
                Task { await group.triggerGracefulShutdown() }
            }
        } catch {
            port.fail(error)
            for world in worlds { await world.close() }
            throw error
        }
        port.fail(CancellationError())
        for world in worlds { await world.close() }
    }

    private func sandboxURL() async throws -> String? {
        switch settings.sandbox {
        case .inside:
            guard let simulator else { return nil }
            return "http://\(reachableHost):\(try await simulator.boundPort())"
        case .at(let url): return url
        case .none: return nil
        }
    }

    /// A listener on all addresses is reached on this one.
    private var reachableHost: String {
        settings.host == "0.0.0.0" || settings.host == "::" ? "127.0.0.1" : settings.host
    }

    private func open(_ world: String, graphURL: String, _ renderer: EventRenderer) async throws -> WorldRuntime {
        try await WorldRuntime.open(
            WorldRuntime.Parameters(
                world: world, graphURL: graphURL,
                database: try settings.databaseTarget(world: world), settings: settings, keyRing: keyRing,
                renderer: renderer,
                crashAt: world == "test" ? settings.crashAt : nil, watching: watching),
            logger: logger)
    }

    /// The port is bound: the test world gets its samples and tells the sandbox where to send webhooks.
    private func start(_ worlds: [WorldRuntime], port: Int, graphURL: String?) async throws -> RunningServer {
        let baseURL = "http://\(reachableHost):\(port)"
        guard let graphURL, let test = worlds.first(where: { $0.services.world == "test" }) else {
            return RunningServer(baseURL: baseURL, graphURL: nil, credentials: nil)
        }
        if test.clock.offset > .zero {
            // A simulator without a kept world begins at the machine's time.
            try? await SandboxControl(baseURL: graphURL).moveClock(by: .zero, toAtLeast: test.clock.offset)
        }
        let sample = SampleWorld(services: test.services, sandbox: .sample)
        let credentials = try await sample.prepare(
            Credentials.load(from: settings.dataDirectory), baseURL: baseURL, graphURL: graphURL)
        try credentials.save(to: settings.dataDirectory)
        await subscribe(graphURL: graphURL, callback: settings.publicURL ?? baseURL, test)
        return RunningServer(baseURL: baseURL, graphURL: graphURL, credentials: credentials)
    }

    /// Meta's handshake comes back to this server before the call is answered. Without it only polling is left.
    private func subscribe(graphURL: String, callback: String, _ world: WorldRuntime) async {
        let sandbox = SandboxApp.sample
        let app = AppID(sandbox.appID)
        let client = GraphClient(
            configuration: GraphConfiguration(
                baseURL: graphURL, version: settings.graphVersion, appID: app, appSecret: AppSecret(sandbox.appSecret)),
            clock: world.clock, logger: logger)
        do {
            _ = try await client.send(
                SubscribeAppWebhooks(
                    app, callbackURL: "\(callback)/webhooks/meta/\(app)", verifyToken: OtherSecret(sandbox.verifyToken),
                    fields: AppRules.neededFields))
        } catch {
            logger.warning("the sandbox cannot send webhooks here", metadata: ["error": "\(error)"])
        }
        await client.shutdown()
    }
}

/// Ends the node when its start failed; otherwise waits for the shutdown.
private struct StartService: Service {
    let starter: Task<Void, any Error>

    func run() async throws {
        try await starter.value
        try await gracefulShutdown()
    }
}

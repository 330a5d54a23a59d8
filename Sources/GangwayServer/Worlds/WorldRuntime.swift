// SPDX-License-Identifier: Apache-2.0
package import Domain
import DurableWork
import GraphClient
package import Logging
import MetaChanges
import OnboardingRunner
import PartnerWebhooks
import Reconciling
import SQLEngine
package import SealedSecrets
package import ServiceLifecycle
package import Services
package import Store
import WebhookSignatures

/// One world put together: its database, its workers, and what may be asked of it.
package struct WorldRuntime: Sendable {
    package let store: Store
    package let services: WorldServices
    package let clock: SystemClock
    /// Signs list cursors; the same on every node of the world.
    let cursorKey: OtherSecret
    /// In the order of starting; shut down in reverse.
    package let workers: [any Service]
    private let keeper: NodeKeeper
    private let transport: GuardedTransport
    private let clients: ClientShelf
    private let lock: ProcessLock?

    package struct Parameters: Sendable {
        package let world: String
        package let graphURL: String
        package let database: DatabaseTarget
        package let settings: ServerSettings
        package let keyRing: KeyRing
        package let renderer: EventRenderer
        package let crashAt: String?
        package let watching: DatabaseWatch
    }

    package static func open(_ parameters: Parameters, logger: Logger) async throws -> WorldRuntime {
        let settings = parameters.settings
        let lock = try parameters.database.lockPath.map { try ProcessLock(path: $0) }
        let database = parameters.watching(
            try await parameters.database.open(connections: settings.postgresConnections, logger: logger))
        let clock = SystemClock()
        let store = try await Store.open(
            world: parameters.world, database: database, keyRing: parameters.keyRing, clock: clock,
            keySource: keySource(settings), renderer: parameters.renderer)
        let time = parameters.world == "test" ? worldTime(store, clock, graphURL: parameters.graphURL) : nil
        try await time?.follow()
        let node = NodeID(at: clock.now())
        let work = workSettings(settings)
        let keeper = NodeKeeper(
            store: store, node: node, settings: work, isAlone: parameters.database.isSingleNode, logger: logger)
        try await keeper.start()

        let watch = MetaWatch()
        let clients = ClientShelf(
            baseURL: parameters.graphURL, version: settings.graphVersion, clock: clock, watch: watch, logger: logger)
        let directory = AppDirectory(store: store) { app, secret in clients.client(for: app, secret: secret) }
        let hub = ProgressHub()
        let handler = OnboardingHandler(
            store: store, apps: directory, settings: onboardingSettings(settings), hub: hub,
            checkpoints: try KillSwitch.observer(for: parameters.crashAt), logger: logger)
        let reconciling = try await reconcilingHandlers(store, directory, settings, logger)
        let handlers: [any WorkHandler] =
            [handler, SenderKeeper(store: store, directory: directory)] + reconciling
            + housekeepers(store, settings, logger)
        try await beginHousekeeping(in: store)
        let pool = WorkPool(store: store, node: node, handlers: handlers, settings: work, logger: logger)
        let load = IntakeLoad()
        let notifications = NotificationWorker(
            store: store, node: node, settings: work, load: load, watch: watch, logger: logger)
        let ranges = try addressRanges(settings)
        let transport = GuardedTransport(addresses: AddressGuard(allowedRanges: ranges))
        let policy = EndpointURLPolicy(allowsHTTP: settings.allowsHTTPEndpoints, allowedRanges: ranges)
        let dispatcher = WebhookDispatcher(
            store: store, node: node, transport: transport,
            settings: WebhookSettings(
                lease: work.lease, poll: work.poll, drain: work.drain, urlPolicy: policy,
                userAgent: "Gangway/\(Version.text)", signer: Doors.formats.signer),
            logger: logger)

        let onboardings = Onboardings(
            store: store, directory: directory, pool: pool, hub: hub, node: node, settings: work,
            judgeCallback: { judge($0, policy) })
        let endpoints = Endpoints(store: store, judge: { judge($0, policy) }, makeSecret: newSigningSecret)
        let activations = Activations(
            store: store, vault: CertificateVault(store: store), onboardings: onboardings, endpoints: endpoints)
        let sweeper = CertificateSweeper(activations: activations, logger: logger)
        if parameters.database.isSingleNode { await sweeper.sweep(olderThan: .zero) }

        let wabas = WABAs(store: store, directory: directory)
        let phoneNumbers = PhoneNumbers(store: store, directory: directory)
        let services = WorldServices(
            world: parameters.world, apiKeys: APIKeys(store: store), partners: Partners(store: store),
            apps: Apps(store: store, directory: directory), customers: Customers(store: store),
            onboardings: onboardings, wabas: wabas, phoneNumbers: phoneNumbers,
            cloudCalls: CloudCalls(store: store, directory: directory),
            tokens: Tokens(store: store, directory: directory), encryption: Encryption(store: store, pool: pool),
            endpoints: endpoints,
            events: Events(store: store), activities: Activities(store: store),
            notifications: Notifications(store: store, load: load, ring: { notifications.ring() }),
            reconciliations: Reconciliations(store: store, wabas: wabas, pool: pool),
            imports: Imports(store: store, wabas: wabas, pool: pool),
            doctor: Doctor(
                store: store, directory: directory,
                surroundings: DoctorProbes(settings: settings, graphURL: parameters.graphURL).surroundings),
            activations: activations,
            activationAccounts: ActivationAccounts(store: store),
            projects: ProjectServices(
                store: store, directory: directory, onboardings: onboardings, phoneNumbers: phoneNumbers,
                judge: { judge($0, policy) }, makeSecret: newSigningSecret),
            time: time)
        return WorldRuntime(
            store: store, services: services, clock: clock, cursorKey: try await cursorKey(in: store),
            workers: [
                keeper, NoveltyKeeper(store: store, watch: watch, logger: logger), RecordPruner(store: store), sweeper,
                dispatcher, pool, notifications,
            ] + followers(of: time, parameters, store, logger),
            keeper: keeper, transport: transport, clients: clients, lock: lock)
    }

    /// After the workers have ended.
    package func close() async {
        await keeper.stop()
        await transport.shutDown()
        await clients.shutDown()
        await store.database.close()
    }

    private static func cursorKey(in store: Store) async throws -> OtherSecret {
        let minted = newSigningSecret()
        return try await store.write { tx in
            let owner = SecretTable.Owner.world(store.world)
            if let known: OtherSecret = try tx.secrets.get(.cursorKey, of: owner) { return known }
            try tx.secrets.put(minted, as: .cursorKey, of: owner)
            return minted
        }
    }

    /// A database of one process is moved by that process alone.
    private static func followers(
        of time: WorldTime?, _ parameters: Parameters, _ store: Store, _ logger: Logger
    ) -> [any Service] {
        guard let time, !parameters.database.isSingleNode else { return [] }
        let poll = workSettings(parameters.settings).poll
        return [ClockFollower(store: store, time: time, poll: poll, logger: logger)]
    }

    private static func worldTime(_ store: Store, _ clock: SystemClock, graphURL: String) -> WorldTime {
        let sandbox = SandboxControl(baseURL: graphURL)
        return WorldTime(store: store, clock: clock) { (step, offset) throws(WorldTime.SandboxFailure) in
            do {
                try await sandbox.moveClock(by: step, toAtLeast: offset)
            } catch {
                throw WorldTime.SandboxFailure(reason: "\(error)")
            }
        }
    }

    private static func judge(_ url: String, _ policy: EndpointURLPolicy) -> String? {
        do throws(EndpointURLError) {
            _ = try EndpointURL(url, policy: policy)
            return nil
        } catch {
            return error.message
        }
    }

    private static func newSigningSecret() -> OtherSecret { OtherSecret(WebhookSecret.generate().text) }

    private static func addressRanges(_ settings: ServerSettings) throws -> [AddressRange] {
        try settings.allowedRanges.map { text in
            guard let range = AddressRange(text) else {
                throw SettingsError(description: "allow-ranges: \(text) is not a CIDR range")
            }
            return range
        }
    }

    private static func reconcilingHandlers(
        _ store: Store, _ apps: AppDirectory, _ settings: ServerSettings, _ logger: Logger
    ) async throws -> [any WorkHandler] {
        let reconciling = ReconcilingSettings(
            retry: RetryPolicy(base: .seconds(settings.retryBaseSeconds)),
            period: settings.reconcileHours > 0 ? .seconds(settings.reconcileHours * 3600) : nil,
            periodRepairs: settings.reconcileRepairs)
        let schedule = ReconciliationSchedule(store: store, settings: reconciling, logger: logger)
        try await schedule.ensure()
        return [
            schedule, ReconciliationHandler(store: store, apps: apps, settings: reconciling, logger: logger),
            ImportHandler(store: store, apps: apps, settings: reconciling, logger: logger),
        ]
    }

    private static func workSettings(_ settings: ServerSettings) -> WorkSettings {
        WorkSettings(
            concurrency: settings.concurrency, lease: .seconds(settings.leaseSeconds),
            heartbeat: .seconds(settings.heartbeatSeconds), grace: .seconds(settings.graceSeconds),
            poll: .seconds(settings.pollSeconds), drain: .seconds(settings.drainSeconds))
    }

    private static func onboardingSettings(_ settings: ServerSettings) -> OnboardingSettings {
        OnboardingSettings(
            retry: RetryPolicy(base: .seconds(settings.retryBaseSeconds)),
            sharePoll: .seconds(settings.sharePollSeconds),
            creditSettleAfter: .seconds(settings.creditSettleSeconds),
            messageProof: .seconds(settings.creditSettleSeconds * 5))
    }
}

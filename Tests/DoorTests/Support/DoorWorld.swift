// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import GraphClient
import HTTPSupport
import Logging
import NativeAPI
import OnboardingRunner
import PartnerWebhooks
import Services
import SinchAPI
import Store
import TestSupport
import WebhookSignatures

/// One world behind the doors: a real store and real services, a scripted Graph, and no worker running, so that nothing moves
/// but what a request does.
struct DoorWorld: Sendable {
    let store: Store
    let clock: TestClock
    let graph: ScriptedGraph
    let services: WorldServices
    let acme: Tenant
    let globex: Tenant
    let operatorKey: String
    /// Every statement, while somebody listens.
    let statements: StatementLog
    let activity: DatabaseActivity

    /// A partner with its key and one customer.
    struct Tenant: Sendable {
        let seeded: SeededPartner
        let key: String

        var partner: PartnerID { seeded.partner }
        var customer: CustomerID { seeded.customer }
    }

    var worlds: Worlds { Worlds(test: services) }

    /// Builds the world on an empty store, runs `body` and removes everything.
    static func run<T: Sendable>(
        on machine: Doctor.Surroundings = DoorWorld.surroundings, _ body: (DoorWorld) async throws -> T
    ) async throws -> T {
        let (statements, activity) = (StatementLog(), DatabaseActivity())
        let renderer = WebhookFormats([StandardFormat(), SinchFormat()]).renderer
        let engine = TestEngine.sqlite.watched(by: activity).recorded(by: statements)
        return try await withTestStore(engine, renderer: renderer) { world in
            try await body(try await DoorWorld(world, statements, activity, machine))
        }
    }

    private init(
        _ world: TestStore, _ statements: StatementLog, _ activity: DatabaseActivity, _ machine: Doctor.Surroundings
    ) async throws {
        self.statements = statements
        self.activity = activity
        let (store, graph) = (world.store, ScriptedGraph())
        let directory = AppDirectory(store: store) { _, _ in graph }
        let node = NodeID(at: world.clock.now())
        let settings = WorkSettings()
        let pool = WorkPool(store: store, node: node, handlers: [], settings: settings, logger: Logger(label: "test"))
        let onboardings = Onboardings(
            store: store, directory: directory, pool: pool, hub: ProgressHub(), node: node, settings: settings,
            patience: .zero)
        let endpoints = Endpoints(
            store: store, judge: Self.trouble(with:), makeSecret: { OtherSecret(WebhookSecret.generate().text) })
        let wabas = WABAs(store: store, directory: directory)
        let phoneNumbers = PhoneNumbers(store: store, directory: directory)
        let makeSecret: @Sendable () -> OtherSecret = { OtherSecret(WebhookSecret.generate().text) }
        let services = WorldServices(
            world: store.world, apiKeys: APIKeys(store: store), partners: Partners(store: store),
            apps: Apps(store: store, directory: directory), customers: Customers(store: store),
            onboardings: onboardings, wabas: wabas, phoneNumbers: phoneNumbers,
            cloudCalls: CloudCalls(store: store, directory: directory),
            tokens: Tokens(store: store, directory: directory), encryption: Encryption(store: store, pool: nil),
            endpoints: endpoints,
            events: Events(store: store), activities: Activities(store: store),
            notifications: Notifications(store: store, ring: {}),
            reconciliations: Reconciliations(store: store, wabas: wabas, pool: pool),
            imports: Imports(store: store, wabas: wabas, pool: pool),
            doctor: Doctor(store: store, directory: directory, surroundings: machine),
            activations: Activations(
                store: store, vault: CertificateVault(store: store),
                onboardings: onboardings, endpoints: endpoints),
            activationAccounts: ActivationAccounts(store: store),
            projects: ProjectServices(
                store: store, directory: directory, onboardings: onboardings, phoneNumbers: phoneNumbers,
                judge: Self.trouble(with:), makeSecret: makeSecret))
        self.store = store
        self.graph = graph
        self.services = services
        clock = world.clock
        acme = try await Self.tenant("Acme", in: store, services)
        globex = try await Self.tenant("Globex", in: store, services)
        operatorKey = try await services.apiKeys.mint(for: nil, by: "test").secret.secret
        let app = acme.seeded.app
        try await store.write { tx in
            try tx.secrets.put(AppSecret("app-secret-canary"), as: .appSecret, of: .app(app))
            try tx.secrets.put(SystemToken("system-token-canary"), as: .systemToken, of: .app(app))
        }
    }

    private static func tenant(_ name: String, in store: Store, _ services: WorldServices) async throws -> Tenant {
        let seeded = try await store.seedPartner(name)
        let key = try await services.apiKeys.mint(for: seeded.partner, by: "test").secret.secret
        return Tenant(seeded: seeded, key: key)
    }

    /// A machine on which all is well.
    static let surroundings = Doctor.Surroundings(
        publicURL: nil, graphMajor: 26, dataDirectory: "/data", keyFilePath: "/data/keys",
        freeDisk: { 1 << 40 }, keyFile: { ServerRules.KeyFileFacts(mode: 0o600, keyIDs: []) }, clockAhead: { 0 },
        handshake: { _, _ in .answered })

    @Sendable private static func trouble(with url: String) -> String? {
        do throws(EndpointURLError) {
            _ = try EndpointURL(url)
            return nil
        } catch {
            return error.message
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import Logging
import Store
import TestSupport
import WebhookSignatures

@testable import PartnerWebhooks

/// Bodies that show which event and endpoint they were rendered for; it has no words for abandoned signups.
struct PlainFormat: WebhookFormat {
    let name = WebhookFormatName.standard

    func render(_ event: Event, for endpoint: Endpoint) -> RenderedEvent? {
        guard event.type != EventType.signupAbandoned.rawValue else { return nil }
        return RenderedEvent(
            body: Array(#"{"type":"\#(event.type)","data":\#(event.dataJSON),"name":"Zoë / ☕"}"#.utf8),
            headers: ["x-plain": "yes", "webhook-id": "forged", "User-Agent": "forged"])
    }
}

/// A store, its partner, and dispatchers that run until the body ends.
struct DispatchWorld: Sendable {
    let store: Store
    let clock: TestClock
    let seeded: SeededPartner
    /// What dispatchers have written.
    let settled = Inbox<Settlement>()
    let lost = Inbox<DeliveryID>()

    static let loopback = [AddressRange("127.0.0.0/8")].compactMap { $0 }

    static func with<T: Sendable>(_ engine: TestEngine, _ body: (DispatchWorld) async throws -> T) async throws -> T {
        try await withTestStore(engine, renderer: WebhookFormats([PlainFormat()]).renderer) { world in
            let seeded = try await world.store.seedPartner()
            return try await body(DispatchWorld(store: world.store, clock: world.clock, seeded: seeded))
        }
    }

    static func settings(_ change: (inout WebhookSettings) -> Void = { _ in }) -> WebhookSettings {
        // Long, so that a busy machine turns no answer into a timeout.
        var settings = WebhookSettings(
            timeout: .seconds(50), urlPolicy: EndpointURLPolicy(allowsHTTP: true, allowedRanges: loopback),
            userAgent: "Gangway/1.2.3")
        change(&settings)
        return settings
    }

    /// Runs a dispatcher of a node of its own while `body` runs.
    func dispatching<T: Sendable>(
        _ settings: WebhookSettings = settings(),
        guarded addresses: AddressGuard = AddressGuard(allowedRanges: loopback),
        node: NodeID? = nil, _ body: (WebhookDispatcher) async throws -> T
    ) async throws -> T {
        let node = node ?? NodeID(at: clock.now())
        try await store.write { try $0.nodes.beat(node, lease: .seconds(3600)) }
        let transport = Self.transport(addresses)
        let dispatcher = dispatcher(settings, node: node, transport: transport)
        let running = Task { try await dispatcher.run() }
        let result: Result<T, any Error>
        do { result = .success(try await body(dispatcher)) } catch { result = .failure(error) }
        running.cancel()
        _ = await running.result
        await transport.shutDown()
        return try result.get()
    }

    static func transport(_ addresses: AddressGuard = AddressGuard(allowedRanges: loopback)) -> GuardedTransport {
        GuardedTransport(addresses: addresses, connectTimeout: .seconds(50))
    }

    func dispatcher(_ settings: WebhookSettings, node: NodeID, transport: GuardedTransport) -> WebhookDispatcher {
        WebhookDispatcher(
            store: store, node: node, transport: transport, settings: settings, logger: Logger(label: "test")
        ) { [settled, lost] settlements, outcome in
            for id in outcome.lost { lost.put(id) }
            for settlement in settlements { settled.put(settlement) }
        }
    }

    @discardableResult
    func endpoint(
        _ url: String, events: [String] = ["*"], customer: CustomerID? = nil, partner: PartnerID? = nil,
        secret: WebhookSecret? = .generate()
    ) async throws -> EndpointID {
        let partner = partner ?? seeded.partner
        return try await store.write { tx in
            let id = EndpointID(at: tx.now)
            try tx.endpoints.insert(
                Endpoint(
                    id: id, partnerID: partner, customerID: customer, url: url, events: EventFilter(stored: events),
                    format: .standard, state: .enabled, disabledReason: nil, createdAt: tx.now, updatedAt: tx.now))
            if let secret { try tx.secrets.put(OtherSecret(secret.text), as: .signingSecret, of: .endpoint(id)) }
            return id
        }
    }

    @discardableResult
    func publish(
        _ type: EventType = .wabaOnboarded, key: String = "once", partner: PartnerID? = nil, customer: CustomerID? = nil
    ) async throws -> EventID? {
        let draft = EventDraft(
            type: type, partnerID: partner ?? seeded.partner, customerID: customer, wabaID: WABAID("102290129340398"),
            data: ["key": .string(key)], dedupeKey: key)
        return try await store.write { try $0.publish(draft) }
    }

    func deliveries(to endpoint: EndpointID? = nil) async throws -> [Delivery] {
        try await store.read { try $0.deliveries.page(.init(endpoint: endpoint), PageRequest(limit: 200)).items }
    }

    func delivery(to endpoint: EndpointID) async throws -> Delivery? { try await deliveries(to: endpoint).first }

    func attempts(of delivery: Delivery) async throws -> [DeliveryAttempt] {
        try await store.read { try $0.deliveries.attempts(of: delivery.id) }
    }

    func endpoint(_ id: EndpointID) async throws -> Endpoint? {
        try await store.read { try $0.endpoints.find(id, of: nil) }
    }
}

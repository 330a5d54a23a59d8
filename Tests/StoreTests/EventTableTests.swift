// SPDX-License-Identifier: Apache-2.0
import Domain
import SQLEngine
import SealedSecrets
import Store
import TestSupport
import Testing

@Suite("Events, idempotency, secrets", .timeLimit(.minutes(1)))
struct EventTableTests {
    private static let renderer = EventRenderer { event, endpoint in
        guard event.type != EventType.signupAbandoned.rawValue else { return nil }
        return RenderedEvent(body: Array("\(endpoint.format.rawValue) \(event.id)".utf8), headers: ["x-a": "ü"])
    }

    private static func endpoint(
        _ partner: PartnerID, _ events: [String], customer: CustomerID? = nil, state: Endpoint.State = .enabled,
        at now: Timestamp
    ) -> Endpoint {
        Endpoint(
            id: EndpointID(at: now), partnerID: partner, customerID: customer, url: "https://x.example",
            events: EventFilter(stored: events), format: .standard, state: state, disabledReason: nil, createdAt: now,
            updatedAt: now)
    }

    @Test("An event is published once, with one delivery per endpoint that wants it", arguments: TestEngine.all)
    func publishing(engine: TestEngine) async throws {
        try await withTestStore(engine, renderer: Self.renderer) { world in
            let mine = try await world.store.seedPartner("Mine")
            let other = try await world.store.seedPartner("Other")
            let now = world.clock.now()
            let endpoints = [
                Self.endpoint(mine.partner, ["*"], at: now),
                Self.endpoint(mine.partner, ["whatsapp.message.*"], at: now),
                Self.endpoint(mine.partner, ["whatsapp.waba_onboarded"], customer: mine.customer, at: now),
                Self.endpoint(mine.partner, ["*"], customer: other.customer, at: now),
                Self.endpoint(mine.partner, ["*"], state: .disabled, at: now),
                Self.endpoint(other.partner, ["*"], at: now),
            ]
            let draft = EventDraft(
                type: .wabaOnboarded, partnerID: mine.partner, customerID: mine.customer, dedupeKey: "run:onboarded")
            let theirs = EventDraft(type: .wabaOnboarded, partnerID: other.partner, dedupeKey: "run:onboarded")
            let ids = try await world.store.write { tx in
                for endpoint in endpoints { try tx.endpoints.insert(endpoint) }
                return [try tx.publish(draft), try tx.publish(draft), try tx.publish(theirs)]
            }
            #expect(ids[0] != nil && ids[1] == nil && ids[2] != nil)
            let deliveries = try await world.store.read {
                try $0.deliveries.page(.init(event: ids[0]), PageRequest()).items
            }
            let states = Dictionary(uniqueKeysWithValues: deliveries.map { ($0.endpointID, $0.state) })
            #expect(states == [endpoints[0].id: .pending, endpoints[2].id: .pending, endpoints[4].id: .held])
        }
    }

    @Test(
        "Nothing is published when the transaction fails, nothing delivered without words for it",
        arguments: TestEngine.all)
    func rollBack(engine: TestEngine) async throws {
        struct Failure: Error {}
        try await withTestStore(engine, renderer: Self.renderer) { world in
            let partner = try await world.store.seedPartner().partner
            try await world.store.write { try $0.endpoints.insert(Self.endpoint(partner, ["*"], at: $0.now)) }
            await #expect(throws: Failure.self) {
                try await world.store.write { tx in
                    _ = try tx.publish(EventDraft(type: .wabaOnboarded, partnerID: partner, dedupeKey: "k"))
                    throw Failure()
                }
            }
            let id = try await world.store.write {
                try $0.publish(EventDraft(type: .signupAbandoned, partnerID: partner, dedupeKey: "k"))
            }
            #expect(id != nil)
            #expect(try await world.store.read { try $0.events.page(.init(), PageRequest()).items.map(\.id) } == [id])
            #expect(try await world.store.read { try $0.deliveries.counts() }.isEmpty)
        }
    }

    @Test(
        "A key answers again what it answered, refuses another request, and is forgotten in time",
        arguments: TestEngine.all)
    func idempotency(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let answer = StoredAnswer(status: 201, body: #"{"secret":"whsec_visible"}"#)
            try await world.store.write { tx in
                #expect(try tx.idempotency.look(scope: [1], fingerprint: [9]) == .fresh)
                try tx.idempotency.keep(answer, scope: [1], fingerprint: [9], for: .hours(24))
            }
            let looks = try await world.store.read { tx in
                [
                    try tx.idempotency.look(scope: [1], fingerprint: [9]),
                    try tx.idempotency.look(scope: [1], fingerprint: [8]),
                    try tx.idempotency.look(scope: [2], fingerprint: [9]),
                ]
            }
            #expect(looks == [.replay(answer), .mismatch, .fresh])
            let stored = try await world.store.read {
                try $0.sql.query("SELECT sealed_body FROM idempotency", [])[0].blob("sealed_body")
            }
            #expect(!String(decoding: stored, as: UTF8.self).contains("whsec"))
            world.clock.advance(by: .hours(24))
            #expect(try await world.store.read { try $0.idempotency.look(scope: [1], fingerprint: [9]) } == .fresh)
            #expect(try await world.store.write { try $0.idempotency.prune() } == 1)
        }
    }

    @Test("A sealed secret moved to another row or column does not open", arguments: TestEngine.all)
    func swappedSecrets(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let (mine, theirs) = (WABAID("1"), WABAID("2"))
            try await world.store.write { tx in
                try tx.secrets.put(BusinessToken("EAAmine"), as: .businessToken, of: .waba(mine))
                try tx.secrets.put(BusinessToken("EAAtheirs"), as: .businessToken, of: .waba(theirs))
                try tx.secrets.put(OtherSecret("v"), as: .verifyToken, of: .waba(mine))
            }
            let read = try await world.store.read { tx -> BusinessToken? in
                try tx.secrets.get(.businessToken, of: .waba(mine))
            }
            #expect(read?.secret == "EAAmine")
            let raw = try await world.store.read { try $0.sql.query("SELECT sealed FROM sealed_secret", []) }
            #expect(try raw.allSatisfy { !String(decoding: try $0.blob("sealed"), as: UTF8.self).contains("EAA") })
            let swaps = [
                "UPDATE sealed_secret SET sealed = (SELECT sealed FROM sealed_secret WHERE owner_id = '2') WHERE owner_id = '1' AND name = 'business_token'",
                "UPDATE sealed_secret SET sealed = (SELECT sealed FROM sealed_secret WHERE name = 'verify_token') WHERE owner_id = '2'",
            ]
            for swap in swaps { try await world.store.write { _ = try $0.sql.execute(swap, []) } }
            for waba in [mine, theirs] {
                await #expect(throws: SealError.self) {
                    _ = try await world.store.read { tx -> BusinessToken? in
                        try tx.secrets.get(.businessToken, of: .waba(waba))
                    }
                }
            }
        }
    }

    @Test("Removed secrets are gone, replaced ones read anew", arguments: TestEngine.all)
    func secretLife(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let seen = try await world.store.write { tx -> [String?] in
                let owner = SecretTable.Owner.onboarding(OnboardingID("onb_1"))
                var seen: [String?] = []
                try tx.secrets.put(RegistrationPIN("111111"), as: .pin, of: owner)
                try tx.secrets.put(RegistrationPIN("222222"), as: .pin, of: owner)
                seen.append(try tx.secrets.get(.pin, of: owner, as: RegistrationPIN.self)?.secret)
                try tx.secrets.remove(.pin, of: owner)
                seen.append(try tx.secrets.get(.pin, of: owner, as: RegistrationPIN.self)?.secret)
                return seen
            }
            #expect(seen == ["222222", nil])
        }
    }

    @Test("A change of Meta's counts once, until it is pruned", arguments: TestEngine.all)
    func seenChanges(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let first = try await world.store.write { tx in
                [try tx.notifications.isFirst(changeKey: [1]), try tx.notifications.isFirst(changeKey: [1])]
            }
            #expect(first == [true, false])
            world.clock.advance(by: .days(14))
            let pruned = try await world.store.write { try $0.notifications.pruneSeen(before: $0.now) }
            #expect(pruned == 1)
            #expect(try await world.store.write { try $0.notifications.isFirst(changeKey: [1]) })
        }
    }
}

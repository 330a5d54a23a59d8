// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import SQLEngine
import Store
import TestSupport
import Testing

@testable import MetaChanges

/// Meta's own changes handed on. Source: DESIGN.md section 3, journey 4; Splashify, "WhatsApp Events".
@Suite("Raw forwards", .timeLimit(.minutes(1)))
struct ForwardTests {
    private static let theirWABA = WABAID("202290129340398")
    private static let renderer = EventRenderer(
        forwarding: [.metaRaw],
        forward: { changes, _ in
            RenderedEvent(body: RawChange.body(of: changes), headers: [RawChange.header: RawChange.headerValue])
        }, { _, _ in nil })

    private struct World {
        let store: Store
        let mine: SeededPartner
        let other: SeededPartner
    }

    /// Two partners with one WABA each.
    private func withWorld(
        _ engine: TestEngine = .sqlite, _ body: @Sendable (World) async throws -> Void
    ) async throws {
        try await withTestStore(engine, renderer: Self.renderer) { world in
            let mine = try await world.store.seedPartner("Mine")
            let other = try await world.store.seedPartner("Other")
            try await world.store.seedWABA(sampleWABA, of: mine)
            try await world.store.seedWABA(Self.theirWABA, of: other, business: BusinessID("606914307656634"))
            try await body(World(store: world.store, mine: mine, other: other))
        }
    }

    @discardableResult
    private func endpoint(
        _ world: World, of seeded: SeededPartner, _ events: [String] = ["*"], format: WebhookFormatName = .metaRaw,
        customer: CustomerID? = nil
    ) async throws -> EndpointID {
        try await world.store.write { tx in
            let endpoint = Endpoint(
                id: EndpointID(at: tx.now), partnerID: seeded.partner, customerID: customer,
                url: "https://partner.example/raw", events: EventFilter(stored: events), format: format,
                state: .enabled, disabledReason: nil, createdAt: tx.now, updatedAt: tx.now)
            try tx.endpoints.insert(endpoint)
            return endpoint.id
        }
    }

    private func apply(_ world: World, _ body: String) async throws {
        let units = try NotificationParser.split(body: Array(body.utf8)).flatMap {
            ChangeUnit.units(of: $0, app: ourApp, receivedAt: world.store.clock.now())
        }
        try await world.store.write { tx in
            let applier = ChangeApplier(tx)
            for unit in units { _ = try applier.apply(unit) }
            try applier.finish()
        }
    }

    private func bodies(_ world: World, of seeded: SeededPartner) async throws -> [String] {
        try await world.store.read { tx in
            try tx.sql.query("SELECT body FROM delivery WHERE partner_id = ?", [.text(seeded.partner.rawValue)]).map {
                String(decoding: try $0.blob("body"), as: UTF8.self)
            }.sorted()
        }
    }

    /// As Meta escapes it, and with spaces that no encoder of ours would write.
    private static func message(_ id: String, _ text: String) -> String {
        #"{ "value" : {"metadata":{"phone_number_id":"106540352242922"},"messages":[{"id":"\#(id)","from":"1650","#
            + #""type":"text","timestamp":"1764000000","text":{"body":"\#(text) \u00e9 \/"}}]} ,"field":"messages"}"#
    }

    private static func posted(_ entries: String) -> String {
        #"{"entry": [\#(entries)], "object": "whatsapp_business_account"}"#
    }

    @Test("each partner gets its own changes, byte for byte, and no other's", arguments: TestEngine.all)
    func isolation(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            try await endpoint(world, of: world.mine)
            try await endpoint(world, of: world.other)
            let (one, two, three) = (
                Self.message("wamid.1", "mine-1"), Self.message("wamid.2", "theirs"), Self.message("wamid.3", "mine-2")
            )
            let unknown = #"{"field":"brand_new_field","value":{"a":1.50}}"#
            try await apply(
                world,
                Self.posted(
                    """
                    {"id": "\(sampleWABA)", "time":1764000000, "changes": [\(one), \(unknown)]},
                    {"id": "\(Self.theirWABA)", "changes": [\(two)]}, {"changes": [\(three)], "id": "\(sampleWABA)"},
                    {"id": "999", "changes": [\(Self.message("wamid.4", "nobody's"))]}
                    """))
            let head = #"{"object":"whatsapp_business_account","entry":["#
            #expect(
                try await bodies(world, of: world.mine) == [
                    head + #"{"id":"\#(sampleWABA)","time":1764000000,"changes":[\#(one),\#(unknown)]},"#
                        + #"{"id":"\#(sampleWABA)","changes":[\#(three)]}]}"#
                ])
            #expect(
                try await bodies(world, of: world.other) == [
                    head + #"{"id":"\#(Self.theirWABA)","changes":[\#(two)]}]}"#
                ])
        }
    }

    @Test("what Meta sends again is not handed on again, even in other company")
    func duplicates() async throws {
        try await withWorld { world in
            try await endpoint(world, of: world.mine)
            let (one, two) = (Self.message("wamid.1", "one"), Self.message("wamid.2", "two"))
            let entry = { (changes: String) in Self.posted(#"{"id":"\#(sampleWABA)","changes":[\#(changes)]}"#) }
            try await apply(world, entry(one))
            try await apply(world, entry(one))
            try await apply(world, entry(one + "," + two))
            let bodies = try await bodies(world, of: world.mine)
            #expect(bodies.count == 2)
            #expect(bodies.filter { $0.contains("wamid.1") }.count == 1)
            #expect(bodies.filter { $0.contains("wamid.2") }.count == 1)
        }
    }

    /// Patterns of the endpoint and how many of a message, a status and a review it gets.
    @Test(
        "an endpoint's events and customer choose",
        arguments: [
            (["*"], 3), (["whatsapp.meta_raw"], 3), (["whatsapp.message.*"], 2), (["whatsapp.message.status"], 1),
            (["whatsapp.waba.review_updated"], 1), (["whatsapp.waba_onboarded"], 0),
        ])
    func filters(_ events: [String], _ expected: Int) async throws {
        try await withWorld { world in
            try await endpoint(world, of: world.mine, events, customer: world.mine.customer)
            try await endpoint(world, of: world.mine, events, customer: world.other.customer)
            try await endpoint(world, of: world.mine, events, format: .standard)
            let changes = [Self.message("wamid.1", "x"), status("sent", of: "wamid.2"), review("APPROVED")]
            try await apply(
                world, Self.posted(#"{"id":"\#(sampleWABA)","changes":[\#(changes.joined(separator: ","))]}"#))
            let bodies = try await bodies(world, of: world.mine)
            #expect(bodies.count == (expected == 0 ? 0 : 1))
            #expect((bodies.first?.components(separatedBy: #""field""#).count ?? 1) - 1 == expected)
        }
    }

    @Test("what a message says stands in the delivery alone, until it arrived", arguments: TestEngine.all)
    func contents(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            try await endpoint(world, of: world.mine)
            try await apply(
                world, Self.posted(#"{"id":"\#(sampleWABA)","changes":[\#(Self.message("wamid.1", "canary"))]}"#))
            let forward = try #require(try await world.store.events().first { $0.type == "whatsapp.meta_raw" })
            #expect(forward.wabaID == sampleWABA)
            #expect(forward.phoneNumberID == PhoneNumberID("106540352242922"))
            for event in try await world.store.events() { #expect(!event.dataJSON.contains("canary")) }
            #expect(try await bodies(world, of: world.mine).first?.contains("canary") == true)

            let now = world.store.clock.now()
            let claimed = try await world.store.claimDeliveries(limit: 10, node: NodeID(at: now), lease: .seconds(60))
            let delivery = try #require(claimed.first)
            for (attempt, isDone) in [(1, false), (2, true)] {
                let record = DeliveryAttempt(
                    attempt: attempt, isManual: false, startedAt: now, finishedAt: now, status: isDone ? 200 : 500,
                    error: nil, address: nil, response: nil)
                let result: DeliveryTable.Result = isDone ? .succeeded : .retry(at: now)
                let again = isDone ? try await claimAgain(world) : delivery
                let isSettled = try await world.store.write { tx in
                    try tx.deliveries.settle(again, attempt: record, result: result)
                }
                #expect(isSettled)
                #expect(try await bodies(world, of: world.mine).first?.isEmpty == isDone)
            }
            let (isForgotten, isSentAgain) = try await world.store.write { tx in
                (try tx.deliveries.isForgotten(delivery.id), try tx.deliveries.redeliver(delivery.id))
            }
            #expect(isForgotten && !isSentAgain)
        }
    }

    private func claimAgain(_ world: World) async throws -> ClaimedDelivery {
        let node = NodeID(at: world.store.clock.now())
        return try #require(
            try await world.store.claimDeliveries(limit: 10, node: node, lease: .seconds(60)).first)
    }

    @Test("a partner without such an endpoint costs nothing")
    func unasked() async throws {
        try await withWorld { world in
            try await endpoint(world, of: world.mine, format: .standard)
            try await apply(
                world, Self.posted(#"{"id":"\#(sampleWABA)","changes":[\#(status("sent", of: "wamid.1"))]}"#))
            #expect(try await world.store.eventTypes() == ["whatsapp.message.status"])
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

@testable import PartnerWebhooks

@Suite(.timeLimit(.minutes(1))) struct DisablingTests {
    /// Answers by which a receiver ends it, and the reason that is kept.
    static let endings: [(WebhookReceiver.Answer, String)] = [
        (.init(410), "gone"), (.init(503, headers: ["webhook-delivery": "disable"]), "asked_by_receiver"),
    ]

    @Test(arguments: TestEngine.all, endings.indices)
    func `a receiver that is gone is left alone, and nothing is lost`(engine: TestEngine, ending: Int) async throws {
        let (answer, reason) = Self.endings[ending]
        try await WebhookReceiver.with(answer: { _ in answer }) { receiver in
            try await DispatchWorld.with(engine) { world in
                let endpoint = try await world.endpoint(receiver.url)
                try await world.dispatching { _ in
                    try await world.publish(key: "first")
                    _ = try await world.settled.next()
                    #expect(try await world.endpoint(endpoint)?.state == .disabled)
                    #expect(try await world.endpoint(endpoint)?.disabledReason == reason)
                    try await world.publish(key: "second")
                    #expect(try await world.deliveries(to: endpoint).map(\.state) == [.held, .held])
                    let held = try #require(try await world.delivery(to: endpoint))
                    #expect(try await world.store.write { try $0.deliveries.redeliver(held.id) } == false)

                    receiver.answer(.ok)
                    try await world.store.write { try $0.endpoints.enable(endpoint) }
                    for _ in 1...2 { _ = try await world.settled.next() }
                    #expect(try await world.deliveries(to: endpoint).map(\.state) == [.succeeded, .succeeded])
                    #expect(receiver.requests.count == 3)
                }
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `an endpoint without one success for days is disabled`(engine: TestEngine) async throws {
        let rule = DisablingRule(failuresMin: 3, silence: .hours(12))
        try await WebhookReceiver.with(answer: { _ in .init(500) }) { receiver in
            try await DispatchWorld.with(engine) { world in
                let endpoint = try await world.endpoint(receiver.url)
                try await world.dispatching(DispatchWorld.settings { $0.disabling = rule }) { _ in
                    try await world.publish()
                    _ = try await world.settled.next()
                    world.clock.advance(by: .hours(13))
                    _ = try await world.settled.next()
                    // Long enough, but not often enough.
                    #expect(try await world.endpoint(endpoint)?.state == .enabled)
                    world.clock.advance(by: .hours(1))
                    _ = try await world.settled.next()
                    #expect(try await world.endpoint(endpoint)?.disabledReason == "failing")
                    #expect(try await world.delivery(to: endpoint)?.state == .held)
                }
            }
        }
    }

    /// Source: Svix, response headers of endpoints.
    @Test func `a receiver may give up one message`() async throws {
        let answer = WebhookReceiver.Answer(400, headers: ["webhook-delivery": "abort-message"])
        try await WebhookReceiver.with(answer: { _ in answer }) { receiver in
            try await DispatchWorld.with(.sqlite) { world in
                let endpoint = try await world.endpoint(receiver.url)
                try await world.dispatching { _ in
                    try await world.publish()
                    _ = try await world.settled.next()
                    #expect(try await world.delivery(to: endpoint)?.state == .failed)
                    #expect(try await world.endpoint(endpoint)?.state == .enabled)
                }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

@testable import PartnerWebhooks

@Suite(.timeLimit(.minutes(1))) struct FairnessTests {
    @Test(arguments: TestEngine.all)
    func `a stuck receiver with a long backlog holds up no other`(engine: TestEngine) async throws {
        let gate = TestGate()
        let stuck: WebhookReceiver.Script = { _ in
            await gate.wait()
            return .ok
        }
        try await WebhookReceiver.with(answer: stuck) { slow in
            try await WebhookReceiver.with { quick in
                try await DispatchWorld.with(engine) { world in
                    try await world.endpoint(slow.url, events: ["whatsapp.message.received"])
                    let other = try await world.endpoint(quick.url, events: ["whatsapp.waba_onboarded"])
                    let partner = world.seeded.partner
                    // More than the dispatcher glances at, all due before the other endpoint's.
                    for start in stride(from: 0, to: 240, by: 40) {
                        try await world.store.write { tx in
                            for number in start..<start + 40 {
                                try tx.publish(
                                    EventDraft(type: .messageReceived, partnerID: partner, dedupeKey: "slow \(number)"))
                            }
                        }
                    }
                    world.clock.advance(by: .seconds(1))
                    for number in 1...20 { try await world.publish(key: "quick \(number)") }
                    try await world.dispatching(DispatchWorld.settings { $0.inFlightMax = 8 }) { _ in
                        _ = try await quick.next(20)
                        for _ in 1...20 { _ = try await world.settled.next() }
                        #expect(try await world.deliveries(to: other).allSatisfy { $0.state == .succeeded })
                        #expect(slow.requests.count <= 4)
                        gate.open()
                        _ = try await slow.next(240)
                    }
                }
            }
        }
    }

    @Test func `an open breaker sends nothing and uses up no attempt`() async throws {
        try await WebhookReceiver.with(answer: { _ in .init(500) }) { receiver in
            try await DispatchWorld.with(.sqlite) { world in
                let endpoint = try await world.endpoint(receiver.url)
                for number in 1...30 { try await world.publish(key: "\(number)") }
                try await world.dispatching(DispatchWorld.settings { $0.inFlightPerEndpointMax = 1 }) { _ in
                    _ = try await receiver.next(10)
                    while try await world.deliveries(to: endpoint).contains(where: { $0.state == .sending }) {
                        _ = try await world.settled.next()
                    }
                    let deliveries = try await world.deliveries(to: endpoint)
                    #expect(deliveries.filter { $0.attempt == 0 }.count == 20)
                    #expect(receiver.requests.count == 10)

                    receiver.answer(.ok)
                    world.clock.advance(by: .seconds(30))
                    _ = try await receiver.next(30)
                    #expect(receiver.requests.count == 40)
                }
            }
        }
    }

    @Test func `a lane takes no more than it may have under way`() throws {
        let clock = TestClock()
        var lanes = Lanes(settings: WebhookSettings(inFlightMax: 6, inFlightPerEndpointMax: 2))
        let endpoints = (0..<3).map { _ in EndpointID(at: clock.now()) }.sorted { $0.rawValue < $1.rawValue }
        let quotas = lanes.quotas(for: endpoints, free: 100, now: clock.now())
        #expect(quotas == endpoints.map { DeliveryQuota(endpoint: $0, limit: 2) })
    }

    @Test func `few places are shared, and the next time others come first`() throws {
        let clock = TestClock()
        var lanes = Lanes(settings: WebhookSettings(inFlightMax: 6, inFlightPerEndpointMax: 2))
        let endpoints = (0..<4).map { _ in EndpointID(at: clock.now()) }.sorted { $0.rawValue < $1.rawValue }
        let first = lanes.quotas(for: endpoints, free: 2, now: clock.now())
        #expect(first == endpoints[..<2].map { DeliveryQuota(endpoint: $0, limit: 1) })
        #expect(lanes.isStarved)
        let second = lanes.quotas(for: endpoints, free: 3, now: clock.now())
        #expect(second.map(\.endpoint) == [endpoints[2], endpoints[3], endpoints[0]])
    }
}

@Suite struct CircuitBreakerTests {
    private let start = Timestamp(seconds: 1_764_000_000)

    @Test(arguments: [
        // failures, successes, opens: 70 % of at least 10.
        (9, 0, false), (10, 0, true), (7, 3, true), (6, 4, false), (14, 6, true), (13, 7, false),
    ])
    func `opens when most of enough requests fail`(failures: Int, successes: Int, opens: Bool) {
        var breaker = CircuitBreaker()
        for _ in 0..<successes { #expect(breaker.record(isSuccess: true, now: start) == false) }
        var hasOpened = false
        for _ in 0..<failures { hasOpened = breaker.record(isSuccess: false, now: start) || hasOpened }
        #expect(hasOpened == opens)
        #expect(breaker.room(4, now: start) == (opens ? 0 : 4))
    }

    @Test func `old failures do not count`() {
        var breaker = CircuitBreaker()
        for _ in 0..<9 { _ = breaker.record(isSuccess: false, now: start) }
        #expect(breaker.record(isSuccess: false, now: start + .minutes(6)) == false)
        #expect(breaker.room(4, now: start + .minutes(6)) == 4)
    }

    @Test(arguments: [true, false])
    func `after half a minute one request finds out`(isSuccess: Bool) {
        var breaker = CircuitBreaker()
        for _ in 0..<10 { _ = breaker.record(isSuccess: false, now: start) }
        #expect(breaker.room(4, now: start + .seconds(29)) == 0)
        let later = start + .seconds(30)
        #expect(breaker.room(4, now: later) == 1)
        #expect(breaker.record(isSuccess: isSuccess, now: later) == !isSuccess)
        #expect(breaker.room(4, now: later) == (isSuccess ? 4 : 0))
    }
}

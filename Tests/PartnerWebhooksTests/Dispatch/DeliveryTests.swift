// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing
import WebhookSignatures

@testable import PartnerWebhooks

@Suite(.timeLimit(.minutes(1))) struct DeliveryTests {
    @Test(arguments: TestEngine.all)
    func `an event arrives as rendered, signed for this attempt`(engine: TestEngine) async throws {
        try await WebhookReceiver.with(answer: { _ in .init(204, body: "") }) { receiver in
            try await DispatchWorld.with(engine) { world in
                let secret = WebhookSecret.generate()
                let endpoint = try await world.endpoint(receiver.url, secret: secret)
                try await world.dispatching { _ in
                    let event = try #require(try await world.publish())
                    let request = try await receiver.next()
                    _ = try await world.settled.next()

                    // A receiver holds it against its own clock, which no test world moves.
                    let now = try #require(Int64(request.headers["webhook-timestamp"] ?? ""))
                    #expect(abs(now - SystemClock().now().seconds) < 120)
                    #expect(request.method == "POST")
                    #expect(request.text.hasSuffix(#""name":"Zoë / ☕"}"#))
                    #expect(request.headers["content-type"] == "application/json")
                    #expect(request.headers["user-agent"] == "Gangway/1.2.3")
                    #expect(request.headers["x-plain"] == "yes")
                    #expect(request.headers["webhook-id"] == event.rawValue)
                    try StandardWebhook.verify(
                        id: event.rawValue, timestamp: String(now),
                        signatureHeader: request.headers["webhook-signature"] ?? "", body: request.body,
                        secrets: [secret], now: now)

                    let delivery = try #require(try await world.delivery(to: endpoint))
                    #expect(delivery.state == .succeeded)
                    #expect(delivery.lastStatus == 204)
                    let attempts = try await world.attempts(of: delivery)
                    #expect(attempts.map(\.attempt) == [1])
                    #expect(attempts.first?.address == "127.0.0.1")
                    #expect(attempts.first?.error == nil)
                }
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `what fails is tried ten times on the schedule, with the same bytes and id`(engine: TestEngine) async throws {
        // Source: Standard Webhooks 1.0.0, "Retry schedule", in seconds.
        let schedule: [Int64] = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
        let answer = WebhookReceiver.Answer(500, body: "out of\u{0}order")
        try await WebhookReceiver.with(answer: { _ in answer }) { receiver in
            try await DispatchWorld.with(engine) { world in
                let endpoint = try await world.endpoint(receiver.url)
                try await world.dispatching { _ in
                    try await world.publish()
                    for attempt in 1...10 {
                        _ = try await world.settled.next()
                        let delivery = try #require(try await world.delivery(to: endpoint))
                        #expect(delivery.attempt == attempt)
                        guard attempt < 10 else {
                            #expect(delivery.state == .failed)
                            break
                        }
                        #expect(delivery.state == .pending)
                        let wait = delivery.dueAt - world.clock.now()
                        let planned = schedule[attempt - 1] * 1000
                        #expect((planned * 8 / 10...planned * 12 / 10).contains(wait.milliseconds))
                        world.clock.advance(by: wait)
                    }
                    let delivery = try #require(try await world.delivery(to: endpoint))
                    let attempts = try await world.attempts(of: delivery)
                    #expect(attempts.map(\.attempt) == Array(1...10))
                    #expect(attempts.allSatisfy { $0.status == 500 && $0.error == "http_status" })
                    #expect(attempts.last?.response == "out of?order")
                    #expect(Set(receiver.requests.map(\.body)).count == 1)
                    #expect(Set(receiver.requests.map { $0.headers["webhook-id"] }).count == 1)
                    let signed = receiver.requests.compactMap { $0.headers["webhook-timestamp"].flatMap { Int64($0) } }
                    #expect(signed.count == 10 && signed == signed.sorted())
                    #expect(signed.allSatisfy { abs($0 - SystemClock().now().seconds) < 120 })
                }
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a receiver that asks to wait is heard`(engine: TestEngine) async throws {
        let answer = WebhookReceiver.Answer(429, headers: ["retry-after": "8"])
        try await WebhookReceiver.with(answer: { _ in answer }) { receiver in
            try await DispatchWorld.with(engine) { world in
                let endpoint = try await world.endpoint(receiver.url)
                try await world.dispatching { _ in
                    try await world.publish()
                    _ = try await world.settled.next()
                    let delivery = try #require(try await world.delivery(to: endpoint))
                    // Within [planned, 2 × planned] whatever the jitter of the planned 5 s.
                    #expect(delivery.dueAt - world.clock.now() == .seconds(8))
                    receiver.answer(.ok)
                    world.clock.advance(by: .seconds(8))
                    _ = try await world.settled.next()
                    #expect(try await world.delivery(to: endpoint)?.state == .succeeded)
                }
            }
        }
    }

    @Test func `a redirect is a failure and is not followed`() async throws {
        try await WebhookReceiver.with { elsewhere in
            let answer = WebhookReceiver.Answer(307, headers: ["location": elsewhere.url])
            try await WebhookReceiver.with(answer: { _ in answer }) { receiver in
                try await DispatchWorld.with(.sqlite) { world in
                    let endpoint = try await world.endpoint(receiver.url)
                    try await world.dispatching { _ in
                        try await world.publish()
                        _ = try await world.settled.next()
                        let delivery = try #require(try await world.delivery(to: endpoint))
                        #expect(delivery.state == .pending)
                        #expect(delivery.lastStatus == 307)
                        #expect(delivery.lastError == "redirect")
                        #expect(elsewhere.requests.isEmpty)
                    }
                }
            }
        }
    }

    @Test func `a blocked address is told without what lies inside`() async throws {
        try await WebhookReceiver.with { receiver in
            try await DispatchWorld.with(.sqlite) { world in
                let endpoint = try await world.endpoint(receiver.url)
                try await world.dispatching(guarded: AddressGuard()) { _ in
                    try await world.publish()
                    _ = try await world.settled.next()
                    let delivery = try #require(try await world.delivery(to: endpoint))
                    let attempt = try #require(try await world.attempts(of: delivery).first)
                    #expect(attempt.error == "blocked_address")
                    #expect(attempt.status == nil && attempt.address == nil && attempt.response == nil)
                    #expect(delivery.state == .pending)
                    #expect(receiver.requests.isEmpty)
                }
            }
        }
    }

    @Test func `nothing is sent unsigned`() async throws {
        try await WebhookReceiver.with { receiver in
            try await DispatchWorld.with(.sqlite) { world in
                let endpoint = try await world.endpoint(receiver.url, secret: nil)
                try await world.dispatching { _ in
                    try await world.publish()
                    _ = try await world.settled.next()
                    #expect(try await world.delivery(to: endpoint)?.lastError == "no_signing_secret")
                    #expect(receiver.requests.isEmpty)
                }
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a person sends again under the same id, once`(engine: TestEngine) async throws {
        try await WebhookReceiver.with { receiver in
            try await DispatchWorld.with(engine) { world in
                let endpoint = try await world.endpoint(receiver.url)
                try await world.dispatching { _ in
                    try await world.publish()
                    _ = try await world.settled.next()
                    let delivery = try #require(try await world.delivery(to: endpoint))
                    receiver.answer(.init(500))
                    #expect(try await world.store.write { try $0.deliveries.redeliver(delivery.id) })
                    _ = try await world.settled.next()

                    #expect(Set(receiver.requests.map { $0.headers["webhook-id"] }).count == 1)
                    #expect(receiver.requests.count == 2)
                    #expect(try await world.attempts(of: delivery).map(\.isManual) == [false, true])
                    #expect(try await world.delivery(to: endpoint)?.state == .failed)
                }
            }
        }
    }
}

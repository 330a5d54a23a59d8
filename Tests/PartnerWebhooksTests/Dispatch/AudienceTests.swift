// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

@testable import PartnerWebhooks

/// Who is told what.
@Suite(.timeLimit(.minutes(1))) struct AudienceTests {
    @Test(arguments: TestEngine.all)
    func `the same thing is told once`(engine: TestEngine) async throws {
        try await WebhookReceiver.with { receiver in
            try await DispatchWorld.with(engine) { world in
                let endpoint = try await world.endpoint(receiver.url)
                #expect(try await world.publish(key: "a") != nil)
                #expect(try await world.publish(key: "a") == nil)
                #expect(try await world.publish(key: "b") != nil)
                #expect(try await world.deliveries(to: endpoint).count == 2)
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `an endpoint gets what its filter, customer, partner and format let through`(engine: TestEngine) async throws {
        try await DispatchWorld.with(engine) { world in
            let other = try await world.store.seedPartner("Other")
            let url = "https://hooks.example.com/"
            let all = try await world.endpoint(url)
            let messages = try await world.endpoint(url, events: ["whatsapp.message.*"])
            let customers = try await world.endpoint(url, customer: world.seeded.customer)
            let others = try await world.endpoint(url, partner: other.partner)

            try await world.publish(.wabaOnboarded, key: "1", customer: world.seeded.customer)
            try await world.publish(.messageReceived, key: "2", customer: other.customer)
            try await world.publish(.messageStatus, key: "3")
            try await world.publish(.signupAbandoned, key: "4")

            let wanted: [(EndpointID, [String])] = [
                (all, ["whatsapp.message.received", "whatsapp.message.status", "whatsapp.waba_onboarded"]),
                (messages, ["whatsapp.message.received", "whatsapp.message.status"]),
                (customers, ["whatsapp.waba_onboarded"]),
                (others, []),
            ]
            for (endpoint, types) in wanted {
                let deliveries = try await world.deliveries(to: endpoint)
                let told = try await world.store.read { tx in
                    try deliveries.compactMap { try tx.events.find($0.eventID, of: nil)?.type }
                }
                #expect(told.sorted() == types)
            }
        }
    }

    @Test func `partners never hear of each other`() async throws {
        try await WebhookReceiver.with { mine in
            try await WebhookReceiver.with { theirs in
                try await DispatchWorld.with(.sqlite) { world in
                    let other = try await world.store.seedPartner("Other")
                    try await world.endpoint(mine.url)
                    try await world.endpoint(theirs.url, partner: other.partner)
                    try await world.dispatching { _ in
                        for number in 1...10 {
                            try await world.publish(key: "mine \(number)")
                            try await world.publish(key: "theirs \(number)", partner: other.partner)
                        }
                        for _ in 1...20 { _ = try await world.settled.next() }
                        #expect(mine.requests.count == 10)
                        #expect(theirs.requests.count == 10)
                        #expect(mine.requests.allSatisfy { $0.text.contains("mine") })
                        #expect(theirs.requests.allSatisfy { $0.text.contains("theirs") })
                    }
                }
            }
        }
    }
}

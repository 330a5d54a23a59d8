// SPDX-License-Identifier: Apache-2.0
import Domain
import Logging
import ServiceLifecycle
import Store
import TestSupport
import Testing

@testable import PartnerWebhooks

/// Dying, stopping and being overtaken.
@Suite(.timeLimit(.minutes(1))) struct SurvivalTests {
    @Test(arguments: TestEngine.all)
    func `what a dead node may have sent is sent again, and its late word counts for nothing`(
        engine: TestEngine
    ) async throws {
        let gate = TestGate()
        let stuck: WebhookReceiver.Script = { _ in
            await gate.wait()
            return .init(500)
        }
        try await WebhookReceiver.with(answer: stuck) { receiver in
            try await DispatchWorld.with(engine) { world in
                let endpoint = try await world.endpoint(receiver.url)
                let dead = NodeID(at: world.clock.now())
                try await world.dispatching(node: dead) { _ in
                    try await world.publish()
                    let first = try await receiver.next()
                    receiver.answer(.ok)
                    try await world.store.write { try $0.nodes.remove(dead) }
                    try await world.dispatching { _ in
                        let swept = try await world.store.write {
                            try $0.nodes.sweep(grace: .seconds(5), crashesMax: 5)
                        }
                        #expect(swept.deliveries == 1)
                        let second = try await receiver.next()
                        #expect(first.headers["webhook-id"] == second.headers["webhook-id"])
                        #expect(first.body == second.body)
                        _ = try await world.settled.next()
                        gate.open()
                        let delivery = try #require(try await world.delivery(to: endpoint))
                        #expect(try await world.lost.next() == delivery.id)
                        #expect(try await world.delivery(to: endpoint)?.state == .succeeded)
                        #expect(try await world.attempts(of: delivery).map(\.status) == [200])
                    }
                }
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a graceful stop ends what was begun and puts back the rest`(engine: TestEngine) async throws {
        let gate = TestGate()
        let stuck: WebhookReceiver.Script = { _ in
            await gate.wait()
            return .ok
        }
        try await WebhookReceiver.with(answer: stuck) { receiver in
            try await DispatchWorld.with(engine) { world in
                let endpoint = try await world.endpoint(receiver.url)
                for number in 1...3 { try await world.publish(key: "\(number)") }
                let transport = DispatchWorld.transport()
                // One request at a time for the node, so that the endpoint's other deliveries wait in memory.
                let dispatcher = world.dispatcher(
                    DispatchWorld.settings { $0.inFlightMax = 1 }, node: NodeID(at: world.clock.now()),
                    transport: transport)
                let group = ServiceGroup(
                    configuration: .init(services: [dispatcher], logger: Logger(label: "test")))
                let running = Task { try await group.run() }
                _ = try await receiver.next()
                await group.triggerGracefulShutdown()
                for _ in 1...2 { _ = try await world.settled.next() }
                gate.open()
                try await running.value
                await transport.shutDown()
                let states = try await world.deliveries(to: endpoint).map(\.state)
                #expect(states.filter { $0 == .succeeded }.count == 1)
                #expect(states.filter { $0 == .pending }.count == 2)
                #expect(receiver.requests.count == 1)
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a claim whose answer was lost is found again`(engine: TestEngine) async throws {
        try await DispatchWorld.with(engine) { world in
            let endpoint = try await world.endpoint("https://hooks.example.com/")
            for number in 1...3 { try await world.publish(key: "\(number)") }
            let node = NodeID(at: world.clock.now())
            let known = try await world.store.claimDeliveries(limit: 1, node: node, lease: .seconds(30))
            let unknown = try await world.store.claimDeliveries(
                [DeliveryQuota(endpoint: endpoint, limit: 5)], node: node, lease: .seconds(30))
            #expect(known.count == 1 && unknown.count == 2)
            let claims = Set(known.map(\.claim))
            #expect(try await world.store.write { try $0.deliveries.releaseStrays(of: node, knowing: claims) } == 2)
            let states = try await world.deliveries(to: endpoint).map { ($0.id, $0.state) }
            #expect(Set(states.filter { $0.1 == .sending }.map(\.0)) == Set(known.map(\.id)))
        }
    }
}

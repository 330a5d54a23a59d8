// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

/// The last step, where asked for: a message in, a message out, its statuses back.
/// Source: Meta, solution partner onboarding, "test messaging" (seed 001).
@Suite("Messaging is verified both ways", .timeLimit(.minutes(5)))
struct MessagingTests {
    private static let sent = ScriptedGraph.Reply.json(
        #"{"messaging_product":"whatsapp","contacts":[{"input":"+16505551234","wa_id":"16505551234"}],"messages":[{"id":"wamid.1"}]}"#
    )

    private func begin(_ world: RunnerWorld, _ method: MessagingCheck.Method) async throws -> OnboardingID {
        world.graph.planEmbeddedSignup(credit: false)
        var request = RunnerWorld.Request(options: PlanOptions(verifiesMessaging: true))
        request.messagingCheck = MessagingCheck(method: method, recipient: "+1 650 555 1234")
        return try await world.begin(request)
    }

    /// As a webhook does.
    private func tell(
        _ world: RunnerWorld, _ id: OnboardingID, of message: String = "wamid.1", _ status: TestMessage.Status
    ) async throws {
        try await world.store.write { tx in
            var test = try #require(try tx.testMessages.find(id))
            let isNews = test.note(status, of: message)
            #expect(isNews)
            try tx.testMessages.setStatuses(test)
            try tx.work.wake(kind: "onboarding", key: id.rawValue)
        }
        try await world.settle()
    }

    @Test("A template goes out at once, and its delivery makes the run live", arguments: TestEngine.all)
    func template(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            let id = try await begin(world, .template)
            world.graph.plan("send_message", Self.sent)
            try await world.settle()
            #expect(try await world.find(id).state == .waiting)
            try await tell(world, id, .init(status: "sent"))
            #expect(try await world.find(id).state == .waiting)
            try await tell(world, id, .init(status: "delivered"))
            #expect(try await world.find(id).state == .live)
            let facts = try await world.step(.verifyMessaging, of: id).facts
            #expect(facts["status"] == "delivered" && facts["message_id"] == "wamid.1")
            #expect(try await world.store.read { try $0.testMessages.allOpen() }.isEmpty)
        }
    }

    @Test("The tester writes first, then we answer", arguments: TestEngine.all)
    func reply(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            let id = try await begin(world, .reply)
            try await world.settle()
            let waiting = try await world.find(id)
            #expect(waiting.state == .waiting && world.graph.count("send_message") == 0)
            #expect(waiting.currentStep?.detail == "write from +1 650 555 1234 to +15550783881")
            world.graph.plan("send_message", Self.sent)
            try await world.store.write { tx in
                try tx.testMessages.setInbound(id, at: tx.now)
                try tx.work.wake(kind: "onboarding", key: id.rawValue)
            }
            try await world.settle()
            try await tell(world, id, .init(status: "read"))
            #expect(try await world.find(id).state == .live)
            #expect(try await world.step(.verifyMessaging, of: id).facts["inbound_at"] != nil)
        }
    }

    @Test("Nobody wrote within a day: named, and the run can go on without")
    func nobodyWrote() async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            let id = try await begin(world, .reply)
            let run = try await world.settle(id)
            #expect(run.reason == .testMessageMissing && world.clock.now() - run.createdAt == .hours(24))
            try await world.resume(id) { _ = $0.skipStoppedStep(at: $0.updatedAt) }
            #expect(try await world.settle(id).state == .live)
        }
    }

    static let failures: [(String, FailureReason)] = [
        ("131042", .paymentMethodMissing), ("131026", .testMessageFailed), ("131047", .testMessageFailed),
    ]

    @Test("A message that fails names Meta's error; a resume sends another", arguments: failures)
    func failed(code: String, reason: FailureReason) async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            let id = try await begin(world, .template)
            world.graph.plan("send_message", Self.sent)
            try await world.settle()
            try await tell(world, id, .init(status: "failed", errorCode: code, errorTitle: "Title"))
            let run = try await world.find(id)
            #expect(run.reason == reason && run.detail == "Graph error \(code) Title")
            world.graph.plan("send_message", Self.sent)
            try await world.resume(id)
            try await world.settle()
            try await tell(world, id, .init(status: "delivered"))
            #expect(try await world.find(id).state == .live)
        }
    }

    @Test(
        "A refusal by Meta stops the run with its words",
        arguments: [(131_030, FailureReason.testMessageFailed), (131_042, .paymentMethodMissing)])
    func refused(code: Int, reason: FailureReason) async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            let id = try await begin(world, .template)
            world.graph.plan("send_message", .refused(code: code))
            #expect(try await world.settle(id).reason == reason)
        }
    }

    @Test(
        "No status at all: the run stops after a quarter of an hour; one that was sent is enough",
        arguments: [true, false])
    func silence(wasSent: Bool) async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            let id = try await begin(world, .template)
            world.graph.plan("send_message", Self.sent)
            try await world.settle()
            if wasSent { try await tell(world, id, .init(status: "sent")) }
            let run = try await world.settle(id)
            #expect(run.state == (wasSent ? .live : .actionRequired))
            #expect(run.reason == (wasSent ? nil : .testMessageUnconfirmed))
        }
    }

    @Test(
        "A lost answer is never sent again: a status proves it, else a person decides", arguments: TestEngine.all,
        [true, false])
    func lost(engine: TestEngine, isProven: Bool) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            let id = try await begin(world, .template)
            world.graph.plan("send_message", .lost)
            try await world.settle()
            if isProven { try await tell(world, id, .init(status: "delivered")) }
            let run = try await world.settle(id)
            #expect(run.state == (isProven ? .live : .actionRequired))
            #expect(world.graph.count("send_message") == 1)
            guard !isProven else { return }
            #expect(run.reason == .testMessageUnconfirmed)
            world.graph.plan("send_message", Self.sent)
            try await world.resume(id)
            try await world.settle()
            try await tell(world, id, .init(status: "delivered"))
            #expect(try await world.find(id).state == .live)
        }
    }
}

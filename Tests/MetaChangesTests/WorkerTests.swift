// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import Logging
import SQLEngine
import ServiceLifecycle
import Store
import TestSupport
import Testing

@testable import MetaChanges

@Suite("Notification worker", .timeLimit(.minutes(1)))
struct WorkerTests {
    private func worker(_ store: Store) -> NotificationWorker {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return NotificationWorker(store: store, node: NodeID(at: store.clock.now()), logger: logger)
    }

    private func counts(_ store: Store) async throws -> [String: Int] {
        try await store.read { try $0.notifications.counts() }
    }

    private func errors(_ store: Store) async throws -> [String] {
        try await store.read { tx in
            try tx.sql.query("SELECT error FROM notification WHERE state = 'dead' ORDER BY id").map {
                try $0.text("error")
            }
        }
    }

    @Test("applies what both lanes hold and removes it", arguments: TestEngine.all)
    func drains(engine: TestEngine) async throws {
        try await withTestStore(engine) { world async throws in
            let store = world.store
            try await store.seedWABA(of: try await store.seedPartner())
            for index in 0..<120 {
                try await store.appendNotification(
                    app: ourApp, lane: .messages, body: notification(status("sent", of: "wamid.\(index)")))
            }
            try await store.appendNotification(app: ourApp, lane: .account, body: notification(review("APPROVED")))
            let worker = worker(store)
            var sizes = BatchSizes()
            #expect(await worker.workOnce(&sizes) == 1)
            #expect(try await store.eventTypes() == ["whatsapp.waba.review_updated"])
            await worker.drain()
            #expect(try await counts(store).isEmpty)
            #expect(try await store.events().count == 121)
        }
    }

    @Test("a body with a thousand changes and one bad one loses only that", arguments: TestEngine.all)
    func oneBadOfThousand(engine: TestEngine) async throws {
        try await withTestStore(engine) { world async throws in
            let store = world.store
            try await store.seedWABA(of: try await store.seedPartner())
            var changes = (0..<999).map { status("sent", of: "wamid.\($0)") }
            changes.insert("42", at: 500)
            try await store.appendNotification(
                app: ourApp, lane: .messages, body: notification(changes.joined(separator: ",")))
            await worker(store).drain()
            let events = try await store.read { try $0.sql.first("SELECT COUNT(*) AS n FROM event")?.int("n") }
            #expect(events == 999)
            #expect(try await counts(store) == ["dead": 1])
            #expect(try await errors(store) == ["1 of 1000 changes unreadable; the first: a change is no object"])
        }
    }

    @Test("a body that is no notification is kept aside, visibly, without its text in the error")
    func buries() async throws {
        try await withTestStore { world async throws in
            let store = world.store
            for body in ["secret words", #"{"hello":"secret"}"#] {
                try await store.appendNotification(app: ourApp, lane: .account, body: Array(body.utf8))
            }
            try await store.appendNotification(app: ourApp, lane: .account, body: notification(ApplierTests.added))
            await worker(store).drain()
            #expect(try await counts(store) == ["dead": 2])
            #expect(
                try await errors(store).allSatisfy { !$0.contains("secret") && $0.contains("no readable notification") }
            )
            #expect(try await store.read { try $0.wabas.share(of: sampleWABA) } != nil)
        }
    }

    @Test("a change that cannot be applied is kept aside and harms no neighbour", arguments: TestEngine.all)
    func poison(engine: TestEngine) async throws {
        try await withTestStore(engine) { world async throws in
            let store = world.store
            let seeded = try await store.seedPartner()
            try await store.seedWABA(WABAID("11"), of: seeded)
            try await store.seedWABA(WABAID("22"), of: seeded)
            // A stored name that this version does not know makes every read of the row fail.
            _ = try await store.write {
                try $0.sql.execute("UPDATE waba SET state = 'from_the_future' WHERE id = '22'")
            }
            let poisoned =
                #"{"entry":[{"id":"22","changes":[\#(review("APPROVED"))]},"#
                + #"{"id":"11","changes":[\#(review("PENDING"))]}]}"#
            for body in [
                notification(entry: "11", status("sent", of: "wamid.1")), Array(poisoned.utf8),
                notification(entry: "11", status("read", of: "wamid.1")),
            ] {
                try await store.appendNotification(app: ourApp, lane: .messages, body: body)
            }
            await worker(store).drain()
            #expect(try await counts(store) == ["dead": 1])
            #expect(try await errors(store).first?.hasPrefix("1 of 2 changes failed") == true)
            #expect(
                Set(try await store.eventTypes()) == ["whatsapp.message.status", "whatsapp.waba.review_updated"])
            #expect(try await store.events().count == 3)
        }
    }

    @Test("redelivered notifications are applied once", arguments: TestEngine.all)
    func redelivery(engine: TestEngine) async throws {
        try await withTestStore(engine) { world async throws in
            let store = world.store
            try await store.seedWABA(of: try await store.seedPartner())
            let body = notification(review("APPROVED"), status("sent", of: "wamid.1"))
            for _ in 0..<5 { try await store.appendNotification(app: ourApp, lane: .account, body: body) }
            await worker(store).drain()
            try await store.appendNotification(app: ourApp, lane: .messages, body: body)
            await worker(store).drain()
            #expect(try await store.events().count == 2)
            #expect(try await counts(store).isEmpty)
        }
    }

    @Test("two workers share the lanes and apply each change once", arguments: TestEngine.all)
    func twoWorkers(engine: TestEngine) async throws {
        try await withTestStore(engine) { world async throws in
            let store = world.store
            try await store.seedWABA(of: try await store.seedPartner())
            for index in 0..<150 {
                try await store.appendNotification(
                    app: ourApp, lane: .messages, body: notification(status("sent", of: "wamid.\(index / 2)")))
            }
            let (first, second) = (worker(store), worker(store))
            async let left: Void = first.drain()
            async let right: Void = second.drain()
            _ = await (left, right)
            #expect(try await store.events().count == 75)
            #expect(try await counts(store).isEmpty)
        }
    }

    @Test("a ring wakes the service, which stops gracefully", arguments: TestEngine.all)
    func service(engine: TestEngine) async throws {
        let renderer = EventRenderer { _, _ in RenderedEvent(body: []) }
        try await withTestStore(engine, renderer: renderer) { world async throws in
            let store = world.store
            let seeded = try await store.seedPartner()
            try await store.seedWABA(of: seeded)
            try await store.seedEndpoint(of: seeded)
            let published = store.wakeUps(WakeUp.deliveries)
            let worker = worker(store)
            let group = ServiceGroup(services: [worker], logger: worker.logger)
            async let running: Void = group.run()
            try await store.appendNotification(app: ourApp, lane: .account, body: notification(review("APPROVED")))
            worker.ring()
            // A listener that has just connected is woken once without cause.
            for await _ in published where try await !store.events().isEmpty { break }
            #expect(try await store.eventTypes() == ["whatsapp.waba.review_updated"])
            await group.triggerGracefulShutdown()
            try await running
            #expect(try await counts(store).isEmpty)
        }
    }

    @Test("keys are forgotten after 14 days, not before", arguments: TestEngine.all)
    func pruning(engine: TestEngine) async throws {
        try await withTestStore(engine) { world async throws in
            let store = world.store
            for batch in 0..<3 {
                try await store.write { tx in
                    for row in 0..<50 { _ = try tx.notifications.isFirst(changeKey: [UInt8(batch), UInt8(row)]) }
                }
                if batch == 1 { world.clock.advance(by: .days(14) + .seconds(1)) }
            }
            var pruner = SeenPruner(store: store, logger: Logger(label: "test"))
            #expect(await pruner.prune())
            #expect(await !pruner.prune())
            let left = try await store.read { try $0.sql.first("SELECT COUNT(*) AS n FROM change_seen")?.int("n") }
            #expect(left == 50)
        }
    }
}

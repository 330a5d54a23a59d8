// SPDX-License-Identifier: Apache-2.0
import Domain
import SQLEngine
import Store
import TestSupport
import Testing

@Suite("Work, claims and nodes", .timeLimit(.minutes(1)))
struct WorkTableTests {
    private struct Queue: Sendable {
        let world: TestStore
        let node: NodeID

        init(_ world: TestStore, node: NodeID? = nil) async throws {
            let chosen = node ?? NodeID(at: world.clock.now())
            self.world = world
            self.node = chosen
            try await world.store.write { try $0.nodes.beat(chosen, lease: .seconds(30)) }
        }

        func enqueue(_ key: String, in delay: Duration = .zero, kind: String = "k") async throws {
            try await world.store.write { try $0.work.enqueue(kind: kind, key: key, dueAt: $0.now + delay) }
        }

        func claim(_ limit: Int = 10, lease: Duration = .seconds(30)) async throws -> [ClaimedWork] {
            try await world.store.claimWork(kinds: ["k"], limit: limit, node: node, lease: lease)
        }

        func keys(_ limit: Int = 10) async throws -> [String] { try await claim(limit).map(\.key).sorted() }
    }

    @Test("Due work is taken once, oldest first, of the kinds asked for", arguments: TestEngine.all)
    func claiming(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let queue = try await Queue(world)
            try await queue.enqueue("later", in: .seconds(10))
            try await queue.enqueue("foreign", kind: "other")
            try await queue.enqueue("b")
            try await queue.enqueue("a", in: .seconds(-1))
            #expect(try await queue.keys(1) == ["a"])
            #expect(try await queue.keys() == ["b"])
            #expect(try await queue.keys() == [])
            world.clock.advance(by: .seconds(10))
            #expect(try await queue.keys() == ["later"])
            #expect(try await world.store.claimWork(kinds: [], limit: 5, node: queue.node, lease: .seconds(1)).isEmpty)
        }
    }

    @Test("Many claimers at once share the work without overlap", arguments: TestEngine.all)
    func concurrentClaims(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let queue = try await Queue(world)
            try await world.store.write { tx in
                for index in 0..<60 { try tx.work.enqueue(kind: "k", key: "\(index)", dueAt: tx.now) }
            }
            let taken = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<6 { group.addTask { try await queue.keys(20) } }
                return try await group.reduce(into: [String]()) { $0 += $1 }
            }
            #expect(Set(taken).count == taken.count)
            #expect(taken.count == 60)
        }
    }

    @Test("Work of a key exists once; asking again makes it due sooner, never later", arguments: TestEngine.all)
    func enqueueAgain(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let queue = try await Queue(world)
            try await queue.enqueue("a", in: .hours(1))
            try await queue.enqueue("a", in: .hours(2))
            #expect(try await world.store.read { try $0.work.oldestDue() } == world.clock.now() + .hours(1))
            try await queue.enqueue("a")
            #expect(try await queue.keys() == ["a"])
            #expect(try await world.store.read { try $0.work.counts() }.map(\.count) == [1])
        }
    }

    @Test("Finished, rescheduled, failed and released work", arguments: TestEngine.all)
    func ends(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let queue = try await Queue(world)
            for key in ["finish", "later", "fail", "release"] { try await queue.enqueue(key) }
            let work = Dictionary(uniqueKeysWithValues: try await queue.claim().map { ($0.key, $0) })
            try await world.store.write { tx in
                try tx.work.finish(try #require(work["finish"]))
                try tx.work.reschedule(try #require(work["later"]), dueAt: tx.now + .seconds(5), progress: "half")
                try tx.work.fail(try #require(work["fail"]), dueAt: tx.now + .seconds(5))
                try tx.work.release(try #require(work["release"]))
            }
            let released = try await queue.claim()
            #expect(released.map(\.key) == ["release"] && released[0].crashes == 0)
            world.clock.advance(by: .seconds(5))
            let again = try await queue.claim().sorted { $0.key < $1.key }
            #expect(again.map(\.key) == ["fail", "later"] && again.map(\.crashes) == [1, 0])
            #expect(again.map(\.progress) == [nil, "half"])
        }
    }

    @Test("Work that is woken while it is being done is done once more, and says so", arguments: TestEngine.all)
    func wokenWhileClaimed(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let queue = try await Queue(world)
            try await queue.enqueue("a")
            try await queue.enqueue("b")
            let work = try await queue.claim()
            try await world.store.write { tx in
                try tx.work.wake(kind: "k", key: "a")
                try tx.work.enqueue(kind: "k", key: "b", dueAt: tx.now)
            }
            #expect(try await queue.keys() == [], "still claimed")
            var rings = world.store.wakeUps(WakeUp.work).makeAsyncIterator()
            try await world.store.write { tx in
                for item in work where item.key == "a" { try tx.work.finish(item) }
                for item in work where item.key == "b" { try tx.work.reschedule(item, dueAt: tx.now + .hours(1)) }
            }
            #expect(await rings.next() != nil)
            let again = try await queue.claim()
            #expect(again.map(\.key).sorted() == ["a", "b"])
            try await world.store.write { tx in for item in again { try tx.work.finish(item) } }
            #expect(try await world.store.read { try $0.work.counts() }.isEmpty)
        }
    }

    @Test("After a lost claim every write of the former holder is refused", arguments: TestEngine.all)
    func fencing(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let queue = try await Queue(world)
            try await queue.enqueue("a")
            let lost = try #require(try await queue.claim().first)
            try await world.store.write { tx in
                try tx.work.fence(lost)
                try tx.work.release(lost)
            }
            let held = try #require(try await queue.claim().first)
            #expect(held.claim != lost.claim)
            let writes: [@Sendable (StoreTransaction) throws -> Void] = [
                { try $0.work.fence(lost) }, { try $0.work.finish(lost) }, { try $0.work.release(lost) },
                { try $0.work.reschedule(lost, dueAt: $0.now) }, { try $0.work.fail(lost, dueAt: $0.now) },
            ]
            for write in writes {
                await #expect(throws: LostClaim.self) { try await world.store.write(write) }
            }
            try await world.store.write { tx in
                try tx.work.fence(held)
                try tx.work.finish(held)
            }
        }
    }

    @Test("Born claimed: nobody else can take it until it is put back", arguments: TestEngine.all)
    func bornClaimed(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let queue = try await Queue(world)
            let work = try await world.store.write {
                try $0.work.insertClaimed(kind: "k", key: "a", node: queue.node, lease: .seconds(30))
            }
            #expect(try await queue.keys() == [])
            try await world.store.write { try $0.work.release(work) }
            #expect(try await queue.keys() == ["a"])
        }
    }

    @Test("Dead nodes' claims are freed and counted; the living keep theirs", arguments: TestEngine.all)
    func sweeping(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let alive = try await Queue(world)
            let dead = try await Queue(world)
            for key in ["a", "b"] { try await alive.enqueue(key) }
            let kept = try await alive.claim(1)
            let lost = try await dead.claim(1)
            let none = try await world.store.write { try $0.nodes.sweep(grace: .hours(1), crashesMax: 5) }
            #expect(none.work == 0 && none.deliveries == 0 && none.notifications == 0)
            try await world.store.write { try $0.nodes.remove(dead.node) }
            let swept = try await world.store.write { try $0.nodes.sweep(grace: .hours(1), crashesMax: 5) }
            #expect(swept.work == 1)
            let rescued = try await alive.claim()
            #expect(rescued.map(\.key) == lost.map(\.key) && rescued[0].crashes == 1)
            await #expect(throws: LostClaim.self) { try await world.store.write { try $0.work.finish(lost[0]) } }
            try await world.store.write { try $0.work.forgetCrashes(of: rescued[0]) }
            try await world.store.write { tx in try tx.work.finish(kept[0]) }
        }
    }

    @Test(
        "A lease that is over frees the claim though its node lives; a heartbeat prolongs it", arguments: TestEngine.all
    )
    func leases(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let queue = try await Queue(world)
            try await queue.enqueue("a")
            _ = try await queue.claim(lease: .seconds(-1))
            try await world.store.write { try $0.nodes.beat(queue.node, lease: .hours(1)) }
            #expect(try await world.store.write { try $0.nodes.sweep(grace: .hours(1), crashesMax: 5) }.work == 0)
            try await world.store.write { try $0.nodes.beat(queue.node, lease: .seconds(-1)) }
            #expect(try await world.store.write { try $0.nodes.sweep(grace: .hours(1), crashesMax: 5) }.work == 1)
        }
    }

    @Test("Alone on its database a starting node frees all claims of its former self", arguments: TestEngine.all)
    func alone(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let former = try await Queue(world)
            try await former.enqueue("a")
            _ = try await former.claim()
            let next = try await Queue(world)
            try await world.store.write { tx in
                try tx.nodes.forgetOthers(than: next.node)
                _ = try tx.nodes.sweep(grace: .hours(1), crashesMax: 5)
            }
            #expect(try await next.keys() == ["a"])
        }
    }

    @Test("A notification that kills its node again and again is set aside", arguments: TestEngine.all)
    func poison(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            try await world.store.appendNotification(app: AppID("1"), lane: .account, body: [1])
            for crash in 1...3 {
                let queue = try await Queue(world)
                let claimed = try await world.store.claimNotifications(
                    lane: .account, limit: 5, node: queue.node, lease: .seconds(30))
                #expect(claimed.count == 1, "crash \(crash)")
                try await world.store.write { tx in
                    try tx.nodes.remove(queue.node)
                    _ = try tx.nodes.sweep(grace: .hours(1), crashesMax: 3)
                }
            }
            #expect(try await world.store.read { try $0.notifications.counts() } == ["dead": 1])
        }
    }
}

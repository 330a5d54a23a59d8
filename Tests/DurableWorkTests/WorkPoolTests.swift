// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import Store
import Synchronization
import TestSupport
import Testing

@Suite("The work pool", .timeLimit(.minutes(1)))
struct WorkPoolTests {
    @Test("Runs what is due, and what becomes due while it looks elsewhere", arguments: TestEngine.all)
    func runsDueWork(engine: TestEngine) async throws {
        try await withTestStore(engine) { test in
            let (done, results) = AsyncStream.makeStream(of: String.self)
            let world = try await PoolWorld(
                test,
                handler: ScriptedHandler { work in
                    try await test.store.write { try $0.work.finish(work) }
                    results.yield(work.key)
                })
            try await world.enqueue("before")
            try await world.running {
                var keys = done.makeAsyncIterator()
                #expect(await keys.next() == "before")
                for index in 0..<20 { try await world.enqueue("\(index)") }
                var seen: Set<String> = []
                while seen.count < 20 { if let key = await keys.next() { seen.insert(key) } }
            }
            #expect(try await world.states() == [])
        }
    }

    @Test("Timers follow the world's clock: advanced by an hour, work of that hour runs", arguments: TestEngine.all)
    func followsAdvancedClock(engine: TestEngine) async throws {
        try await withTestStore(engine) { test in
            let gate = Gate()
            let isDone = Mutex(false)
            let world = try await PoolWorld(
                test,
                handler: ScriptedHandler { work in
                    try await test.store.write { try $0.work.finish(work) }
                    isDone.withLock { $0 = true }
                    gate.open()
                })
            try await world.enqueue("hourly", in: .hours(1))
            try await world.running {
                test.clock.advance(by: .minutes(59))
                #expect(!isDone.withLock { $0 })
                test.clock.advance(by: .minutes(1))
                // The pool may just have been between two looks: seconds go on passing.
                while !isDone.withLock({ $0 }) {
                    test.clock.advance(by: .seconds(1))
                    await Task.yield()
                }
                await gate.wait()
            }
        }
    }

    @Test("Work born claimed by this node runs at once, though nothing is due", arguments: TestEngine.all)
    func adopts(engine: TestEngine) async throws {
        try await withTestStore(engine) { test in
            let gate = Gate()
            let world = try await PoolWorld(
                test,
                handler: ScriptedHandler { work in
                    try await test.store.write { try $0.work.finish(work) }
                    gate.open()
                })
            try await world.running {
                let work = try await world.store.write {
                    try $0.work.insertClaimed(kind: "k", key: "a", node: world.node, lease: .seconds(30))
                }
                world.pool.adopt(work)
                await gate.wait()
            }
            #expect(try await world.states() == [])
        }
    }

    @Test("Work that throws is put back later and, after too many throws, given up once", arguments: TestEngine.all)
    func poison(engine: TestEngine) async throws {
        struct Failure: Error {}
        try await withTestStore(engine) { test in
            let runs = Mutex(0)
            let gate = Gate()
            var settings = PoolWorld.settings
            settings.crashesMax = 3
            let world = try await PoolWorld(
                test, settings: settings,
                handler: ScriptedHandler { work in
                    try await test.store.write { try $0.work.finish(work) }
                    gate.open()
                } onRun: { _ in
                    runs.withLock { $0 += 1 }
                    throw Failure()
                })
            try await world.enqueue("poison")
            let isOver = Mutex(false)
            let watcher = Task {
                await gate.wait()
                isOver.withLock { $0 = true }
            }
            try await world.running {
                while !isOver.withLock({ $0 }) {
                    test.clock.advance(by: .seconds(10))
                    await Task.yield()
                }
            }
            await watcher.value
            #expect(runs.withLock { $0 } == 3)
            #expect(try await world.states() == [])
        }
    }

    @Test("A result of a lost claim is dropped and the work runs again", arguments: TestEngine.all)
    func lostClaim(engine: TestEngine) async throws {
        try await withTestStore(engine) { test in
            let (done, results) = AsyncStream.makeStream(of: Int.self)
            let node = Mutex<NodeID?>(nil)
            let world = try await PoolWorld(
                test,
                handler: ScriptedHandler { work in
                    if work.crashes == 0, let node = node.withLock({ $0 }) {
                        try await test.store.write { tx in
                            try tx.nodes.remove(node)
                            _ = try tx.nodes.sweep(grace: .hours(1), crashesMax: 5)
                            try tx.nodes.beat(node, lease: .seconds(30))
                        }
                    }
                    defer { results.yield(work.crashes) }
                    try await test.store.write { try $0.work.finish(work) }
                })
            node.withLock { $0 = world.node }
            try await world.enqueue("a")
            try await world.running {
                var crashes = done.makeAsyncIterator()
                let both = [await crashes.next(), await crashes.next()]
                #expect(Set(both) == [0, 1])
            }
            #expect(try await world.states() == [])
        }
    }

    @Test("A stop waits for the work under way", arguments: TestEngine.all)
    func drains(engine: TestEngine) async throws {
        try await withTestStore(engine) { test in
            let (begun, go) = (Gate(), Gate())
            let log = Mutex<[String]>([])
            let world = try await PoolWorld(
                test,
                handler: ScriptedHandler { work in
                    begun.open()
                    await go.wait()
                    try await test.store.write { try $0.work.finish(work) }
                    log.withLock { $0.append("finished") }
                })
            try await world.enqueue("a")
            let pool = world.pool
            let running = Task {
                try await pool.run()
                log.withLock { $0.append("stopped") }
            }
            await begun.wait()
            running.cancel()
            go.open()
            try await running.value
            #expect(log.withLock { $0 } == ["finished", "stopped"])
            #expect(try await world.states() == [])
        }
    }

    @Test("Work that outlasts the drain is given back, uncounted", arguments: TestEngine.all)
    func releases(engine: TestEngine) async throws {
        try await withTestStore(engine) { test in
            let begun = Gate()
            var settings = PoolWorld.settings
            settings.drain = .milliseconds(20)
            let world = try await PoolWorld(
                test, settings: settings,
                handler: ScriptedHandler { _ in
                    begun.open()
                    _ = try await Inbox<Void>().next()
                })
            try await world.enqueue("long")
            try await world.running { await begun.wait() }
            #expect(try await world.states() == ["ready 1"])
            let again = try await world.store.claimWork(kinds: ["k"], limit: 1, node: world.node, lease: .seconds(1))
            #expect(again.first?.crashes == 0)
        }
    }

    @Test(
        "Work that is put back and claimed again before its first task has ended is waited for too",
        arguments: TestEngine.all)
    func claimedAgain(engine: TestEngine) async throws {
        try await withTestStore(engine) { test in
            let (first, second, go, end) = (Gate(), Gate(), Gate(), Gate())
            let runs = Mutex(0)
            let log = Mutex<[String]>([])
            let world = try await PoolWorld(
                test,
                handler: ScriptedHandler { work in
                    let run = runs.withLock { runs in
                        runs += 1
                        return runs
                    }
                    if run == 1 {
                        try await test.store.write { try $0.work.reschedule(work, dueAt: $0.now) }
                        await go.wait()
                        first.open()
                    } else {
                        second.open()
                        await end.wait()
                        try await test.store.write { try $0.work.finish(work) }
                        log.withLock { $0.append("finished") }
                    }
                })
            try await world.enqueue("a")
            let pool = world.pool
            let running = Task {
                try await pool.run()
                log.withLock { $0.append("stopped") }
            }
            await second.wait()
            go.open()
            await first.wait()
            running.cancel()
            end.open()
            try await running.value
            #expect(log.withLock { $0 } == ["finished", "stopped"])
        }
    }

    @Test("What a dead node held is rescued by another within the grace period", arguments: TestEngine.all)
    func rescue(engine: TestEngine) async throws {
        try await withTestStore(engine) { test in
            let rescued = Gate()
            let crashes = Mutex(0)
            let world = try await PoolWorld(
                test,
                handler: ScriptedHandler { work in
                    crashes.withLock { $0 = work.crashes }
                    try await test.store.write { try $0.work.finish(work) }
                    rescued.open()
                })
            let dead = NodeID(at: test.clock.now())
            try await test.store.write { try $0.nodes.beat(dead, lease: .hours(1)) }
            try await world.enqueue("a")
            let held = try await test.store.claimWork(kinds: ["k"], limit: 1, node: dead, lease: .hours(1))
            #expect(held.count == 1)
            let keeper = NodeKeeper(
                store: test.store, node: world.node, settings: PoolWorld.settings, isAlone: false,
                logger: PoolWorld.logger)
            try await keeper.start()
            let beating = Task { try await keeper.run() }
            try await world.running { await rescued.wait() }
            beating.cancel()
            try await beating.value
            #expect(crashes.withLock { $0 } == 1)
            await keeper.stop()
        }
    }

    @Test("Alone on its database, a starting node takes over at once what its former self held")
    func alone() async throws {
        try await withTestStore { test in
            let world = try await PoolWorld(test, handler: ScriptedHandler { _ in })
            try await world.enqueue("a")
            let former = NodeID(at: test.clock.now())
            try await test.store.write { try $0.nodes.beat(former, lease: .hours(1)) }
            _ = try await test.store.claimWork(kinds: ["k"], limit: 1, node: former, lease: .hours(1))
            var settings = PoolWorld.settings
            settings.grace = .hours(1)
            let keeper = NodeKeeper(
                store: test.store, node: world.node, settings: settings, isAlone: true, logger: PoolWorld.logger)
            try await keeper.start()
            #expect(try await world.states() == ["ready 1"])
        }
    }
}

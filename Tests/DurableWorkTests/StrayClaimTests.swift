// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import Logging
import Store
import TestSupport
import Testing

@Suite("Claims whose answer was lost", .timeLimit(.minutes(1)))
struct StrayClaimTests {
    private struct Finishing: WorkHandler {
        let kind = "k"
        let store: Store
        let finished: AsyncStream<String>.Continuation

        func run(_ work: ClaimedWork) async throws {
            try await store.write { try $0.work.finish(work) }
            finished.yield(work.key)
        }

        func giveUp(_ work: ClaimedWork) async throws {}
    }

    @Test(
        "Work that the database gave to this node, and nobody here knows of, is done after all",
        arguments: TestEngine.all)
    func strayWorkIsDone(engine: TestEngine) async throws {
        try await withTestStore(engine) { test in
            let node = NodeID(at: test.clock.now())
            let (results, finished) = AsyncStream.makeStream(of: String.self)
            let pool = WorkPool(
                store: test.store, node: node, handlers: [Finishing(store: test.store, finished: finished)],
                settings: WorkSettings(), logger: Logger(label: "test"))
            try await test.store.write { tx in
                try tx.nodes.beat(node, lease: .seconds(30))
                _ = try tx.work.insertClaimed(kind: "k", key: "lost", node: node, lease: .seconds(30))
            }
            let running = Task { try await pool.run() }
            pool.suspectStrays()
            #expect(await results.first { _ in true } == "lost")
            running.cancel()
            _ = await running.result
        }
    }

    @Test("What is known here stays claimed, and so does what other nodes hold", arguments: TestEngine.all)
    func knownClaimsStay(engine: TestEngine) async throws {
        try await withTestStore(engine) { test in
            let (mine, other) = (NodeID(at: test.clock.now()), NodeID(at: test.clock.now()))
            let freed = try await test.store.write { tx in
                let known = try tx.work.insertClaimed(kind: "k", key: "known", node: mine, lease: .seconds(30))
                _ = try tx.work.insertClaimed(kind: "k", key: "stray", node: mine, lease: .seconds(30))
                _ = try tx.work.insertClaimed(kind: "k", key: "foreign", node: other, lease: .seconds(30))
                return try tx.work.releaseStrays(of: mine, knowing: [known.claim])
            }
            #expect(freed == 1)
            let due = try await test.store.claimWork(kinds: ["k"], limit: 10, node: other, lease: .seconds(30))
            #expect(due.map(\.key) == ["stray"])
        }
    }

    @Test("A sweeping node never frees its own work, however late its heartbeat is", arguments: TestEngine.all)
    func sweeperIsAlive(engine: TestEngine) async throws {
        try await withTestStore(engine) { test in
            let (mine, other) = (NodeID(at: test.clock.now()), NodeID(at: test.clock.now()))
            let swept = try await test.store.write { tx in
                for node in [mine, other] {
                    try tx.nodes.beat(node, lease: .seconds(30))
                    _ = try tx.work.insertClaimed(kind: "k", key: node.rawValue, node: node, lease: .seconds(30))
                }
                // Every heartbeat is too old for a grace below zero.
                return try tx.nodes.sweep(by: mine, grace: .seconds(-1), crashesMax: 5)
            }
            #expect(swept.work == 1)
            let due = try await test.store.claimWork(kinds: ["k"], limit: 10, node: mine, lease: .seconds(30))
            #expect(due.map(\.key) == [other.rawValue])
        }
    }
}

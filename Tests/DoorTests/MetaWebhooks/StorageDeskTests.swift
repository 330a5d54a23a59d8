// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Testing

@testable import MetaWebhooks

/// Source: reliability, sections 3 and 7: 503 after 2 s, bounded waiting, back-pressure before the body is read.
@Suite(.timeLimit(.minutes(5)))
struct StorageDeskTests {
    private struct Broken: Error {}

    /// A database that answers when told to.
    private final class Storage: Sendable {
        private struct State {
            var isOpen = false
            var waiting: [CheckedContinuation<Void, Never>] = []
        }

        private let state = Mutex(State())

        func store() async {
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    if !state.isOpen { state.waiting.append(continuation) }
                    return state.isOpen
                }
                if isOpen { continuation.resume() }
            }
        }

        func open() {
            let waiting = state.withLock { state in
                state.isOpen = true
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }
    }

    @Test func whatIsStoredIsSaidToBe() async {
        let desk = StorageDesk(waiting: 1, heldBytes: 1, patience: .seconds(60))
        #expect(await desk.outcome {} == .stored)
        #expect(await desk.outcome { throw Broken() } == .unavailable)
        #expect(desk.hasRoom)
    }

    @Test func aDatabaseThatDoesNotAnswerIsNotWaitedFor() async {
        let storage = Storage()
        let desk = StorageDesk(waiting: 10, heldBytes: 1, patience: .milliseconds(40))
        #expect(await desk.outcome { await storage.store() } == .timedOut)
        storage.open()
    }

    @Test func afterAStallThereIsRoomAgain() async {
        let storage = Storage()
        let desk = StorageDesk(waiting: 10, heldBytes: 1, patience: .milliseconds(40))
        #expect(await desk.outcome { await storage.store() } == .timedOut)
        storage.open()
        // Ends by the time limit if the stall is never forgotten.
        while !desk.hasRoom { await Task.yield() }
    }

    @Test func noMoreWaitThanMay() async {
        let storage = Storage()
        let desk = StorageDesk(waiting: 2, heldBytes: 1, patience: .seconds(600))
        async let first = desk.outcome { await storage.store() }
        async let second = desk.outcome { await storage.store() }
        while desk.hasRoom { await Task.yield() }
        #expect(await desk.outcome { await storage.store() } == .overloaded)
        storage.open()
        #expect(await [first, second] == [.stored, .stored])
        #expect(desk.hasRoom)
    }

    @Test func bytesAreHeldUpToTheLimitAndGivenBack() {
        let desk = StorageDesk(waiting: 1, heldBytes: 100, patience: .seconds(1))
        #expect(desk.hold(60))
        #expect(!desk.hold(41))
        #expect(desk.hold(40))
        desk.release(60)
        #expect(desk.hold(60))
    }
}

extension StorageDesk {
    /// Of an awaited store in place of the database.
    fileprivate func outcome(of store: @escaping @Sendable () async throws -> Void) async -> IntakeResult {
        await wait { isStored in
            Task {
                do {
                    try await store()
                    isStored(true)
                } catch {
                    isStored(false)
                }
            }
        }
    }
}

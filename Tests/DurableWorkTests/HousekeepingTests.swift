// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import Logging
import Store
import TestSupport
import Testing

/// Work that no request asks for, run by claims as a pool would.
@Suite(.timeLimit(.minutes(1))) struct HousekeepingTests {
    private func claim(_ kind: String, _ key: String, _ store: Store) async throws -> ClaimedWork {
        try await store.write { try $0.work.enqueue(kind: kind, key: key, dueAt: $0.now) }
        let node = NodeID(at: store.clock.now())
        let claimed = try await store.claimWork(kinds: [kind], limit: 1, node: node, lease: .seconds(30))
        return try #require(claimed.first)
    }

    private func types(_ store: Store) async throws -> [String] {
        try await store.read { try $0.events.page(.init(), PageRequest()) }.items.map(\.type)
    }

    @Test(arguments: TestEngine.all)
    func `a deadline is told at each stage, once`(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let store = world.store
            let seeded = try await store.seedPartner("Acme")
            try await store.seedWABA(of: seeded)
            try await store.seedPhoneNumber(of: seeded)
            try await store.write { try $0.wabas.setTokenExpiry($0.now + .days(60), of: WABAID("102290129340398")) }
            let watcher = DeadlineWatcher(store: store)
            var told: [Int] = []
            for _ in 1...62 {
                try await watcher.run(try await claim(WorkKind.watchDeadlines, DeadlineWatcher.key, store))
                told.append(try await types(store).count)
                world.clock.advance(by: .days(1))
            }
            // Days 11, 13 and 14 of the number; days 46, 57 and 60 of the token.
            let steps = told.indices.dropFirst().filter { told[$0] > told[$0 - 1] }
            #expect(Array(steps) == [11, 13, 14, 46, 57, 60])
            #expect(told.last == 6)
            let all = try await types(store)
            #expect(all.filter { $0 == "whatsapp.phone_number.registration_due" }.count == 3)
            #expect(all.filter { $0 == "whatsapp.waba.token_expiring" }.count == 3)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a node that lost its claim reseals nothing, the next one ends it`(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let store = world.store
            for start in [0, 80, 160] {
                try await store.write { tx in
                    for index in start..<start + 80 {
                        try tx.secrets.put(
                            OtherSecret("s"), as: .pin, of: .phoneNumber(PhoneNumberID(rawValue: "\(index)")))
                    }
                }
            }
            try await store.rotateKeys(addsKey: false)
            let resealer = Resealer(store: store, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let lost = try await claim(WorkKind.reseal, Resealer.key, store)
            try await store.write { try $0.work.release(lost) }
            let next = try await claim(WorkKind.reseal, Resealer.key, store)
            await #expect(throws: LostClaim.self) { try await resealer.run(lost) }
            #expect(try await store.read { try $0.dataKeys.all() }.first?.sealedCount == 0)
            try await resealer.run(next)
            let keys = try await store.read { try $0.dataKeys.all() }
            #expect(keys.map(\.sealedCount) == [240])
            #expect(try await store.read { try $0.work.counts() }.isEmpty)
        }
    }

    @Test func `records go when their time is over`() async throws {
        try await withTestStore { world in
            let store = world.store
            let seeded = try await store.seedPartner("Acme")
            for index in 0..<45 {
                _ = try await store.write {
                    try $0.publish(
                        EventDraft(type: .wabaOnboarded, partnerID: seeded.partner, dedupeKey: "\(index)"))
                }
            }
            let pruner = RetentionPruner(store: store, retention: Retention(events: .days(90)))
            try await pruner.run(try await claim(WorkKind.prune, RetentionPruner.key, store))
            #expect(try await types(store).count == 45)
            world.clock.advance(by: .days(91))
            try await pruner.run(try await claim(WorkKind.prune, RetentionPruner.key, store))
            #expect(try await types(store).isEmpty)
            #expect(try await store.read { try $0.work.counts() }.map(\.state) == ["ready"])
        }
    }

    @Test func `certificates go when their request was decided long ago`() async throws {
        try await withTestStore { world in
            let store = world.store
            let partner = try await store.seedPartner("Acme").partner
            for (number, state) in [ActivationState.rejected, .submitted].enumerated() {
                try await store.write { tx in
                    let name = state.rawValue
                    let seal = try tx.certificates.begin(name)
                    let sealed = try seal.seal([1], at: 0)
                    try tx.certificates.append(sealed, at: 0, of: name, now: tx.now)
                    let stored = try tx.activations.insert(
                        Activation(
                            id: ActivationID(at: tx.now), sid: AccountSID("HX\(number)000000000GW"), partnerID: partner,
                            request: ActivationRequest(
                                displayName: "Test", phoneNumber: "+13236001237", businessID: BusinessID("1"),
                                businessName: "Kaleyra", incomingURL: nil),
                            certificate: Certificate(name: name, type: .pdf, size: 1, sha256: "ab"), createdAt: tx.now))
                    guard state == .rejected, var decided = stored else { return }
                    decided.state = state
                    decided.decidedAt = tx.now
                    try tx.activations.save(decided)
                }
            }
            let pruner = RetentionPruner(store: store, retention: Retention(certificates: .days(90)))
            let kept = {
                try await store.read { tx in
                    try ["rejected", "submitted"].map { try tx.certificates.chunk(0, of: $0) != nil }
                }
            }
            try await pruner.run(try await claim(WorkKind.prune, RetentionPruner.key, store))
            #expect(try await kept() == [true, true])
            world.clock.advance(by: .days(91))
            try await pruner.run(try await claim(WorkKind.prune, RetentionPruner.key, store))
            #expect(try await kept() == [false, true])
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import SQLEngine
import Store
import TestSupport
import Testing

/// The trail in the database: what the rules find is in `AuditCheckTests`.
@Suite("Audit trail", .timeLimit(.minutes(2)))
struct AuditTests {
    private func record(_ count: Int, in store: Store) async throws {
        for start in stride(from: 0, to: count, by: 50) {
            try await store.write { tx in
                for number in start..<min(start + 50, count) {
                    try tx.activities.record(
                        partner: nil, actor: "op_test_1", action: "key.created", target: "key_\(number)",
                        detail: number % 2 == 0 ? nil : "ünïcode \(number)")
                }
            }
        }
    }

    @discardableResult
    private func seal(in store: Store) async throws -> Int {
        var total = 0
        while true {
            let count = try await store.sealActivities(limit: 10)
            if count == 0 { return total }
            total += count ?? 0
        }
    }

    /// All of it, in parts of `limit`.
    private func check(_ store: Store, limit: Int = 7, witness: AuditLink? = nil) async throws -> AuditReport {
        var report = try await store.read { try $0.audit.check(after: 0, limit: limit, witness: witness) }
        while report.isMore {
            let after = report.last.position
            report = try await store.read { try $0.audit.check(after: after, limit: limit, witness: witness) }
        }
        return report
    }

    @Test("An untouched trail is intact, whatever the parts it is read in", arguments: TestEngine.all)
    func intact(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            #expect(try await check(world.store).broken == nil)
            try await record(25, in: world.store)
            let before = try await check(world.store)
            #expect(before.broken == nil && before.trail.unsealedCount == 25 && before.trail.head == .genesis)
            #expect(try await seal(in: world.store) == 25)
            try await record(3, in: world.store)
            #expect(try await seal(in: world.store) == 3)
            for limit in [1, 7, 14, 28, 100] {
                let report = try await check(world.store, limit: limit)
                #expect(report.broken == nil && report.last.position == 28)
                #expect(report.last == report.trail.head && report.trail.unsealedCount == 0)
            }
            let head = try await check(world.store).trail.head
            try await record(5, in: world.store)
            try await seal(in: world.store)
            #expect(try await check(world.store, witness: head).broken == nil)
        }
    }

    enum Tampering: String, CaseIterable {
        case detail = "UPDATE activity SET detail = 'forged' WHERE chain_position = 12"
        case actor = "UPDATE activity SET actor = 'someone' WHERE chain_position = 12"
        case time = "UPDATE activity SET at = at + 1 WHERE chain_position = 12"
        case deletion = "DELETE FROM activity WHERE chain_position = 12"
        case hash = "UPDATE activity SET hash = 'cafe' WHERE chain_position = 12"
        case tail = "DELETE FROM activity WHERE chain_position > 20"
        case head = "DELETE FROM audit_chain"
        case prefix = "DELETE FROM activity WHERE chain_position < 6"
        case beginning = """
            UPDATE audit_chain SET begins_position = 5, \
            begins_hash = (SELECT hash FROM activity WHERE chain_position = 5)
            """
    }

    @Test(
        "Whoever writes to the database is found at the first place", arguments: TestEngine.all,
        [
            (.detail, 12, .altered), (.actor, 12, .altered), (.time, 12, .altered), (.deletion, 12, .missing),
            (.hash, 12, .altered), (.tail, 21, .missing), (.head, 25, .end), (.prefix, 1, .missing),
            (.beginning, 6, .beginning),
        ] as [(Tampering, Int64, AuditBreak.Kind)])
    func tampered(engine: TestEngine, row: (Tampering, Int64, AuditBreak.Kind)) async throws {
        try await withTestStore(engine) { world in
            try await record(25, in: world.store)
            try await seal(in: world.store)
            try await world.store.database.write { try $0.execute(row.0.rawValue) }
            let broken = try #require(try await check(world.store).broken)
            #expect(broken.position == row.1 && broken.kind == row.2)
        }
    }

    @Test("Two entries that changed places are found", arguments: TestEngine.all)
    func reordered(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            try await record(25, in: world.store)
            try await seal(in: world.store)
            try await world.store.database.write { sql in
                try sql.execute("UPDATE activity SET chain_position = 100 WHERE chain_position = 12")
                try sql.execute("UPDATE activity SET chain_position = 12 WHERE chain_position = 13")
                try sql.execute("UPDATE activity SET chain_position = 13 WHERE chain_position = 100")
            }
            let broken = try #require(try await check(world.store).broken)
            #expect(broken.position == 12 && broken.kind == .altered)
        }
    }

    @Test("Nodes that seal at once make one chain", arguments: TestEngine.all)
    func severalSealers(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let store = world.store
            try await record(60, in: store)
            let sealed = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<3 { group.addTask { try await seal(in: store) } }
                group.addTask {
                    try await record(40, in: store)
                    return 0
                }
                return try await group.reduce(0, +)
            }
            let rest = try await seal(in: store)
            #expect(sealed + rest == 100)
            let report = try await check(store)
            #expect(report.broken == nil && report.last.position == 100)
        }
    }

    @Test("An activity that commits late is sealed after younger ones", arguments: TestEngine.all)
    func lateCommit(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            world.clock.advance(by: .days(1))
            try await record(3, in: world.store)
            try await seal(in: world.store)
            try await world.store.database.write { sql in
                try sql.execute(
                    """
                    INSERT INTO activity (id, partner_id, actor, action, target, detail, at)
                    VALUES ('act_0', NULL, 'a', 'b', 'c', NULL, 1)
                    """)
            }
            #expect(try await check(world.store).trail.unsealedCount == 1)
            #expect(try await seal(in: world.store) == 1)
            #expect(try await check(world.store).last.position == 4)
        }
    }

    @Test("Pruning leaves a trail that is intact, and says so in it", arguments: TestEngine.all)
    func pruned(engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let store = world.store
            try await record(12, in: store)
            try await seal(in: store)
            world.clock.advance(by: .days(10))
            try await record(5, in: store)
            let before = world.clock.now() - .days(1)
            #expect(try await store.write { try $0.audit.prune(before: before, limit: 10) } == 10)
            #expect(try await check(store).broken == nil)
            #expect(try await store.write { try $0.audit.prune(before: before, limit: 10) } == 2)
            try await seal(in: store)
            let report = try await check(store)
            #expect(report.broken == nil && report.trail.begins.position == 12 && report.last.position == 19)
            // A part that was read before pruning goes on behind it.
            #expect(try await store.read { try $0.audit.check(after: 4, limit: 100) }.broken == nil)
            try await store.database.write { sql in
                try sql.execute("DELETE FROM activity WHERE chain_position = 13")
                try sql.execute("UPDATE audit_chain SET begins_position = 13")
            }
            #expect(try await check(store).broken?.kind == .beginning)
        }
    }
}

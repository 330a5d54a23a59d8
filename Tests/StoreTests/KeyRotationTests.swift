// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import SQLEngine
import SealedSecrets
import Store
import TestSupport
import Testing

/// Source: reliability.md section 9: online, resumable, a key is retired only when nothing is sealed with it.
@Suite("Rotation of keys", .timeLimit(.minutes(1)))
struct KeyRotationTests {
    /// One database with a key file, opened by as many processes as a test wants.
    private struct World: Sendable {
        let engine: TestEngine
        let name = "rotation_" + UUID().uuidString.lowercased().replacing("-", with: "_")
        let folder: String
        let clock = TestClock()

        var keys: String { folder + "/keys" }

        func open() async throws -> Store {
            let path = keys
            return try await Store.open(
                world: "test", database: try await engine.open(name, folder),
                keyRing: try KeyFile.loadOrCreate(path: path), clock: clock,
                keySource: KeySource(
                    reload: { try KeyFile.loadOrCreate(path: path) }, add: { try KeyFile.addKey(path: path) }))
        }
    }

    private func withWorld(_ engine: TestEngine, _ body: (World) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let world = World(engine: engine, folder: folder.path)
        do {
            try await body(world)
        } catch {
            try? await engine.remove(world.name)
            throw error
        }
        try? await engine.remove(world.name)
        try? FileManager.default.removeItem(at: folder)
    }

    private static func number(_ index: Int) -> SecretTable.Owner {
        .phoneNumber(PhoneNumberID(rawValue: "\(1_000_000 + index)"))
    }

    private func seal(_ count: Int, in store: Store) async throws {
        for start in stride(from: 0, to: count, by: 50) {
            try await store.write { tx in
                for index in start..<min(start + 50, count) {
                    try tx.secrets.put(OtherSecret("secret \(index)"), as: .pin, of: Self.number(index))
                }
            }
        }
    }

    private func secret(_ index: Int, in store: Store) async throws -> String? {
        let secret: OtherSecret? = try await store.read { try $0.secrets.get(.pin, of: Self.number(index)) }
        return secret?.secret
    }

    @Test("A kill between two batches loses nothing, and the next process goes on", arguments: TestEngine.all)
    func killed(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let first = try await world.open()
            try await seal(250, in: first)
            let scope: [UInt8] = [1, 2, 3]
            try await first.write {
                try $0.idempotency.keep(
                    StoredAnswer(status: 201, body: "kept"), scope: scope, fingerprint: [4], for: .hours(1))
            }
            let former = try #require(try await first.read { try $0.dataKeys.all() }.first?.id)
            let new = try await first.rotateKeys(addsKey: true)
            #expect(try await first.write { try $0.dataKeys.reseal(limit: 100) } == 100)
            #expect(try await first.write { try $0.dataKeys.retireUnused() } == [])
            // Nothing is said goodbye to: the process is just gone.
            await first.database.close()

            let second = try await world.open()
            let keys = try await second.read { try $0.dataKeys.all() }
            #expect(keys.map(\.id) == [new, former])
            #expect(keys.map(\.sealedCount) == [100, 151])
            #expect(Set(keys.map(\.keyEncryptionKeyID)).count == 1)
            #expect(try await second.write { try $0.dataKeys.reseal(limit: 100) } == 100)
            #expect(try await second.write { try $0.dataKeys.reseal(limit: 100) } == 51)
            #expect(try await second.write { try $0.dataKeys.reseal(limit: 100) } == 0)
            #expect(try await second.write { try $0.dataKeys.retireUnused() } == [former])
            for index in [0, 99, 100, 249] { #expect(try await secret(index, in: second) == "secret \(index)") }
            let kept = try await second.read { try $0.idempotency.look(scope: scope, fingerprint: [4]) }
            #expect(kept == .replay(StoredAnswer(status: 201, body: "kept")))
            await second.database.close()
        }
    }

    @Test(
        "Another process seals with the new key at once, and reads the key file again for it", arguments: TestEngine.all
    )
    func otherNode(engine: TestEngine) async throws {
        try await withWorld(engine) { world in
            let (one, other) = (try await world.open(), try await world.open())
            try await seal(1, in: other)
            let new = try await one.rotateKeys(addsKey: true)
            try await other.write { try $0.secrets.put(OtherSecret("late"), as: .pin, of: Self.number(7)) }
            #expect(try await one.read { try $0.dataKeys.all() }.first { $0.id == new }?.sealedCount == 1)
            #expect(try await secret(7, in: one) == "late")
            #expect(try await one.write { try $0.dataKeys.reseal(limit: 100) } == 1)
            #expect(try await one.write { try $0.dataKeys.retireUnused() }.count == 1)
            #expect(try await secret(0, in: other) == "secret 0")
            await one.database.close()
            await other.database.close()
        }
    }

    @Test("The former line of the key file is of no more use after a rotation with a new one")
    func formerLine() async throws {
        try await withWorld(.sqlite) { world in
            let store = try await world.open()
            try await seal(3, in: store)
            try await store.rotateKeys(addsKey: true)
            _ = try await store.write { try $0.dataKeys.reseal(limit: 100) }
            await store.database.close()
            let lines = try String(contentsOfFile: world.keys, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 2)
            try "\(lines[1])\n".write(toFile: world.keys, atomically: false, encoding: .utf8)
            let again = try await world.open()
            #expect(try await secret(2, in: again) == "secret 2")
            await again.database.close()
        }
    }
}

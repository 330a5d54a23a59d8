// SPDX-License-Identifier: Apache-2.0
import SQLEngine
package import SealedSecrets
import Synchronization

/// Where key-encryption keys come from while the process runs.
package struct KeySource: Sendable {
    /// Reads them again.
    package let reload: @Sendable () throws -> KeyRing
    /// Makes a new one, keeps it, and answers with all of them.
    package let add: @Sendable () throws -> KeyRing

    package init(reload: @escaping @Sendable () throws -> KeyRing, add: @escaping @Sendable () throws -> KeyRing) {
        self.reload = reload
        self.add = add
    }
}

/// A closure needs a data key that this process has not unwrapped yet: it is loaded, and the closure runs again.
struct MissingDataKey: Error {
    let id: String
}

/// The data keys that this process holds. Keys are unwrapped before a closure runs, since a key service may be remote.
final class KeyVault: Sendable {
    private struct State {
        var ring: KeyRing
        var sealers: [String: Sealer] = [:]
    }

    private let database: any SQLDatabase
    private let source: KeySource?
    private let state: Mutex<State>

    init(database: any SQLDatabase, ring: KeyRing, source: KeySource?) {
        self.database = database
        self.source = source
        state = Mutex(State(ring: ring))
    }

    var ring: KeyRing { state.withLock { $0.ring } }

    func sealer(_ id: String) -> Sealer? { state.withLock { $0.sealers[id] } }

    /// Reads the key-encryption keys again, with a new one if `addsKey`.
    @discardableResult
    func renewRing(addsKey: Bool) throws -> KeyRing {
        guard let source else { return ring }
        let ring = addsKey ? try source.add() : try source.reload()
        state.withLock { $0.ring = ring }
        return ring
    }

    /// The first start of a world mints a key; every key must open, or the start fails.
    func open(minting: @Sendable (KeyRing) async throws -> Void) async throws {
        if try await rows().isEmpty { try await minting(ring) }
        for row in try await rows() { try keep(row) }
    }

    func load(_ id: String) async throws {
        guard let row = try await rows().first(where: { $0.id == id }) else { throw SealError.unknownKey(id: id) }
        try keep(row)
    }

    private func keep(_ row: WrappedDataKey) throws {
        if !ring.holds(row.kekID) { try renewRing(addsKey: false) }
        let sealer = Sealer(current: try ring.unwrap(row))
        state.withLock { $0.sealers[row.id] = sealer }
    }

    private func rows() async throws -> [WrappedDataKey] {
        try await database.read { sql in
            try sql.query("SELECT id, kek_id, wrapped FROM data_key ORDER BY created_at, id").map { row in
                WrappedDataKey(id: try row.text("id"), kekID: try row.text("kek_id"), wrapped: try row.blob("wrapped"))
            }
        }
    }
}

extension StoreTransaction {
    /// Seals with the key that is current at this moment in the database, on every node: a former one can be retired.
    func seal(_ text: String, context: SealContext) throws -> (keyID: String, sealed: [UInt8]) {
        let row = try sql.first("SELECT id FROM data_key ORDER BY created_at DESC, id DESC LIMIT 1")
        guard let id = try row?.text("id") else { throw SealError.malformed }
        guard let sealer = store.vault.sealer(id) else { throw MissingDataKey(id: id) }
        return (id, try sealer.seal(text, context: context))
    }

    func open(_ sealed: [UInt8], context: SealContext) throws -> String {
        let id = try Sealer.keyID(of: sealed)
        guard let sealer = store.vault.sealer(id) else { throw MissingDataKey(id: id) }
        return try sealer.open(sealed, context: context)
    }
}

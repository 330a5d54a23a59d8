// SPDX-License-Identifier: Apache-2.0

/// Where a sealed text lives. It opens nowhere else, so moving it to another row, column or world is of no use.
package struct SealContext: Hashable, Sendable {
    package let world: String
    package let table: String
    package let column: String
    package let row: String

    package init(world: String, table: String, column: String, row: String) {
        self.world = world
        self.table = table
        self.column = column
        self.row = row
    }
}

/// Seals texts with the current data key and opens what any of its data keys sealed.
///
/// Stored form: version (1 byte, 1), length of the key id (1 byte), key id, nonce (12), ciphertext, tag (16).
/// The nonces are random: take a new data key long before 2^32 texts (NIST SP 800-38D).
package struct Sealer: Sendable {
    private static let version: UInt8 = 1

    private let current: DataKey
    private let keys: [String: DataKey]

    package init(current: DataKey, others: [DataKey] = []) {
        self.current = current
        var keys = [current.id: current]
        for key in others where key.id != current.id { keys[key.id] = key }
        self.keys = keys
    }

    package var currentKeyID: String { current.id }

    package func seal(_ plaintext: String, context: SealContext) throws(SealError) -> [UInt8] {
        try seal(bytes: Array(plaintext.utf8), context: context)
    }

    package func seal(bytes: [UInt8], context: SealContext) throws(SealError) -> [UInt8] {
        let id = Array(current.id.utf8)
        guard (1...255).contains(id.count) else { throw .malformed }
        let box = try sealBox(bytes, key: current.key, head: Self.head(context, keyID: current.id))
        return [Self.version, UInt8(id.count)] + id + box
    }

    package func open(_ sealed: [UInt8], context: SealContext) throws(SealError) -> String {
        String(decoding: try openBytes(sealed, context: context), as: UTF8.self)
    }

    package func openBytes(_ sealed: [UInt8], context: SealContext) throws(SealError) -> [UInt8] {
        let (id, box) = try Self.parts(of: sealed)
        guard let key = keys[id] else { throw .unknownKey(id: id) }
        return try openBox(box, key: key.key, head: Self.head(context, keyID: id))
    }

    /// The id of the data key that sealed this: what differs from `currentKeyID` is due for sealing again.
    package static func keyID(of sealed: [UInt8]) throws(SealError) -> String { try parts(of: sealed).id }

    private static func parts(of sealed: [UInt8]) throws(SealError) -> (id: String, box: ArraySlice<UInt8>) {
        guard sealed.count > 2, sealed[0] == version else { throw .malformed }
        let end = 2 + Int(sealed[1])
        guard end > 2, sealed.count >= end + boxOverheadBytes else { throw .malformed }
        return (String(decoding: sealed[2..<end], as: UTF8.self), sealed[end...])
    }

    private static func head(_ context: SealContext, keyID: String) -> [UInt8] {
        authenticated([context.world, context.table, context.column, context.row, keyID])
    }
}

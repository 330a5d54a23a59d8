// SPDX-License-Identifier: Apache-2.0
import Crypto
import FoundationEssentials

/// A key that seals data keys only. Prints as `***`.
package struct KeyEncryptionKey: Sendable {
    package let id: String
    let key: SymmetricKey

    package static func generate() -> KeyEncryptionKey {
        KeyEncryptionKey(id: randomID(prefix: "kek_"), key: SymmetricKey(size: .bits256))
    }
}

/// A key that seals texts; at rest only as a `WrappedDataKey`. Prints as `***`.
package struct DataKey: Sendable {
    package let id: String
    let key: SymmetricKey
}

extension DataKey {
    /// A key of its own for one large thing, kept elsewhere as a sealed text. Nil unless there are 32 bytes.
    package init?(id: String, bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.init(id: id, key: SymmetricKey(data: bytes))
    }

    /// For such a key.
    package static func randomBytes() -> [UInt8] { SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) } }
}

/// A data key as it is stored, sealed by the key-encryption key `kekID`.
package struct WrappedDataKey: Hashable, Sendable {
    package let id: String
    package let kekID: String
    package let wrapped: [UInt8]

    package init(id: String, kekID: String, wrapped: [UInt8]) {
        self.id = id
        self.kekID = kekID
        self.wrapped = wrapped
    }
}

/// The key-encryption keys by id: the newest wraps, all unwrap.
package struct KeyRing: Sendable {
    private let newest: KeyEncryptionKey
    private let keys: [String: KeyEncryptionKey]

    /// - Parameter keys: oldest first.
    package init(keys: [KeyEncryptionKey]) throws(KeyRingError) {
        guard let newest = keys.last else { throw .noKeys }
        var byID: [String: KeyEncryptionKey] = [:]
        for key in keys {
            guard byID.updateValue(key, forKey: key.id) == nil else { throw .duplicateID(key.id) }
        }
        self.newest = newest
        self.keys = byID
    }

    /// Data keys wrapped by another than this one are due for `rewrap`.
    package var newestID: String { newest.id }

    package var ids: Set<String> { Set(keys.keys) }

    package func holds(_ id: String) -> Bool { keys[id] != nil }

    package func newDataKey() throws(SealError) -> (WrappedDataKey, DataKey) {
        let key = DataKey(id: randomID(prefix: "dek_"), key: SymmetricKey(size: .bits256))
        return (try wrap(key), key)
    }

    /// The same data key under the newest key-encryption key: texts sealed with it stay as they are.
    package func rewrap(_ wrapped: WrappedDataKey) throws(SealError) -> WrappedDataKey { try wrap(unwrap(wrapped)) }

    package func unwrap(_ wrapped: WrappedDataKey) throws(SealError) -> DataKey {
        guard let kek = keys[wrapped.kekID] else { throw .unknownKey(id: wrapped.kekID) }
        let head = Self.head(dataKeyID: wrapped.id, kekID: kek.id)
        return DataKey(
            id: wrapped.id, key: SymmetricKey(data: try openBox(wrapped.wrapped[...], key: kek.key, head: head)))
    }

    private func wrap(_ key: DataKey) throws(SealError) -> WrappedDataKey {
        let head = Self.head(dataKeyID: key.id, kekID: newest.id)
        let bytes = key.key.withUnsafeBytes { Array($0) }
        return WrappedDataKey(id: key.id, kekID: newest.id, wrapped: try sealBox(bytes, key: newest.key, head: head))
    }

    private static func head(dataKeyID: String, kekID: String) -> [UInt8] {
        authenticated(["gangway data key", dataKeyID, kekID])
    }
}

extension KeyEncryptionKey: CustomStringConvertible, CustomReflectable {
    package var description: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension DataKey: CustomStringConvertible, CustomReflectable {
    package var description: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

private func randomID(prefix: String) -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return prefix + String(repeating: "0", count: 16 - digits.count) + digits
}

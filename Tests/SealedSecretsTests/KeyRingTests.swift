// SPDX-License-Identifier: Apache-2.0
import SealedSecrets
import Testing

@Suite struct KeyRingTests {
    private let place = SealContext(world: "live", table: "endpoint", column: "secret", row: "ep_1")

    @Test func `a data key unwraps to itself`() throws {
        let ring = try KeyRing(keys: [.generate()])
        let (wrapped, key) = try ring.newDataKey()
        let sealed = try Sealer(current: key).seal("text", context: place)
        let unwrapped = try ring.unwrap(wrapped)
        #expect(try Sealer(current: unwrapped).open(sealed, context: place) == "text")
        #expect(wrapped.id == key.id && wrapped.kekID == ring.newestID)
    }

    @Test func `the newest key wraps and the older ones still unwrap`() throws {
        let (old, new) = (KeyEncryptionKey.generate(), KeyEncryptionKey.generate())
        let (wrapped, key) = try KeyRing(keys: [old]).newDataKey()
        let ring = try KeyRing(keys: [old, new])
        let rewrapped = try ring.rewrap(wrapped)
        #expect(rewrapped.kekID == new.id && rewrapped.id == wrapped.id)
        let sealed = try Sealer(current: key).seal("text", context: place)
        #expect(try Sealer(current: ring.unwrap(wrapped)).open(sealed, context: place) == "text")
        #expect(try Sealer(current: KeyRing(keys: [new]).unwrap(rewrapped)).open(sealed, context: place) == "text")
        #expect(throws: SealError.unknownKey(id: old.id)) { try KeyRing(keys: [new]).unwrap(wrapped) }
    }

    @Test func `a wrapped key that was renamed, changed or cut does not unwrap`() throws {
        let ring = try KeyRing(keys: [.generate()])
        let (wrapped, _) = try ring.newDataKey()
        var changed = wrapped.wrapped
        changed[20] ^= 1
        #expect(throws: SealError.refused) {
            try ring.unwrap(WrappedDataKey(id: "dek_other", kekID: wrapped.kekID, wrapped: wrapped.wrapped))
        }
        #expect(throws: SealError.refused) {
            try ring.unwrap(WrappedDataKey(id: wrapped.id, kekID: wrapped.kekID, wrapped: changed))
        }
        #expect(throws: SealError.malformed) {
            try ring.unwrap(WrappedDataKey(id: wrapped.id, kekID: wrapped.kekID, wrapped: [1, 2, 3]))
        }
    }

    @Test func `a ring needs keys of different ids`() {
        let key = KeyEncryptionKey.generate()
        #expect(throws: KeyRingError.noKeys) { try KeyRing(keys: []) }
        #expect(throws: KeyRingError.duplicateID(key.id)) { try KeyRing(keys: [key, key]) }
    }
}

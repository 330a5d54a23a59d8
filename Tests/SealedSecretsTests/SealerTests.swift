// SPDX-License-Identifier: Apache-2.0
import SealedSecrets
import Testing

@Suite struct SealerTests {
    private static let home = SealContext(world: "live", table: "waba", column: "business_token", row: "101")
    private let ring: KeyRing
    private let key: DataKey
    private let sealer: Sealer

    init() throws {
        ring = try KeyRing(keys: [.generate()])
        (_, key) = try ring.newDataKey()
        sealer = Sealer(current: key)
    }

    @Test(
        "what was sealed opens in its place",
        arguments: ["EAAJtoken", "", "123456", "çaÿ 🤝", String(repeating: "x", count: 70_000)])
    func roundTrip(_ text: String) throws {
        let sealed = try sealer.seal(text, context: Self.home)
        #expect(try sealer.open(sealed, context: Self.home) == text)
        #expect(text.isEmpty || !sealed.contains(Array(text.utf8)))
    }

    @Test func `sealing twice never gives the same bytes`() throws {
        let sealed = try (0..<100).map { _ in try sealer.seal("123456", context: Self.home) }
        #expect(Set(sealed).count == 100)
    }

    /// Source: reference on secrets, "Swap test".
    @Test(
        "moved to another place it does not open",
        arguments: [
            SealContext(world: "test", table: "waba", column: "business_token", row: "101"),
            SealContext(world: "live", table: "meta_app", column: "business_token", row: "101"),
            SealContext(world: "live", table: "waba", column: "pin", row: "101"),
            SealContext(world: "live", table: "waba", column: "business_token", row: "102"),
            SealContext(world: "live", table: "wababusiness_token", column: "", row: "101"),
            SealContext(world: "livewaba", table: "", column: "business_token", row: "101"),
            SealContext(world: "live", table: "waba", column: "business_token101", row: ""),
        ])
    func swapped(_ elsewhere: SealContext) throws {
        let sealed = try sealer.seal("EAAJtoken", context: Self.home)
        #expect(throws: SealError.refused) { try sealer.open(sealed, context: elsewhere) }
    }

    @Test func `a change of any single byte is noticed`() throws {
        let sealed = try sealer.seal("EAAJtoken", context: Self.home)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: SealError.self, "byte \(index)") { try sealer.open(changed, context: Self.home) }
        }
    }

    @Test func `every truncation is noticed, and so is an addition`() throws {
        let sealed = try sealer.seal("EAAJtoken", context: Self.home)
        for length in sealed.indices {
            #expect(throws: SealError.self, "\(length) bytes") {
                try sealer.open(Array(sealed[..<length]), context: Self.home)
            }
        }
        #expect(throws: SealError.refused) { try sealer.open(sealed + [0], context: Self.home) }
        #expect(throws: SealError.malformed) { try sealer.open([], context: Self.home) }
        #expect(throws: SealError.malformed) { try sealer.open([2] + sealed.dropFirst(), context: Self.home) }
    }

    @Test func `old data keys still open, and their texts are known to be due for sealing again`() throws {
        let old = try sealer.seal("EAAJtoken", context: Self.home)
        let (_, newKey) = try ring.newDataKey()
        let rotated = Sealer(current: newKey, others: [key])
        #expect(try rotated.open(old, context: Self.home) == "EAAJtoken")
        #expect(try Sealer.keyID(of: old) == key.id)
        #expect(try Sealer.keyID(of: rotated.seal("EAAJtoken", context: Self.home)) == rotated.currentKeyID)
        #expect(rotated.currentKeyID == newKey.id)
    }

    @Test func `a text of a key that is not held names that key`() throws {
        let sealed = try sealer.seal("EAAJtoken", context: Self.home)
        let (_, stranger) = try ring.newDataKey()
        #expect(throws: SealError.unknownKey(id: key.id)) {
            try Sealer(current: stranger).open(sealed, context: Self.home)
        }
    }

    @Test func `keys never print themselves`() throws {
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key)" == "***")
        #expect(!dumped.contains("SymmetricKey"))
    }
}

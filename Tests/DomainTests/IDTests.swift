// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import Testing

@Suite("Ids")
struct IDTests {
    /// Bits that are known, so that the text can be computed by hand.
    struct Fixed: RandomNumberGenerator {
        var bits: UInt64
        mutating func next() -> UInt64 { bits }
    }

    @Test("A UUIDv7 holds time, version and variant. Source: RFC 9562, appendix A.6")
    func layoutOfUUIDv7() {
        var random = Fixed(bits: .max)
        let id = UUIDv7(at: Timestamp(milliseconds: 0x017F_22E2_79B0), random: &random)
        #expect(id.hyphenated == "017f22e2-79b0-7fff-bfff-ffffffffffff")
        #expect(id.base32.count == 26)
        #expect(id.base32.hasPrefix("01fwhe4yd"))
    }

    @Test("Ids sort by the time they were minted")
    func sorting() {
        let ids = (0..<200).map { OnboardingID(at: Timestamp(milliseconds: 1_764_000_000_000 + Int64($0) * 7)) }
        #expect(ids.map(\.rawValue) == ids.map(\.rawValue).sorted())
        #expect(Set(ids).count == ids.count)
    }

    @Test("What is minted is valid, and only for its own type")
    func mintedIDs() {
        let now = Timestamp(seconds: 1_764_000_000)
        let id = OnboardingID(at: now)
        #expect(OnboardingID(validating: id.rawValue) == id)
        #expect(EventID(validating: id.rawValue) == nil)
        let customer = CustomerID(at: now)
        #expect(CustomerID(validating: customer.rawValue) == customer)
    }

    @Test(
        "Text from outside is refused unless it is prefix, underscore and 26 base32 characters",
        arguments: [
            "", "onb", "onb_", "onb_01fwhe4yd", "evt_01fwhe4ydgfk15bcd6a8dmvs70", "onb_01FWHE4YDGFK15BCD6A8DMVS70",
            "onb_01fwhe4ydgfk15bcd6a8dmvs7u", "onb_01fwhe4ydgfk15bcd6a8dmvs700", "onb-01fwhe4ydgfk15bcd6a8dmvs70",
            "onb_01fwhe4ydgfk15bcd6a8dmvs7\u{e9}", " onb_01fwhe4ydgfk15bcd6a8dmvs70",
        ])
    func refusedPrefixedIDs(text: String) {
        #expect(OnboardingID(validating: text) == nil)
    }

    @Test(
        "Customers are plain UUIDs of any version, upper case folded",
        arguments: [
            ("C9BF9E57-1685-4C89-BAFB-FF5AF830BE8A", true), ("017f22e2-79b0-7fff-bfff-ffffffffffff", true),
            ("017f22e279b07fffbfffffffffffffff", false), ("017f22e2-79b0-7fff-bfff-fffffffffff", false),
            ("017f22e2-79b0-7fff-bfff-fffffffffffg", false), ("", false), ("----", false),
        ])
    func customerIDs(text: String, isValid: Bool) {
        let id = CustomerID(validating: text)
        #expect((id != nil) == isValid)
        if let id { #expect(id.rawValue == text.lowercased()) }
    }

    @Test(
        "Meta's ids are 1 to 20 digits, as text",
        arguments: [
            ("102290129340398", true), ("1", true), ("12345678901234567890", true), ("123456789012345678901", false),
            ("", false), ("0123", false), ("12a", false), ("-12", false), ("12 ", false), ("１２", false),
        ])
    func metaIDs(text: String, isValid: Bool) {
        #expect((WABAID(validating: text) != nil) == isValid)
    }

    @Test("An id beyond 2^53 survives as a JSON number and as a string. Source: graph-api, pitfall P12")
    func metaIDsFromJSON() throws {
        let ids = try JSONDecoder().decode([WABAID].self, from: Data(#"[10229012934039811, "10229012934039811"]"#.utf8))
        #expect(ids.map(\.rawValue) == ["10229012934039811", "10229012934039811"])
    }
}

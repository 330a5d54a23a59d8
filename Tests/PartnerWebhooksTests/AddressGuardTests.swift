// SPDX-License-Identifier: Apache-2.0
import PartnerWebhooks
import Testing

@Suite struct AddressGuardTests {
    /// Source: IANA special-purpose registries; deny lists of Svix and smokescreen. First, last and neighbours of blocks.
    static let kinds: [(String, AddressKind)] = [
        ("0.0.0.0", .unspecified), ("0.255.255.255", .unspecified), ("1.0.0.0", .publicUnicast),
        ("8.8.8.8", .publicUnicast),
        ("9.255.255.255", .publicUnicast), ("10.0.0.0", .private), ("10.255.255.255", .private),
        ("11.0.0.0", .publicUnicast), ("100.63.255.255", .publicUnicast), ("100.64.0.0", .shared),
        ("100.127.255.255", .shared), ("100.128.0.0", .publicUnicast), ("127.0.0.1", .loopback),
        ("127.255.255.255", .loopback), ("128.0.0.0", .publicUnicast), ("169.254.169.254", .linkLocal),
        ("169.253.255.255", .publicUnicast), ("172.15.255.255", .publicUnicast), ("172.16.0.0", .private),
        ("172.31.255.255", .private), ("172.32.0.0", .publicUnicast), ("192.0.0.1", .reserved),
        ("192.0.1.0", .publicUnicast), ("192.0.2.9", .documentation), ("192.88.99.1", .reserved),
        ("192.168.0.1", .private), ("192.169.0.0", .publicUnicast), ("198.17.255.255", .publicUnicast),
        ("198.18.0.0", .benchmarking), ("198.19.255.255", .benchmarking), ("198.20.0.0", .publicUnicast),
        ("198.51.100.1", .documentation), ("203.0.113.1", .documentation), ("223.255.255.255", .publicUnicast),
        ("224.0.0.1", .multicast), ("239.255.255.255", .multicast), ("240.0.0.1", .reserved),
        ("255.255.255.255", .reserved),
        ("::", .unspecified), ("::1", .loopback), ("::7f00:1", .translated), ("::ffff:127.0.0.1", .loopback),
        ("::ffff:169.254.169.254", .linkLocal), ("::ffff:a9fe:a9fe", .linkLocal), ("::ffff:8.8.8.8", .publicUnicast),
        ("64:ff9b::a9fe:a9fe", .translated), ("64:ff9b:1::1", .translated), ("100::1", .reserved),
        ("2001::1", .translated), ("2001:4860:4860::8888", .publicUnicast), ("2001:db8::1", .documentation),
        ("2002:7f00:1::", .translated), ("2606:4700::1111", .publicUnicast), ("3fff::1", .documentation),
        ("3fff:1000::1", .publicUnicast), ("4000::1", .reserved), ("5f00::1", .reserved), ("fc00::1", .private),
        ("fd00:ec2::254", .private), ("fe80::1", .linkLocal), ("fec0::1", .private), ("ff02::1", .multicast),
    ]

    @Test("every address has its kind, and only public ones pass", arguments: kinds)
    func kind(text: String, expected: AddressKind) throws {
        let address = try #require(IPAddress(text))
        #expect(AddressKind(of: address) == expected)
        let verdict = AddressGuard().verdict(on: address, port: 443)
        #expect(verdict == (expected == .publicUnicast ? .allowed : .denied(.kind(expected))))
    }

    @Test(
        "what is no plain address is none",
        arguments: [
            "", "127.1", "0x7f.0.0.1", "2130706433", "127.0.0.256", "127.0.0.1.", "fe80::1%eth0", "[::1]", "::g",
            "1.2.3",
        ])
    func notAnAddress(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `the operator's list opens its ranges and nothing else`() throws {
        let ranges = try ["10.1.0.0/16", "::1", "fd12::/16"].map { try #require(AddressRange($0)) }
        let listed = AddressGuard(allowedRanges: ranges)
        let expected: [(String, Bool)] = [
            ("10.1.2.3", true), ("::ffff:10.1.2.3", true), ("::1", true), ("fd12:1::1", true), ("10.2.0.1", false),
            ("127.0.0.1", false), ("fd13::1", false), ("::2", false), ("9.9.9.9", true),
        ]
        for (text, isAllowed) in expected {
            let address = try #require(IPAddress(text))
            #expect((listed.verdict(on: address, port: 8080) == .allowed) == isAllowed, "\(text)")
        }
    }

    @Test func `our own listeners stay closed even on allowed addresses`() throws {
        let loopback = try #require(AddressRange("127.0.0.0/8"))
        let own = AddressGuard(allowedRanges: [loopback], ownPorts: [8080])
        let address = try #require(IPAddress("127.0.0.1"))
        #expect(own.verdict(on: address, port: 8080) == .denied(.ownListener))
        #expect(own.verdict(on: address, port: 9000) == .allowed)
        #expect(own.verdict(on: try #require(IPAddress("8.8.8.8")), port: 8080) == .allowed)
    }

    @Test(
        "ranges of any width contain their own and nothing else",
        arguments: [
            ("0.0.0.0/0", "255.1.2.3", true), ("0.0.0.0/0", "::1", false), ("::/0", "fe80::1", true),
            ("10.9.8.7/8", "10.200.0.1", true), ("10.0.0.0/31", "10.0.0.1", true), ("10.0.0.0/31", "10.0.0.2", false),
            ("10.0.0.1", "10.0.0.1", true), ("10.0.0.1", "10.0.0.2", false), ("fd00::/127", "fd00::1", true),
            ("fd00::/127", "fd00::2", false),
        ])
    func range(range: String, address: String, isInside: Bool) throws {
        let (range, address) = (try #require(AddressRange(range)), try #require(IPAddress(address)))
        #expect(range.contains(address) == isInside)
    }

    @Test(
        "texts that are no range are refused",
        arguments: ["", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10/8", "10.0.0.0/8/8", "a/8"])
    func notARange(text: String) {
        #expect(AddressRange(text) == nil)
    }
}

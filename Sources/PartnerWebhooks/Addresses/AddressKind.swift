// SPDX-License-Identifier: Apache-2.0

/// What an address is for. Only `publicUnicast` may be dialled without the operator's leave.
package enum AddressKind: String, Hashable, Sendable {
    case publicUnicast = "public"
    case unspecified
    case loopback
    case `private`
    case shared
    case linkLocal = "link_local"
    case multicast
    case documentation
    case benchmarking
    /// Addresses that carry others inside: NAT64, 6to4, Teredo, IPv4-compatible.
    case translated
    case reserved

    package init(of address: IPAddress) {
        let address = address.unmapped
        self = Self.table.first { $0.range.contains(address) }?.kind ?? Self.fallback(for: address)
    }

    /// All public IPv6 addresses that are assigned lie in `2000::/3`; what is outside and unnamed is nobody's receiver.
    private static func fallback(for address: IPAddress) -> AddressKind {
        guard case .v6(let number) = address else { return .publicUnicast }
        return number >> 125 == 1 ? .publicUnicast : .reserved
    }

    /// Source: IANA special-purpose address registries; the deny lists of Svix and Stripe's smokescreen.
    private static let table: [(range: AddressRange, kind: AddressKind)] = [
        ("0.0.0.0/8", .unspecified), ("10.0.0.0/8", .private), ("100.64.0.0/10", .shared), ("127.0.0.0/8", .loopback),
        ("169.254.0.0/16", .linkLocal), ("172.16.0.0/12", .private), ("192.0.0.0/24", .reserved),
        ("192.0.2.0/24", .documentation), ("192.88.99.0/24", .reserved), ("192.168.0.0/16", .private),
        ("198.18.0.0/15", .benchmarking), ("198.51.100.0/24", .documentation), ("203.0.113.0/24", .documentation),
        ("224.0.0.0/4", .multicast), ("240.0.0.0/4", .reserved),
        ("::/128", .unspecified), ("::1/128", .loopback), ("::/96", .translated), ("64:ff9b::/96", .translated),
        ("64:ff9b:1::/48", .translated), ("100::/64", .reserved), ("2001::/32", .translated),
        ("2001::/23", .reserved), ("2001:db8::/32", .documentation), ("2002::/16", .translated),
        ("3fff::/20", .documentation), ("5f00::/16", .reserved), ("fc00::/7", .private), ("fe80::/10", .linkLocal),
        ("fec0::/10", .private), ("ff00::/8", .multicast),
    ].compactMap { text, kind in AddressRange(text).map { ($0, kind) } }
}

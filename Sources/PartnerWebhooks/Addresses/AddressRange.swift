// SPDX-License-Identifier: Apache-2.0

/// A block of addresses, written `10.0.0.0/8` or `fd00::/8`; a bare address is a block of one.
package struct AddressRange: Hashable, Sendable {
    private let base: IPAddress
    private let prefixLength: Int

    /// Nil for what is no block. Bits behind the prefix do not matter.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let base = IPAddress(String(parts[0])) else { return nil }
        let width = base.width
        guard parts.count == 2 else {
            self.init(base: base, prefixLength: width)
            return
        }
        guard parts[1].utf8.allSatisfy({ (48...57).contains($0) }), let length = Int(parts[1]), length <= width else {
            return nil
        }
        self.init(base: base, prefixLength: length)
    }

    private init(base: IPAddress, prefixLength: Int) {
        self.base = base
        self.prefixLength = prefixLength
    }

    package func contains(_ address: IPAddress) -> Bool {
        switch (base, address) {
        case (.v4(let left), .v4(let right)): prefixLength == 0 || (left ^ right) >> (32 - prefixLength) == 0
        case (.v6(let left), .v6(let right)): prefixLength == 0 || (left ^ right) >> (128 - prefixLength) == 0
        case (.v4, .v6), (.v6, .v4): false
        }
    }
}

extension IPAddress {
    fileprivate var width: Int {
        switch self {
        case .v4: 32
        case .v6: 128
        }
    }
}

extension AddressRange: CustomStringConvertible {
    package var description: String { "\(base)/\(prefixLength)" }
}

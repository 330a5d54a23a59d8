// SPDX-License-Identifier: Apache-2.0

/// Decides which addresses partners' URLs may lead to. Ask it about the address that is really dialled: names can change
/// their answer between a check and a call.
package struct AddressGuard: Sendable {
    package enum Verdict: Hashable, Sendable {
        case allowed
        case denied(Denial)
    }

    package enum Denial: Hashable, Sendable {
        case kind(AddressKind)
        /// Our own process listens there.
        case ownListener

        /// For logs and metrics; partners are told `blocked_address` only.
        package var label: String {
            switch self {
            case .kind(let kind): kind.rawValue
            case .ownListener: "own_listener"
            }
        }
    }

    package let allowedRanges: [AddressRange]
    private let ownPorts: Set<Int>

    /// - Parameters:
    ///   - allowedRanges: the operator's leave for receivers inside the own network.
    ///   - ownPorts: ports that this process listens on; refused on every address that is not public, even if allowed.
    package init(allowedRanges: [AddressRange] = [], ownPorts: Set<Int> = []) {
        self.allowedRanges = allowedRanges
        self.ownPorts = ownPorts
    }

    package func verdict(on address: IPAddress, port: Int) -> Verdict {
        let kind = AddressKind(of: address)
        if kind == .publicUnicast { return .allowed }
        guard isListed(address) else { return .denied(.kind(kind)) }
        return ownPorts.contains(port) ? .denied(.ownListener) : .allowed
    }

    /// Whether the operator has listed the address.
    package func isListed(_ address: IPAddress) -> Bool {
        let unmapped = address.unmapped
        return allowedRanges.contains { $0.contains(unmapped) }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The rules for the host of an endpoint's URL.
enum EndpointHost {
    static func normalised(_ text: Substring, policy: EndpointURLPolicy) throws(EndpointURLError) -> String {
        if text.first == "[" {
            guard let address = IPAddress(String(text.dropFirst().dropLast())), case .v6 = address else {
                throw .malformedHost
            }
            return try literal(address, policy: policy)
        }
        var name = text.lowercased()
        if name.last == "." { name.removeLast() }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard name.utf8.count <= 253, labels.allSatisfy(isLabel) else { throw .malformedHost }
        guard let last = labels.last else { throw .missingHost }
        if looksNumeric(last) {
            // `127.1`, `0x7f.1` and `2130706433` are loopback to some resolvers: only the plain form is an address.
            guard let address = IPAddress(name), case .v4 = address else { throw .ambiguousAddress }
            return try literal(address, policy: policy)
        }
        let isLocal = labels.count == 1 || last == "localhost"
        guard !isLocal || !policy.allowedRanges.isEmpty else { throw .localName }
        return name
    }

    private static func literal(_ address: IPAddress, policy: EndpointURLPolicy) throws(EndpointURLError) -> String {
        guard policy.addresses.isListed(address) else { throw .addressLiteral }
        return address.description
    }

    private static func isLabel(_ label: Substring) -> Bool {
        guard (1...63).contains(label.utf8.count), label.first != "-", label.last != "-" else { return false }
        return label.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (48...57).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
    }

    /// Source: WHATWG URL Standard, "ends in a number checker".
    private static func looksNumeric(_ label: Substring) -> Bool {
        if label.utf8.allSatisfy({ (48...57).contains($0) }) { return true }
        return label.hasPrefix("0x") && label.dropFirst(2).allSatisfy(\.isHexDigit)
    }
}

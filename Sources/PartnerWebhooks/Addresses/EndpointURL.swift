// SPDX-License-Identifier: Apache-2.0

/// What the operator permits in endpoints' URLs.
package struct EndpointURLPolicy: Sendable {
    package let allowsHTTP: Bool
    /// Non-empty for receivers inside the own network: permits addresses in these ranges, and names without a dot.
    package let allowedRanges: [AddressRange]

    package init(allowsHTTP: Bool = false, allowedRanges: [AddressRange] = []) {
        self.allowsHTTP = allowsHTTP
        self.allowedRanges = allowedRanges
    }

    var addresses: AddressGuard { AddressGuard(allowedRanges: allowedRanges) }
}

/// A partner's URL that has passed the rules for writing; where it leads is judged again on every call.
package struct EndpointURL: Hashable, Sendable {
    package static let bytesMax = 2048

    /// Scheme and host in lower case, without the default port and a trailing dot; the path as it was given.
    package let text: String
    package let isHTTPS: Bool
    /// Without brackets.
    package let host: String
    package let port: Int

    package init(_ text: String, policy: EndpointURLPolicy = EndpointURLPolicy()) throws(EndpointURLError) {
        guard !text.isEmpty else { throw .empty }
        guard text.utf8.count <= Self.bytesMax else { throw .tooLong(bytesMax: Self.bytesMax) }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else {
            throw .forbiddenCharacter
        }
        guard let mark = text.firstRange(of: "://"), mark.lowerBound > text.startIndex else { throw .missingScheme }
        let scheme = text[..<mark.lowerBound].lowercased()
        guard scheme == "https" || (scheme == "http" && policy.allowsHTTP) else { throw .schemeNotAllowed(scheme) }
        guard !text.contains("#") else { throw .fragment }

        let afterScheme = text[mark.upperBound...]
        let authority = afterScheme.prefix { $0 != "/" && $0 != "?" }
        let target = afterScheme[authority.endIndex...]
        guard !authority.contains("@") else { throw .userInfo }
        let (hostText, portText) = try Self.split(authority)
        let host = try EndpointHost.normalised(hostText, policy: policy)
        isHTTPS = scheme == "https"
        let defaultPort = isHTTPS ? 443 : 80
        port = try Self.port(portText, defaultPort: defaultPort)
        self.host = host
        let shown = host.contains(":") ? "[\(host)]" : host
        let path = target.first == "/" ? String(target) : "/" + target
        self.text = "\(scheme)://\(shown)\(port == defaultPort ? "" : ":\(port)")\(path)"
    }

    private static func split(_ authority: Substring) throws(EndpointURLError) -> (host: Substring, port: Substring?) {
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { throw .malformedHost }
            let rest = authority[authority.index(after: end)...]
            guard rest.isEmpty || rest.first == ":" else { throw .malformedHost }
            return (authority[...end], rest.isEmpty ? nil : rest.dropFirst())
        }
        let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = parts.first, !host.isEmpty else { throw .missingHost }
        return (host, parts.count == 2 ? parts[1] : nil)
    }

    private static func port(_ text: Substring?, defaultPort: Int) throws(EndpointURLError) -> Int {
        guard let text else { return defaultPort }
        guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }), let port = Int(text),
            (1...65_535).contains(port)
        else { throw .malformedPort }
        let isUsual = port == 443 || port == defaultPort || port > 1023
        guard isUsual, !deniedPorts.contains(port) else { throw .portNotAllowed(port) }
        return port
    }

    /// Services above 1023 that a forged request could harm; none of them is a webhook receiver.
    private static let deniedPorts: Set<Int> = [
        1433, 1521, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 4444, 5432, 5672, 5900, 5984, 6379, 6443, 7001,
        9042, 9092, 9200, 9300, 10250, 10255, 11211, 15672, 27017,
    ]
}

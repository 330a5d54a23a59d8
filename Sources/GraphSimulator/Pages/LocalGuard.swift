// SPDX-License-Identifier: Apache-2.0
import HTTPTypes

/// Keeps other websites' hands off the control calls: what a browser sends for another page is refused.
/// Programs send neither `Origin` nor `Sec-Fetch-Site` and are let through.
struct LocalGuard: Sendable {
    /// The address that the sandbox was told to listen on.
    var boundHost: String

    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")
    /// Endings that nobody can register and point at 127.0.0.1.
    private static let privateEndings = [".localhost", ".local", ".internal", ".test", ".lan", ".home.arpa"]

    /// Why a request is refused; nil when it is not.
    func refusal(_ method: HTTPRequest.Method, authority: String?, headers: HTTPFields) -> String? {
        if let authority, !isLocal(Self.host(of: authority)) {
            return "the control calls answer on local names and IP addresses only"
        }
        guard method != .get, method != .head else { return nil }
        if let origin = headers[.origin], !Self.isSame(origin, authority) {
            return "another website may not change the sandbox"
        }
        if let name = Self.fetchSite, let site = headers[name], site != "same-origin", site != "none" {
            return "another website may not change the sandbox"
        }
        return nil
    }

    /// A public name may be pointed at this machine by anyone (DNS rebinding); these may not.
    private func isLocal(_ host: String) -> Bool {
        let isAddress =
            host.hasPrefix("[") || (!host.isEmpty && host.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) })
        return isAddress || host == boundHost.lowercased() || !host.contains(".")
            || Self.privateEndings.contains { host.hasSuffix($0) }
    }

    /// Without the port, in lower case.
    static func host(of authority: String) -> String {
        let lower = authority.lowercased()
        if lower.hasPrefix("[") { return lower.firstIndex(of: "]").map { String(lower[...$0]) } ?? lower }
        return String(lower.prefix { $0 != ":" })
    }

    private static func isSame(_ origin: String, _ authority: String?) -> Bool {
        guard let start = origin.range(of: "://")?.upperBound, let authority else { return false }
        return origin[start...].lowercased() == authority.lowercased()
    }
}

extension StringProtocol {
    /// The first place of a piece of text.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}

// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// What the app's dashboard would hold of Embedded Signup, and which version the popup plays.
struct SignupSettings: Sendable {
    /// The shape of the session event. Source: reference section 5.1.
    enum Version: String, Sendable, CaseIterable { case v2, v3, v4 }

    /// Hosts that may open the popup or be returned to. Source: Meta, Embedded Signup implementation (allowed domains).
    var allowedDomains = ["localhost", "127.0.0.1", "[::1]"]
    /// Played when the page names none.
    var version = Version.v4
    /// Products by configuration id; they decide which assets the event names.
    var configurations: [String: [String]]
    /// What our SDK puts into `event.origin`.
    var eventOrigin = "https://www.facebook.com"

    static let products = ["cloud_api", "ctwa", "conversions_api"]

    init(configID: String) { configurations = [configID: ["cloud_api"]] }

    /// Lays the given members over the settings.
    mutating func change(_ body: JSON) throws(ControlFailure) {
        if let value = body["allowed_domains"] {
            guard let list = value.elements, list.count <= 100 else {
                throw ControlFailure("allowed_domains: a list of at most 100 hosts expected")
            }
            allowedDomains = list.compactMap(\.text).map { Self.host(ofURL: $0) ?? $0.lowercased() }
        }
        if let value = body["version"] {
            guard let version = value.text.flatMap(Version.init(rawValue:)) else {
                throw ControlFailure("version: v2, v3 or v4 expected")
            }
            self.version = version
        }
        if let text = body["event_origin"]?.text { eventOrigin = text }
        guard let value = body["configurations"] else { return }
        guard let list = value.elements, (1...100).contains(list.count) else {
            throw ControlFailure("configurations: a list of {id, products} expected")
        }
        configurations = [:]
        for entry in list {
            guard let id = entry["id"]?.text else { throw ControlFailure("configurations: id required") }
            let products = entry["products"]?.elements?.compactMap(\.text) ?? ["cloud_api"]
            guard products.allSatisfy(Self.products.contains) else {
                throw ControlFailure("configurations: products are \(Self.products.joined(separator: ", "))")
            }
            configurations[id] = products
        }
    }

    var json: JSON {
        [
            "allowed_domains": .strings(allowedDomains), "version": .string(version.rawValue),
            "event_origin": .string(eventOrigin),
            "configurations": .array(
                configurations.sorted { $0.key < $1.key }.map {
                    ["id": .string($0.key), "products": .strings($0.value)]
                }),
        ]
    }

    /// Whether a page at this address may take part. HTTPS is asked for, but not of this machine's own pages.
    func allows(_ url: String) -> Bool {
        guard let host = Self.host(ofURL: url), allowedDomains.contains(host) else { return false }
        let isOwn = ["localhost", "127.0.0.1", "[::1]"].contains(host) || host.hasSuffix(".localhost")
        return url.lowercased().hasPrefix("https://") || isOwn
    }

    static func host(ofURL url: String) -> String? {
        let lower = url.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else { return nil }
        let rest = lower.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        // A name before an @ is no host.
        guard !rest.contains("@"), !rest.contains("\\"), !rest.isEmpty else { return nil }
        return LocalGuard.host(of: String(rest))
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import WebhookSignatures

/// Where an endpoint's deliveries go, and what they are signed with.
struct Target: Sendable {
    enum Unusable: String, Sendable, Error {
        /// The operator's rules have changed since the URL was written.
        case url = "url_not_allowed"
        case secret = "no_signing_secret"
    }

    let isEnabled: Bool
    let destination: Result<(url: EndpointURL, secret: WebhookSecret), Unusable>
    /// What a dialect signs with, and which.
    var dialect: (format: WebhookFormatName, secret: OtherSecret)?
}

/// Remembers enabled endpoints for a moment; disabled ones are always read again, so that enabling works at once.
struct TargetCache {
    private static let memory = Duration.seconds(2)
    private static let countMax = 10_000

    private var known: [EndpointID: (target: Target, until: ContinuousClock.Instant)] = [:]

    func find(_ id: EndpointID, now: ContinuousClock.Instant) -> Target? {
        guard let entry = known[id], entry.until > now else { return nil }
        return entry.target
    }

    mutating func remember(_ target: Target, of id: EndpointID, now: ContinuousClock.Instant) {
        guard target.isEnabled else { return forget(id) }
        if known.count >= Self.countMax { known.removeAll() }
        known[id] = (target, now + Self.memory)
    }

    mutating func forget(_ id: EndpointID) { known[id] = nil }
}

extension StoreTransaction {
    /// Nil for a deleted endpoint.
    func target(_ id: EndpointID, policy: EndpointURLPolicy) throws -> Target? {
        guard let endpoint = try endpoints.find(id, of: nil) else { return nil }
        guard let url = try? EndpointURL(endpoint.url, policy: policy) else {
            return Target(isEnabled: endpoint.state == .enabled, destination: .failure(.url))
        }
        let stored = try secrets.get(.signingSecret, of: .endpoint(id), as: OtherSecret.self)
        guard let stored, let secret = try? WebhookSecret(stored.secret) else {
            return Target(isEnabled: endpoint.state == .enabled, destination: .failure(.secret))
        }
        let chosen = try secrets.get(.dialectSecret, of: .endpoint(id), as: OtherSecret.self)
        return Target(
            isEnabled: endpoint.state == .enabled, destination: .success((url, secret)),
            dialect: (endpoint.format, chosen ?? stored))
    }
}

// SPDX-License-Identifier: Apache-2.0
package import Domain
import Store

extension Projects {
    /// What a client shows to be let in.
    package enum Credential: Sendable {
        case secret(AccessKeyID, OtherSecret)
        /// From an access token whose signature was checked.
        case token(AccessKeyID)
    }

    /// Who opened what. `project` is nil when the key does not open the one asked for, whether it exists or not.
    package struct Opening: Sendable {
        package let key: AccessKey
        package let project: Project?
        package let isWhatsAppEnabled: Bool

        package var principal: Principal {
            Principal(role: .partner, partnerID: key.partnerID, actor: String(key.id.rawValue.prefix(13)))
        }
    }

    /// Nil for an unknown or revoked key and a wrong secret alike. The same reads are made whatever is wrong, and the digests
    /// are compared in one time, so that the answer's time tells nothing.
    package func open(_ id: ProjectID?, with credential: Credential) async throws -> Opening? {
        let keyID: AccessKeyID
        var presented: [UInt8]?
        switch credential {
        case .secret(let id, let secret): (keyID, presented) = (id, Self.hash(secret.secret))
        case .token(let id): keyID = id
        }
        let (found, project, partner) = try await store.read { tx in
            let found = try tx.projects.accessKey(keyID)
            let project = try tx.projects.find(id ?? ProjectID(""))
            let partner = try tx.partners.find(found?.key.partnerID ?? PartnerID(""))
            return (found, project, partner)
        }
        let stored = found?.hash ?? [UInt8](repeating: 0, count: 32)
        let isRight = presented.map { Self.areEqual($0, stored) } ?? true
        guard isRight, let key = found?.key, key.revokedAt == nil else { return nil }
        return Opening(
            key: key, project: project.flatMap { key.opens($0) ? $0 : nil },
            isWhatsAppEnabled: partner?.isWhatsAppEnabled ?? false)
    }

    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    // MARK: Keys that sign access tokens

    /// A key that signs, or still verifies, access tokens.
    package struct TokenKey: Sendable {
        package let id: TokenKeyID
        package let secret: OtherSecret
    }

    /// Source: Sinch, OAuth 2.0 client credentials: `expires_in` 3600.
    package static let tokenLifetime: Duration = .seconds(3600)
    /// After this long a new key signs; the former one verifies on until its last token is over.
    package static let tokenKeyAge: Duration = .days(30)

    /// The machine's time: tokens are the machine's business, whatever the world's clock says.
    package var tokenTime: Timestamp { store.machineClock.now() }

    /// All that verify, the signing one first; made when there is none yet or it is old.
    package func tokenKeys(forSigning: Bool) async throws -> [TokenKey] {
        let now = tokenTime
        let since = now - (Self.tokenLifetime + .minutes(1))
        let known = try await store.read { try $0.projects.tokenKeys(retiredSince: since) }
        let isFresh = known.first.map { now - $0.createdAt < Self.tokenKeyAge } ?? false
        if isFresh || !forSigning { return known.map { TokenKey(id: $0.id, secret: $0.secret) } }
        return try await renewTokenKey(unlessNewerThan: now - Self.tokenKeyAge, since: since)
    }

    /// A new signing key at once: after a leak, or by habit. Former ones verify on until their last token is over.
    package func rotateTokenKey(by principal: Principal) async throws {
        try principal.requireOperator()
        _ = try await renewTokenKey(unlessNewerThan: tokenTime + .days(1), since: tokenTime)
        try await store.write { tx in
            try tx.activities.record(
                partner: nil, actor: principal.actor, action: "token_key.rotated", target: store.world)
        }
    }

    private func renewTokenKey(unlessNewerThan limit: Timestamp, since: Timestamp) async throws -> [TokenKey] {
        let now = tokenTime
        // 32 bytes: HMAC-SHA256 wants as many as its digest has.
        let secret = OtherSecret((0..<32).map { _ in Self.hex(UInt8.random(in: 0...255)) }.joined())
        let keys = try await store.write { tx in
            let known = try tx.projects.tokenKeys(retiredSince: since)
            if let newest = known.first, newest.createdAt > limit { return known }
            try tx.projects.insertTokenKey(TokenKeyID(at: now), secret: secret, at: now)
            return try tx.projects.tokenKeys(retiredSince: since)
        }
        return keys.map { TokenKey(id: $0.id, secret: $0.secret) }
    }

    private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}

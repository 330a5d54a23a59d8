// SPDX-License-Identifier: Apache-2.0
import Domain
import JWTKit
import Services
import Synchronization

/// Access tokens: JWTs that name an access key, signed with the world's newest key and verified with every key that may
/// still have signed one. Source: Sinch, OAuth 2.0; RFC 7519.
final class AccessTokens: Sendable {
    private struct Payload: JWTPayload {
        let subject: String
        let issuedAt: Int64
        let expiresAt: Int64

        enum CodingKeys: String, CodingKey {
            case subject = "sub"
            case issuedAt = "iat"
            case expiresAt = "exp"
        }

        /// The times are compared with the server's clock, by the caller.
        func verify(using algorithm: some JWTAlgorithm) {}
    }

    private struct Entry {
        let keys: [Projects.TokenKey]
        let until: Timestamp
    }

    /// Until a rotated key is noticed by other nodes.
    private static let memory: Duration = .seconds(2)
    private let known = Mutex<[String: Entry]>([:])

    func issue(for key: AccessKey, by projects: Projects) async throws -> String {
        let keys = try await projects.tokenKeys(forSigning: true)
        guard let newest = keys.first else { throw ServiceError.unavailable }
        let now = projects.tokenTime
        let payload = Payload(
            subject: key.id.rawValue, issuedAt: now.seconds, expiresAt: (now + Projects.tokenLifetime).seconds)
        let kid = JWKIdentifier(string: newest.id.rawValue)
        return try await Self.collection([newest]).sign(payload, kid: kid)
    }

    /// The access key that the token was issued to; nil for what this world did not sign, and for what is over.
    func verify(_ token: String, for projects: Projects) async throws -> AccessKeyID? {
        let collection = await Self.collection(try await keys(of: projects))
        guard let payload = try? await collection.verify(token, as: Payload.self) else { return nil }
        let now = projects.tokenTime.seconds
        guard payload.expiresAt > now, payload.issuedAt <= now + 60 else { return nil }
        return AccessKeyID(validating: payload.subject)
    }

    private func keys(of projects: Projects) async throws -> [Projects.TokenKey] {
        let now = projects.tokenTime
        if let entry = known.withLock({ $0[projects.world] }), entry.until > now { return entry.keys }
        let keys = try await projects.tokenKeys(forSigning: false)
        known.withLock { $0[projects.world] = Entry(keys: keys, until: now + Self.memory) }
        return keys
    }

    /// Without a default key: a token must name the one that signed it.
    private static func collection(_ keys: [Projects.TokenKey]) async -> JWTKeyCollection {
        let collection = JWTKeyCollection()
        for key in keys {
            await collection.add(
                hmac: HMACKey(from: key.secret.secret), digestAlgorithm: .sha256,
                kid: JWKIdentifier(string: key.id.rawValue))
        }
        return collection
    }
}

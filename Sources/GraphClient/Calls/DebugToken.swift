// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /debug_token?input_token=…` as the app: what Meta knows of a token. A hint, not a proof: in June 2026 Meta named
/// other scopes for valid tokens. Source: Meta, permissions; chatwoot#14690.
package struct DebugToken: GraphRequest {
    package static let operation = "debug_token"

    package let inspected: any BearerToken
    package let credential: GraphCredential

    /// As the app.
    package init(inspected: some BearerToken) {
        self.inspected = inspected
        credential = .appToken
    }

    package init(inspected: some BearerToken, token: SystemToken) {
        self.inspected = inspected
        credential = .bearer(token)
    }

    package var method: GraphMethod { .get }
    package var path: String { "debug_token" }
    package var query: [(String, String)] { [("input_token", inspected.secret)] }
    package var proof: GraphProof { .never }

    package struct Response: GraphObject {
        package let data: TokenFacts
    }
}

/// Members of `debug_token`'s `data`.
package struct TokenFacts: GraphObject {
    @Lenient package var appID: AppID?
    @Lenient package var type: String?
    @Lenient package var application: String?
    @Lenient package var userID: String?
    @Lenient package var isValid: Bool?
    @Lenient package var scopes: [String]?
    @Lenient package var granularScopes: [GranularScope]?
    /// Why the token is not valid.
    @Lenient package var error: Reason?
    @Lenient private var expiresAtSeconds: Int?
    @Lenient private var dataAccessExpiresAtSeconds: Int?
    @Lenient private var issuedAtSeconds: Int?

    package struct GranularScope: GraphObject {
        @Lenient package var scope: String?
        /// Newest first; nil when the permission is not limited to assets.
        @Lenient package var targetIDs: [String]?

        enum CodingKeys: String, CodingKey {
            case scope
            case targetIDs = "target_ids"
        }
    }

    package struct Reason: GraphObject {
        @Lenient package var code: Int?
        @Lenient package var subcode: Int?
    }

    enum CodingKeys: String, CodingKey {
        case type, application, scopes, error
        case appID = "app_id"
        case userID = "user_id"
        case isValid = "is_valid"
        case granularScopes = "granular_scopes"
        case expiresAtSeconds = "expires_at"
        case dataAccessExpiresAtSeconds = "data_access_expires_at"
        case issuedAtSeconds = "issued_at"
    }

    /// Nil for a token that never expires: Meta prints 0.
    package var expiresAt: Timestamp? { Self.moment(expiresAtSeconds) }
    package var dataAccessExpiresAt: Timestamp? { Self.moment(dataAccessExpiresAtSeconds) }
    package var issuedAt: Timestamp? { Self.moment(issuedAtSeconds) }

    /// The WABAs the token was given for, newest first, whichever WhatsApp scope names them.
    package var wabaIDs: [WABAID] {
        var ids: [WABAID] = []
        for scope in granularScopes ?? [] where scope.scope?.hasPrefix("whatsapp_business_") ?? false {
            for id in (scope.targetIDs ?? []).map(WABAID.init(rawValue:)) where !ids.contains(id) { ids.append(id) }
        }
        return ids
    }

    private static func moment(_ seconds: Int?) -> Timestamp? {
        seconds.flatMap { $0 > 0 ? Timestamp(seconds: Int64($0)) : nil }
    }
}

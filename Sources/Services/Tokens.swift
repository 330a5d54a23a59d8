// SPDX-License-Identifier: Apache-2.0
package import Domain
import GraphClient
package import OnboardingRunner
package import Store

/// The customers' business tokens. They never leave: what Meta says of one may be seen, the token itself may not.
package struct Tokens: Sendable {
    /// Source: Meta, debug_token.
    package struct Inspection: Sendable, Hashable {
        package struct Scope: Sendable, Hashable {
            package let name: String
            /// Newest first; nil where the permission is not limited to assets.
            package let targets: [String]?
        }

        package let wabaID: WABAID
        package let isValid: Bool
        package let type: String?
        package let appID: AppID?
        /// Whether the token belongs to the app that this WABA was onboarded with.
        package let isOurs: Bool
        package let scopes: [String]
        package let granularScopes: [Scope]
        /// Nil for a token that never expires.
        package let expiresAt: Timestamp?
        package let dataAccessExpiresAt: Timestamp?
        package let issuedAt: Timestamp?
        /// Why Meta calls it invalid.
        package let errorCode: Int?
        package let errorSubcode: Int?
    }

    private let store: Store
    private let directory: AppDirectory

    package init(store: Store, directory: AppDirectory) {
        self.store = store
        self.directory = directory
    }

    /// Asks Meta about the token that is kept for a WABA; what is learned of its expiry is watched from then on.
    package func inspect(_ waba: WABAID, for principal: Principal) async throws -> Inspection {
        let access = try await PhoneNumbers(store: store, directory: directory).access(to: waba, for: principal)
        let facts: TokenFacts
        do throws(GraphError) {
            facts = try await access.graph.send(DebugToken(inspected: access.token)).data
        } catch {
            let isRefusal = error.reach == .answered && (400..<500).contains(error.httpStatus ?? 0)
            throw isRefusal ? ServiceError.refusedByMeta(error) : .metaUnavailable(error)
        }
        let expiresAt = facts.expiresAt
        try await store.write { try $0.wabas.setTokenExpiry(expiresAt, of: waba) }
        return Inspection(
            wabaID: waba, isValid: facts.isValid ?? false, type: facts.type, appID: facts.appID,
            isOurs: facts.appID == access.waba.appID, scopes: facts.scopes ?? [],
            granularScopes: (facts.granularScopes ?? []).compactMap { scope in
                scope.scope.map { Inspection.Scope(name: $0, targets: scope.targetIDs) }
            },
            expiresAt: expiresAt, dataAccessExpiresAt: facts.dataAccessExpiresAt, issuedAt: facts.issuedAt,
            errorCode: facts.error?.code, errorSubcode: facts.error?.subcode)
    }
}

// SPDX-License-Identifier: Apache-2.0
package import Domain
import GraphClient
import OnboardingRunner
import Store

/// What a project asks of Meta in passing: analytics, tokens, the WABAs of a token.
package struct ProjectPlatform: Sendable {
    let desk: ProjectDesk

    /// For good: Meta knows no way back. Source: Sinch, enableTemplateAnalytics.
    package func enableTemplateAnalytics(_ scope: ProjectScope) async throws {
        let (waba, graph, token) = try await desk.customer(of: scope.project)
        do throws(GraphError) {
            _ = try await graph.send(EnableTemplateAnalytics(waba.id, token: token))
        } catch {
            if let code = error.code, (200_005...200_007).contains(code) { throw ProjectError.insightsUnavailable }
            throw Self.passing(error)
        }
        try await desk.store.write { tx in
            try tx.activities.record(
                partner: scope.project.partnerID, actor: scope.principal.actor, action: "template_analytics.enabled",
                target: waba.id.rawValue)
        }
    }

    /// The one call whose purpose it is to hand out a token of Meta: only where the operator allowed it, and written down.
    package func longLivedToken(
        code: SignupCode?, token: BusinessToken?, _ scope: ProjectScope
    ) async throws -> OtherSecret {
        let isGranted = try await desk.store.read {
            try $0.projects.isGranted(.longLivedTokens, to: scope.project.partnerID)
        }
        guard isGranted else { throw ProjectError.tokensNotGranted }
        let app = try await desk.app(of: scope.project)
        var short: BusinessToken
        if let token {
            short = token
        } else if let code {
            do throws(GraphError) {
                short = try await app.graph.send(ExchangeCode(code: code)).token
            } catch {
                throw desk.translated(error, invalid: .invalidCode)
            }
        } else {
            throw ServiceError.missing(field: "facebookCode")
        }
        do throws(GraphError) {
            short = try await app.graph.send(ExtendToken(token: short, setsExpiryIn60Days: true)).token
        } catch {
            throw desk.translated(error, invalid: .invalidToken)
        }
        try await desk.store.write { tx in
            try tx.activities.record(
                partner: scope.project.partnerID, actor: scope.principal.actor, action: "token.handed_out",
                target: scope.project.id.rawValue)
        }
        return OtherSecret(short.secret)
    }

    // MARK: The WABAs of a token

    package struct TokenWABA: Sendable, Hashable {
        package let id: WABAID
        package let name: String?
        package let numbers: [TokenNumber]
    }

    package struct TokenNumber: Sendable, Hashable {
        package let id: PhoneNumberID
        package let displayPhoneNumber: String?
        /// Whether it serves a project here already.
        package let isProvisioned: Bool
    }

    package func wabas(of token: BusinessToken, _ scope: ProjectScope) async throws -> [TokenWABA] {
        let graph = try await desk.app(of: scope.project).graph
        let found: [(WABAFacts, [PhoneNumberFacts])]
        do throws(GraphError) {
            let facts = try await graph.send(DebugToken(inspected: token)).data
            guard facts.isValid != false else {
                throw GraphError(
                    class: .permanent, reach: .answered, operation: DebugToken.operation, httpStatus: 400, code: 190,
                    message: "the token is not valid")
            }
            var wabas: [(WABAFacts, [PhoneNumberFacts])] = []
            for id in facts.wabaIDs.prefix(20) {
                let waba = try await graph.send(ReadWABA(id, token: token)).facts
                wabas.append((waba, try await graph.all(ListPhoneNumbers(of: id, token: token)).map(\.facts)))
            }
            found = wabas
        } catch {
            throw desk.translated(error, invalid: .invalidToken)
        }
        let known = try await desk.store.read { tx in
            Set(
                try found.flatMap(\.1).map(\.id).filter { id in
                    // Only what this partner may know of.
                    guard let sender = try tx.senders.find(number: id) else { return false }
                    return try tx.projects.find(sender.projectID)?.partnerID == scope.project.partnerID
                })
        }
        return found.map { waba, numbers in
            TokenWABA(
                id: waba.id, name: waba.name,
                numbers: numbers.map { number in
                    TokenNumber(
                        id: number.id, displayPhoneNumber: number.displayPhoneNumber,
                        isProvisioned: known.contains(number.id))
                })
        }
    }

    static func passing(_ error: GraphError) -> ServiceError {
        let isRefusal = error.reach == .answered && (400..<500).contains(error.httpStatus ?? 0)
        return isRefusal && error.class != .transient ? .refusedByMeta(error) : .metaUnavailable(error)
    }
}

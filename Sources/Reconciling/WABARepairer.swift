// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import OnboardingRunner

extension TokenAnswer {
    /// Nil when the token does not end.
    func expiry(now: Timestamp) -> Timestamp? { expiresIn.map { now + $0 } ?? expiresAt }
}

/// Repairs that change nothing a person has to decide; each may be done twice.
struct WABARepairer: Sendable {
    enum End: Sendable {
        case subscribed
        case overridden
        case token(BusinessToken, expiresAt: Timestamp?)
        /// Only our record changes.
        case gone
        case failed(String)
    }

    let app: AppContext
    let token: SystemToken
    let subject: Subject
    let now: Timestamp

    func perform(_ kind: DriftKind) async -> End {
        do throws(GraphError) {
            switch kind {
            case .unsubscribed: return try await subscribe()
            case .overrideLost: return try await override()
            case .tokenDead: return try await fetchToken()
            case .orphaned: return .gone
            case .missingHere, .foreign, .creditStillShared, .creditMissing, .numberDisconnected, .tokenExpiring,
                .unchecked:
                return .failed("a person has to decide")
            }
        } catch {
            return .failed(error.plainText)
        }
    }

    /// A plain subscription takes an override away, so the override follows. Source: pitfall P1.
    private func subscribe() async throws(GraphError) -> End {
        try await send(SubscribeApp(subject.record.waba.id, token: customerToken))
        if subject.record.callbackURI != nil, case .failed(let why) = try await override() { return .failed(why) }
        let isSubscribed = try await subscriptions().contains { $0.appID == app.app.id }
        return isSubscribed ? .subscribed : .failed("Meta does not show the subscription after it was made")
    }

    private func override() async throws(GraphError) -> End {
        guard let uri = subject.record.callbackURI, let verifyToken = subject.verifyToken else {
            return .failed("the callback's verify token is not kept")
        }
        try await send(
            OverrideCallback(
                subject.record.waba.id, callbackURI: uri, verifyToken: verifyToken, token: customerToken))
        let isInForce = try await subscriptions().contains { $0.appID == app.app.id && $0.callbackURI == uri }
        return isInForce ? .overridden : .failed("Meta does not show the override after it was set")
    }

    /// Fetching mints nothing. Source: Meta, hosted-es.
    private func fetchToken() async throws(GraphError) -> End {
        guard let business = subject.record.waba.businessID else { return .failed("the owning business is not known") }
        let answer = try await app.graph.send(
            FetchBusinessToken(businessID: business, token: token, systemUserID: app.app.systemUserID))
        _ = try await app.graph.send(ListSubscribedApps(subject.record.waba.id, token: answer.token))
        return .token(answer.token, expiresAt: answer.expiry(now: now))
    }

    private func subscriptions() async throws(GraphError) -> [ObservedWABA.Subscription] {
        try await app.graph.send(ListSubscribedApps(subject.record.waba.id, token: token)).subscriptions
    }

    private func send(_ request: some GraphRequest) async throws(GraphError) { _ = try await app.graph.send(request) }

    private var customerToken: BusinessToken { subject.token ?? BusinessToken(token.secret) }
}

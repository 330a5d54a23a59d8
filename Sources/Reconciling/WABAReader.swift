// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import OnboardingRunner
import Store

/// One of our records, with what is needed to ask Meta about it.
struct Subject: Sendable {
    let record: RecordedWABA
    let token: BusinessToken?
    let allocation: AllocationID?
    let verifyToken: OtherSecret?

    init(_ waba: WABA, in tx: StoreTransaction) throws {
        token = try tx.secrets.get(.businessToken, of: .waba(waba.id))
        let share = try tx.creditShares.find(waba.id)
        allocation = share?.allocationID
        let callback = waba.state.isHeld ? try tx.wabas.expectedCallback(of: waba) : nil
        verifyToken = try callback.flatMap { try tx.secrets.get(.callbackVerifyToken, of: .onboarding($0.onboarding)) }
        record = RecordedWABA(
            waba: waba,
            token: token == nil ? .none : .kept(expiresAt: try tx.wabas.tokenExpiry(of: waba.id)),
            credit: share.map(Self.credit) ?? .none, callbackURI: callback?.uri,
            numbers: waba.state.isHeld ? try tx.phoneNumbers.ofWABA(waba.id) : [],
            hasSibling: try tx.wabas.hasSibling(of: waba))
    }

    private static func credit(_ share: CreditShareTable.Share) -> RecordedWABA.Credit {
        switch share.state {
        case .intended: .intended
        case .shared, .revoking: .shared
        case .verified: .verified
        case .revoked: .none
        }
    }
}

/// The calls about one WABA: at most four, and none for one that left and owes nothing.
struct WABAReader: Sendable {
    let app: AppContext
    let token: SystemToken

    func read(_ subject: Subject) async throws(GraphError) -> ObservedWABA {
        var meta = ObservedWABA()
        let id = subject.record.waba.id
        guard subject.record.waba.state.isHeld else {
            if !subject.record.hasSibling { meta.allocation = try await allocation(of: subject) }
            return meta
        }
        do throws(GraphError) {
            let node = try await app.graph.send(
                ReadWABA(id, fields: WABAField.facts + [.primaryFundingID], token: token))
            meta.isShared = true
            meta.facts = node.facts
            meta.fundingID = node.primaryFundingID
        } catch  where error.isObjectNotVisible {
            meta.isShared = false
            meta.allocation = try await allocation(of: subject)
            return meta
        }
        try await readSubscriptions(subject, &meta)
        meta.numbers = try await app.graph.all(ListPhoneNumbers(of: id, token: token), limit: 500).map(\.facts)
        if subject.record.credit == .verified { meta.allocation = try await allocation(of: subject) }
        return meta
    }

    /// As the customer, because that shows whether the token works; as ourselves where it does not.
    private func readSubscriptions(_ subject: Subject, _ meta: inout ObservedWABA) async throws(GraphError) {
        let id = subject.record.waba.id
        if let business = subject.token {
            do throws(GraphError) {
                meta.subscriptions = try await app.graph.send(ListSubscribedApps(id, token: business)).subscriptions
                return
            } catch  where error.refusesToken {
                meta.refusesToken = true
            }
        }
        meta.subscriptions = try await app.graph.send(ListSubscribedApps(id, token: token)).subscriptions
    }

    private func allocation(of subject: Subject) async throws(GraphError) -> ObservedWABA.Allocation? {
        guard let id = subject.allocation else { return nil }
        do throws(GraphError) {
            let allocation = try await app.graph.send(
                ReadAllocation(id, fields: [.receivingCredential, .requestStatus], token: token))
            return allocation.isRevoked ? .revoked : .active(credential: allocation.receivingCredentialID)
        } catch  where error.isObjectNotVisible {
            return .revoked
        }
    }
}

extension GraphPage where Item == SubscribedApp {
    var subscriptions: [ObservedWABA.Subscription] {
        data.compactMap { app in
            app.appID.map { ObservedWABA.Subscription(appID: $0, callbackURI: app.overrideCallbackURI) }
        }
    }
}

extension GraphError {
    /// The customer's token is dead, or no longer opens the WABA that we see ourselves. Source: Meta, error codes.
    var refusesToken: Bool {
        guard reach == .answered else { return false }
        switch code {
        case 0, 10, 190: return true
        case .some(200...299): return true
        default: return isObjectNotVisible
        }
    }

    /// Our own token is refused: no page can go on.
    var isOfSystemToken: Bool { reach == .answered && (code == 190 || code == 0) }
}

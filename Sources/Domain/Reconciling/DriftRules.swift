// SPDX-License-Identifier: Apache-2.0

/// What our records say of one WABA, as far as Meta can be asked about it.
package struct RecordedWABA: Sendable {
    package enum Token: Sendable, Hashable {
        case none
        case kept(expiresAt: Timestamp?)
    }

    package enum Credit: Sendable, Hashable {
        case none
        /// Perhaps sent: settled by its onboarding, not here.
        case intended
        case shared
        case verified
    }

    package let waba: WABA
    package var token: Token
    package var credit: Credit
    /// The override that an onboarding set.
    package var callbackURI: String?
    package var numbers: [PhoneNumber]
    /// Whether another WABA of the same business is still held here: they share the allocation.
    package var hasSibling: Bool

    package init(
        waba: WABA, token: Token, credit: Credit = .none, callbackURI: String? = nil, numbers: [PhoneNumber] = [],
        hasSibling: Bool = false
    ) {
        self.waba = waba
        self.token = token
        self.credit = credit
        self.callbackURI = callbackURI
        self.numbers = numbers
        self.hasSibling = hasSibling
    }
}

/// What Meta answered about it; nil where it was not asked or could not say.
package struct ObservedWABA: Sendable {
    package struct Subscription: Sendable, Hashable {
        package let appID: AppID
        package let callbackURI: String?

        package init(appID: AppID, callbackURI: String? = nil) {
            self.appID = appID
            self.callbackURI = callbackURI
        }
    }

    package enum Allocation: Sendable, Hashable {
        case revoked
        case active(credential: String?)
    }

    package var isShared: Bool?
    package var facts: WABAFacts?
    package var fundingID: String?
    /// Meta refused the customer's token.
    package var refusesToken = false
    package var subscriptions: [Subscription]?
    package var numbers: [PhoneNumberFacts]?
    package var allocation: Allocation?

    package init() {}
}

/// One difference, before it is stored.
package struct DriftFinding: Sendable, Hashable {
    package let kind: DriftKind
    package var phoneNumberID: PhoneNumberID?
    package var detail: String?

    package init(_ kind: DriftKind, phoneNumberID: PhoneNumberID? = nil, detail: String? = nil) {
        self.kind = kind
        self.phoneNumberID = phoneNumberID
        self.detail = detail
    }
}

/// Which differences stand between a record and what Meta answered. Pure.
package struct DriftRules: Sendable {
    /// A token that ends sooner than this is told of.
    package var tokenWarning: Duration

    package init(tokenWarning: Duration = .days(14)) { self.tokenWarning = tokenWarning }

    package func findings(_ record: RecordedWABA, _ meta: ObservedWABA, now: Timestamp) -> [DriftFinding] {
        guard record.waba.state.isHeld else { return leftCredit(record, meta) }
        if meta.isShared == false { return [DriftFinding(.orphaned)] + leftCredit(record, meta) }
        return token(record, meta, now) + subscription(record, meta) + credit(record, meta) + numbers(record, meta)
    }

    private func token(_ record: RecordedWABA, _ meta: ObservedWABA, _ now: Timestamp) -> [DriftFinding] {
        switch record.token {
        case .none:
            // Ownership is proven before the token is fetched: a run on its way lacks one for a moment.
            return record.waba.state == .onboarding ? [] : [DriftFinding(.tokenDead, detail: "no token is kept")]
        case .kept(let expiresAt):
            if meta.refusesToken { return [DriftFinding(.tokenDead, detail: "Meta refuses it")] }
            guard let expiresAt else { return [] }
            if expiresAt <= now { return [DriftFinding(.tokenDead, detail: "it ended at \(expiresAt)")] }
            guard expiresAt - now < tokenWarning else { return [] }
            return [DriftFinding(.tokenExpiring, detail: "it ends at \(expiresAt)")]
        }
    }

    /// A WABA that was never subscribed (a tp-signup without `auto_subscribe`) is none of ours to subscribe.
    private func subscription(_ record: RecordedWABA, _ meta: ObservedWABA) -> [DriftFinding] {
        guard record.waba.isSubscribed, let subscriptions = meta.subscriptions else { return [] }
        guard let own = subscriptions.first(where: { $0.appID == record.waba.appID }) else {
            return [DriftFinding(.unsubscribed)]
        }
        guard let expected = record.callbackURI, own.callbackURI != expected else { return [] }
        return [DriftFinding(.overrideLost, detail: own.callbackURI ?? "no override")]
    }

    private func credit(_ record: RecordedWABA, _ meta: ObservedWABA) -> [DriftFinding] {
        guard record.credit == .verified, let allocation = meta.allocation else { return [] }
        switch allocation {
        case .revoked: return [DriftFinding(.creditMissing, detail: "the allocation is revoked")]
        case .active(let credential):
            guard credential == nil || credential != meta.fundingID else { return [] }
            return [DriftFinding(.creditMissing, detail: meta.fundingID ?? "the WABA has no funding")]
        }
    }

    /// The allocation is the business's: while another of its WABAs is held here it must stay.
    private func leftCredit(_ record: RecordedWABA, _ meta: ObservedWABA) -> [DriftFinding] {
        guard !record.hasSibling, case .active = meta.allocation else { return [] }
        return [DriftFinding(.creditStillShared)]
    }

    /// Only numbers that can send by our record: others are an onboarding's business, or were deregistered on purpose.
    private func numbers(_ record: RecordedWABA, _ meta: ObservedWABA) -> [DriftFinding] {
        guard let observed = meta.numbers else { return [] }
        return record.numbers.filter(\.facts.isConnected).compactMap { number in
            guard let now = observed.first(where: { $0.id == number.id }) else {
                return DriftFinding(.numberDisconnected, phoneNumberID: number.id, detail: "no longer on the WABA")
            }
            guard now.status != "CONNECTED" else { return nil }
            return DriftFinding(.numberDisconnected, phoneNumberID: number.id, detail: now.status)
        }
    }
}

extension WABA.State {
    /// Whether the customer is ours: a run brings the WABA aboard, or it works, or Meta holds it back.
    package var isHeld: Bool {
        switch self {
        case .onboarding, .live, .restricted: true
        case .disconnected, .deleted, .offboarded: false
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import Store

/// Writes what a finished step learned, in the transaction that finishes it.
struct Applier {
    let tx: StoreTransaction

    /// Returns what the step becomes instead, when a fact of ours stands against the result.
    func apply(_ changes: [OnboardingChange], to onboarding: inout Onboarding) throws -> StepOutcome? {
        for change in changes {
            if let refusal = try apply(change, to: &onboarding) { return refusal }
        }
        return nil
    }

    private func apply(_ change: OnboardingChange, to onboarding: inout Onboarding) throws -> StepOutcome? {
        switch change {
        case .businessToken(let token, let expiresAt): try keep(token, expiresAt: expiresAt, for: onboarding)
        case .sibling(let id, let waba): try beget(id, for: waba, by: onboarding)
        case .business(let id, _): onboarding.businessID = id
        case .wabaProven(let facts, let evidence): return try own(facts, evidence, for: &onboarding)
        case .phoneNumber(let facts, let isChosen): try note(facts, isChosen: isChosen, in: &onboarding)
        case .creditAllocated(let allocation):
            guard let waba = onboarding.wabaID else { break }
            try tx.creditShares.setAllocated(waba, allocation: allocation, by: onboarding.id)
        case .creditShared(let allocation):
            if let waba = onboarding.wabaID { try tx.creditShares.setShared(waba, allocation: allocation) }
        case .creditVerified: if let waba = onboarding.wabaID { try tx.creditShares.setVerified(waba) }
        case .registered(let number): try registered(number, by: onboarding)
        case .syncRequested(let number, let kind, let request):
            try tx.businessAppSyncs.setRequested(number, kind, requestID: request)
        case .numberVerified(let number):
            try tx.phoneNumbers.setVerified(number)
            try tx.secrets.remove(.verificationCode, of: .onboarding(onboarding.id))
        case .testMessageSent(let id): try tx.testMessages.setSent(onboarding.id, message: id)
        case .subscribed: if let waba = onboarding.wabaID { try tx.wabas.setSubscribed(true, of: waba) }
        case .codeSpent: try tx.secrets.remove(.signupCode, of: .onboarding(onboarding.id))
        case .wentLive: try goLive(onboarding)
        case .unsubscribed: if let waba = onboarding.wabaID { try tx.wabas.setSubscribed(false, of: waba) }
        case .deregistered(let numbers): for number in numbers { try tx.phoneNumbers.setDeregistered(number) }
        case .creditRevoked(let allocation): try tx.creditShares.setRevoked(allocation)
        case .tokenForgotten: try forgetToken(of: onboarding)
        case .offboarded: try offboard(onboarding)
        }
        return nil
    }

    private func keep(_ token: BusinessToken, expiresAt: Timestamp?, for onboarding: Onboarding) throws {
        try tx.secrets.put(token, as: .businessToken, of: .onboarding(onboarding.id))
        guard let waba = onboarding.provenWABAID else { return }
        try tx.secrets.put(token, as: .businessToken, of: .waba(waba))
        try tx.wabas.setTokenExpiry(expiresAt, of: waba)
    }

    private func own(
        _ facts: WABAFacts, _ evidence: OwnershipEvidence, for onboarding: inout Onboarding
    ) throws -> StepOutcome? {
        if let other = try tx.onboardings.openRun(of: facts.id, except: onboarding.id) {
            let isOurs = try tx.onboardings.find(other, of: onboarding.partnerID) != nil
            return isOurs
                ? .needsAction(.anotherRunOpen, detail: other.rawValue)
                : .needsAction(.wabaOwnedByAnotherPartner, detail: nil)
        }
        let isOwned = try tx.wabas.own(
            facts, by: onboarding.partnerID, customer: onboarding.customerID, app: onboarding.appID, evidence: evidence)
        guard isOwned else { return .needsAction(.wabaOwnedByAnotherPartner, detail: nil) }
        onboarding.provenWABAID = facts.id
        onboarding.evidence = evidence
        if let business = facts.businessID { onboarding.businessID = business }
        if let token: BusinessToken = try tx.secrets.get(.businessToken, of: .onboarding(onboarding.id)) {
            try tx.secrets.put(token, as: .businessToken, of: .waba(facts.id))
            try tx.wabas.setTokenExpiry(TokenExpiry.read(from: onboarding), of: facts.id)
        }
        return nil
    }

    /// Not when the run was cancelled or stopped while its last step ran.
    private func goLive(_ onboarding: Onboarding) throws {
        guard onboarding.state.isOpen, onboarding.state != .actionRequired else { return }
        if let waba = onboarding.provenWABAID { try tx.wabas.setLive(waba) }
    }

    /// Every copy: the WABA's and those of the runs that brought it.
    private func forgetToken(of onboarding: Onboarding) throws {
        guard let waba = onboarding.provenWABAID else { return }
        try tx.secrets.remove(.businessToken, of: .waba(waba))
        try tx.wabas.setTokenExpiry(nil, of: waba)
        for run in try tx.onboardings.runs(of: waba, partner: onboarding.partnerID) {
            try tx.secrets.remove(.businessToken, of: .onboarding(run))
        }
    }

    private func offboard(_ onboarding: Onboarding) throws {
        guard onboarding.state.isOpen, onboarding.state != .actionRequired, let waba = onboarding.provenWABAID
        else { return }
        try tx.wabas.setState(.offboarded, of: waba)
        try tx.onboardings.endLive(of: waba, partner: onboarding.partnerID)
    }

    private func note(_ facts: PhoneNumberFacts, isChosen: Bool, in onboarding: inout Onboarding) throws {
        guard let waba = onboarding.provenWABAID else { return }
        try tx.phoneNumbers.upsert(facts, waba: waba, partner: onboarding.partnerID)
        if facts.isOnBusinessApp == true {
            try tx.businessAppSyncs.open(
                facts.id, waba: waba, partner: onboarding.partnerID,
                onboardedAt: facts.lastOnboardedAt ?? onboarding.createdAt)
        }
        guard isChosen else { return }
        onboarding.phoneNumberID = facts.id
        onboarding.phoneNumber = facts.e164 ?? onboarding.phoneNumber
    }

    /// The PIN now belongs to the number: a later registration must repeat it.
    private func registered(_ number: PhoneNumberID, by onboarding: Onboarding) throws {
        try tx.phoneNumbers.setRegistered(number)
        guard let pin: RegistrationPIN = try tx.secrets.get(.pin, of: .onboarding(onboarding.id)) else { return }
        try tx.secrets.put(pin, as: .pin, of: .phoneNumber(number))
        let isForAll = onboarding.input.options.registersEveryNumber && onboarding.input.givesPIN == true
        if isForAll, try !RegisterPhoneNumberStep.unregistered(tx, onboarding).isEmpty { return }
        try tx.secrets.remove(.pin, of: .onboarding(onboarding.id))
    }
}

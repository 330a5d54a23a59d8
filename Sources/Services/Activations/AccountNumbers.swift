// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// What an account may do with its numbers. It reaches the WABAs of its customer, or of its partner where it speaks for it as a
/// whole; everything else looks like nothing.
package struct AccountNumbers: Sendable {
    package typealias Session = ActivationAccounts.Session

    package struct Shown: Sendable {
        package let number: PhoneNumber
        /// Where its messages are told; nil: nowhere of its own.
        package let incomingURL: String?
    }

    /// What may be changed about a number.
    package struct Change: Sendable, Hashable {
        package var profile: NumberProfile
        /// Empty: its messages are told nowhere any more. Nil: as before.
        package var incomingURL: String?

        package init(profile: NumberProfile = NumberProfile(), incomingURL: String? = nil) {
            self.profile = profile
            self.incomingURL = incomingURL
        }

        package var isEmpty: Bool { profile.isEmpty && incomingURL == nil }
    }

    private let store: Store
    private let phoneNumbers: PhoneNumbers
    private let endpoints: Endpoints

    package init(store: Store, phoneNumbers: PhoneNumbers, endpoints: Endpoints) {
        self.store = store
        self.phoneNumbers = phoneNumbers
        self.endpoints = endpoints
    }

    // MARK: Finding

    package func waba(_ id: WABAID, for session: Session) async throws -> WABA {
        guard let waba = try await store.read({ try $0.wabas.find(id) }), reaches(waba, session) else {
            throw ServiceError.wabaNotFound
        }
        return waba
    }

    /// The WABA that a number is added to when none is named: that of the account's activation, else the only live one.
    package func channel(for session: Session) async throws -> WABA {
        let account = session.account
        let found = try await store.read { tx -> [WABA] in
            if let run = try tx.activations.open(of: account.sid)?.onboardingID.flatMap({ try tx.onboardings.find($0) }
            ),
                let waba = try run.provenWABAID.flatMap({ try tx.wabas.find($0, of: account.partnerID) })
            {
                return [waba]
            }
            let filter = WABATable.Filter(partner: account.partnerID, customer: account.customerID)
            return try tx.wabas.page(filter, PageRequest(limit: 100)).items
        }
        let live = found.filter { $0.state == .live }
        guard let waba = live.first, live.count == 1 else { throw ServiceError.wabaNotFound }
        return waba
    }

    /// By E.164.
    package func find(number: String, for session: Session) async throws -> PhoneNumber {
        let found = try await store.read { tx in
            try tx.phoneNumbers.find(number: number, of: session.account.partnerID).filter { number in
                try tx.wabas.find(number.wabaID).map { reaches($0, session) } ?? false
            }
        }
        guard let number = found.first else { throw ServiceError.phoneNumberNotFound }
        return number
    }

    /// A number of a WABA, by Meta's id.
    package func find(_ id: PhoneNumberID, on waba: WABAID, for session: Session) async throws -> PhoneNumber {
        let waba = try await self.waba(waba, for: session)
        let number = try await phoneNumbers.find(id, for: session.principal)
        guard number.wabaID == waba.id else { throw ServiceError.phoneNumberNotFound }
        return number
    }

    private func reaches(_ waba: WABA, _ session: Session) -> Bool {
        waba.partnerID == session.account.partnerID
            && (session.account.customerID == nil || waba.customerID == session.account.customerID)
    }

    package func shown(_ number: PhoneNumber) async throws -> Shown {
        Shown(number: number, incomingURL: try await incomingURL(of: number.facts, partner: number.partnerID))
    }

    /// Where the messages of a number are told; nil: nowhere of its own.
    package func incomingURL(of facts: PhoneNumberFacts, partner: PartnerID) async throws -> String? {
        guard let digits = facts.e164 else { return nil }
        return try await store.read { try $0.endpoints.find(phoneNumber: digits, of: partner) }?.url
    }

    // MARK: Changing

    /// Puts a number on the WABA and lets Meta send it a code. The profile waits until the number is registered.
    package func add(
        _ addition: PhoneNumbers.Addition, _ change: Change, codeBy method: PhoneNumbers.CodeMethod, to waba: WABA,
        for session: Session
    ) async throws -> Shown {
        try judge(change)
        let added = try await phoneNumbers.add(addition, to: waba.id, by: session.principal).number
        try await attach(change.incomingURL, to: added, of: waba, session)
        if !change.profile.isEmpty {
            try await store.write { try $0.phoneNumbers.wish(change.profile, for: added.id) }
        }
        if added.facts.codeVerificationStatus != "VERIFIED" {
            try await requestCode(added, method, for: session)
        }
        return try await shown(added)
    }

    package func requestCode(
        _ number: PhoneNumber, _ method: PhoneNumbers.CodeMethod, for session: Session
    ) async throws {
        _ = try await phoneNumbers.requestCode(number.id, method: method, language: "en_US", by: session.principal)
    }

    /// Verifies the number, registers it with a PIN that is made and sealed here, then writes the profile that waits for it.
    /// Each part is skipped where it was done before, so that the same request may come again.
    package func verify(_ number: PhoneNumber, code: OtherSecret, for session: Session) async throws -> Shown {
        var number = number
        if number.facts.codeVerificationStatus != "VERIFIED" {
            number = try await phoneNumbers.verifyCode(number.id, code: code, by: session.principal)
        }
        if !number.facts.isConnected {
            number = try await phoneNumbers.register(number.id, pin: nil, region: nil, by: session.principal)
        }
        try await grantWish(of: number, with: NumberProfile(), session)
        return try await shown(number)
    }

    package func update(_ number: PhoneNumber, _ change: Change, for session: Session) async throws -> Shown {
        try judge(change)
        let waba = try await waba(number.wabaID, for: session)
        if !change.profile.isEmpty { try await grantWish(of: number, with: change.profile, session) }
        try await attach(change.incomingURL, to: number, of: waba, session)
        return try await shown(number)
    }

    private func grantWish(
        of number: PhoneNumber, with newer: NumberProfile, _ session: Session
    ) async throws {
        let wish = try await store.read { try $0.phoneNumbers.wish(for: number.id) }
        let profile = (wish ?? NumberProfile()).merged(with: newer)
        guard !profile.isEmpty else { return }
        try await phoneNumbers.updateProfile(number.id, profile, by: session.principal)
        if wish != nil { try await store.write { try $0.phoneNumbers.forgetWish(for: number.id) } }
    }

    private func judge(_ change: Change) throws(ServiceError) {
        guard let url = change.incomingURL, !url.isEmpty, let trouble = endpoints.trouble(with: url) else { return }
        throw .invalid(field: "incoming_url", message: trouble)
    }

    private func attach(_ url: String?, to number: PhoneNumber, of waba: WABA, _ session: Session) async throws {
        guard let url, let digits = number.facts.e164 else { return }
        let secret = endpoints.newSecret()
        try await store.write { tx in
            try endpoints.attach(
                url, toMessagesOf: digits, of: number.partnerID, customer: waba.customerID, secret: secret,
                actor: session.principal.actor, in: tx)
        }
    }
}

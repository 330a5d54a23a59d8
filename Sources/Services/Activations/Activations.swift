// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// Requests to bring a business aboard, with a certificate for the operator to look at.
package struct Activations: Sendable {
    /// A request with the run that its approval began.
    package struct Followed: Sendable {
        package let activation: Activation
        package let onboarding: Onboarding?
    }

    let store: Store
    let vault: CertificateVault
    let onboardings: Onboardings
    let endpoints: Endpoints

    package init(store: Store, vault: CertificateVault, onboardings: Onboardings, endpoints: Endpoints) {
        self.store = store
        self.vault = vault
        self.onboardings = onboardings
        self.endpoints = endpoints
    }

    /// An upload that begins; hand it to ``submit(_:certificate:by:)`` or discard it.
    package func receiveCertificate() -> CertificateDraft { vault.receive() }

    /// Stores the request: first the certificate, durably, then the row that names it. Whatever is refused leaves neither. When the
    /// database does not say whether the row was written, the certificate stays for ``sweepCertificates(olderThan:)``.
    /// Throws ``CertificateDraft/Fault`` and `activationExists`.
    package func submit(
        _ request: ActivationRequest, certificate draft: CertificateDraft, by session: ActivationAccounts.Session
    ) async throws -> Activation {
        let certificate: Certificate
        do {
            try await draft.check()
            try await checkAllowed(request, session)
            certificate = try await draft.finish()
        } catch {
            await draft.discard()
            throw error
        }
        do {
            return try await insert(ActivationID(at: store.clock.now()), request, certificate, session)
        } catch let error as ServiceError {
            await draft.discard()
            throw error
        }
    }

    private func checkAllowed(_ request: ActivationRequest, _ session: ActivationAccounts.Session) async throws {
        guard session.account.isVerified else { throw ServiceError.accountNotVerified }
        if let url = request.incomingURL, let trouble = endpoints.trouble(with: url) {
            throw ServiceError.invalid(field: "incoming_url", message: trouble)
        }
        let account = session.account
        let isBlocked = try await store.read { tx in try Self.isBlocked(account, in: tx) }
        guard !isBlocked else { throw ServiceError.activationExists }
    }

    /// One open request per account, and none while the account's customer has a live WABA.
    private static func isBlocked(_ account: ActivationAccount, in tx: StoreTransaction) throws -> Bool {
        if let open = try tx.activations.open(of: account.sid) {
            guard open.state == .approved, let run = try open.onboardingID.flatMap({ try tx.onboardings.find($0) }),
                run.state.hasEndedWithoutChannel
            else { return true }
        }
        guard let customer = account.customerID else { return false }
        let filter = WABATable.Filter(partner: account.partnerID, customer: customer)
        let wabas = try tx.wabas.page(filter, PageRequest(limit: 100))
        return wabas.items.contains { $0.state == .live || $0.state == .restricted }
    }

    private func insert(
        _ id: ActivationID, _ request: ActivationRequest, _ certificate: Certificate,
        _ session: ActivationAccounts.Session
    ) async throws -> Activation {
        let account = session.account
        let actor = session.principal.actor
        return try await store.write { tx in
            guard try !Self.isBlocked(account, in: tx) else { throw ServiceError.activationExists }
            if var former = try tx.activations.open(of: account.sid) {
                former.state = .closed
                try tx.activations.save(former)
            }
            let draft = Activation(
                id: id, sid: account.sid, partnerID: account.partnerID, request: request, certificate: certificate,
                createdAt: tx.now)
            guard let stored = try tx.activations.insert(draft) else { throw ServiceError.activationExists }
            try tx.activities.record(
                partner: account.partnerID, actor: actor, action: "activation.submitted", target: id.rawValue)
            return stored
        }
    }

    // MARK: Looking

    package func find(_ id: ActivationID, for principal: Principal) async throws -> Followed {
        let found = try await store.read { tx -> Followed? in
            try tx.activations.find(id, of: principal.partnerID).map { try Self.follow($0, in: tx) }
        }
        guard let found else { throw ServiceError.activationNotFound }
        return found
    }

    /// The account's newest request, if it ever made one.
    package func latest(of account: ActivationAccount) async throws -> Followed? {
        try await store.read { tx in
            try tx.activations.latest(of: account.sid).map { try Self.follow($0, in: tx) }
        }
    }

    package func list(
        state: ActivationState? = nil, sid: AccountSID? = nil, _ request: PageRequest, for principal: Principal
    ) async throws -> Page<Followed> {
        try await store.read { tx in
            try tx.activations.page(of: principal.partnerID, state: state, sid: sid, request)
                .map { try Self.follow($0, in: tx) }
        }
    }

    private static func follow(_ activation: Activation, in tx: StoreTransaction) throws -> Followed {
        Followed(
            activation: activation, onboarding: try activation.onboardingID.flatMap { try tx.onboardings.find($0) })
    }

    /// The certificate's bytes, for the operator alone.
    package func certificate(of id: ActivationID, by principal: Principal) async throws -> (Certificate, [UInt8]) {
        try principal.requireOperator()
        let certificate = try await find(id, for: principal).activation.certificate
        guard let bytes = try await vault.read(certificate) else { throw ServiceError.activationNotFound }
        try await store.write { tx in
            try tx.activities.record(
                partner: nil, actor: principal.actor, action: "activation.certificate_read", target: id.rawValue)
        }
        return (certificate, bytes)
    }

    /// Removes what was begun at least `age` ago and that no row names: what a crash left between certificate and row.
    package func sweepCertificates(olderThan age: Duration) async throws { try await vault.sweep(olderThan: age) }
}

extension OnboardingState {
    /// Ended, and no number can send: another request may be made.
    fileprivate var hasEndedWithoutChannel: Bool {
        switch self {
        case .failed, .cancelled, .offboarded: true
        case .running, .waiting, .actionRequired, .live: false
        }
    }
}

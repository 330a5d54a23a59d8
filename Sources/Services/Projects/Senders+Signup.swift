// SPDX-License-Identifier: Apache-2.0
package import Domain
import DurableWork
import GraphClient
import OnboardingRunner
import Store

extension Senders {
    /// A sender that Embedded Signup brings: with a code, a token, or neither (a number of the project's own WABA).
    package struct SignupDraft: Sendable {
        package var wabaID: WABAID?
        package var phoneNumberID: PhoneNumberID?
        package var code: SignupCode?
        package var token: BusinessToken?
        package var businessManager = "SINCH_UK"
        package var region: String?
        package var storageCountry: String?
        package var profile = SenderProfile()

        package init() {}
    }

    package func signUp(_ draft: SignupDraft, _ scope: ProjectScope) async throws -> Shown {
        _ = try await list(scope)
        var draft = draft
        if let token = draft.token { try await settleClaims(of: &draft, token, scope) }
        try await check(draft, scope)
        guard draft.code != nil || draft.token != nil else { return try await register(draft, scope) }
        var request = Onboardings.Request(customerID: scope.project.customerID, plan: .embeddedSignup)
        request.code = draft.code
        request.token = draft.token
        request.wabaID = draft.wabaID
        request.phoneNumberID = draft.phoneNumberID
        request.region = draft.storageCountry
        let id = SenderID(at: store.clock.now())
        let settled = draft
        _ = try await onboardings.begin(
            request, by: scope.principal,
            with: { tx, onboarding in
                try check(settled, scope, in: tx)
                try tx.senders.forgetDeletedAccount(of: scope.project.id)
                var sender = self.sender(id, settled, scope, at: tx.now)
                sender.phase = .run
                sender.onboardingID = onboarding.id
                try tx.senders.save(sender)
                try tx.projects.note(.created, of: sender, in: scope.project, actor: scope.principal.actor)
            })
        return try await find(id, scope)
    }

    private func sender(
        _ id: SenderID, _ draft: SignupDraft, _ scope: ProjectScope, at now: Timestamp
    ) -> Sender {
        var sender = Sender(
            id: id, projectID: scope.project.id, phase: .adding, businessManager: draft.businessManager, createdAt: now)
        sender.wabaID = draft.wabaID
        sender.claimedNumberID = draft.phoneNumberID
        sender.region = draft.region
        sender.storageCountry = draft.storageCountry
        if draft.profile != SenderProfile() {
            sender.pending = Sender.Pending(status: .inProgress, changes: SenderChanges(draft.profile))
        }
        return sender
    }

    // MARK: What stands against it

    private func check(_ draft: SignupDraft, _ scope: ProjectScope) async throws {
        try await store.read { try check(draft, scope, in: $0) }
    }

    /// Only what belongs to this partner is told apart: another partner's WABA shows once proof fails, as for anybody.
    private func check(_ draft: SignupDraft, _ scope: ProjectScope, in tx: StoreTransaction) throws {
        let others = try tx.senders.all(of: scope.project.id).filter { $0.isLiveOrPending }
        let account = try tx.senders.account(of: scope.project.id).map {
            try tx.senders.snapshot($0, of: scope.project)
        }
        if let waba = draft.wabaID {
            let own = account?.waba?.id ?? others.compactMap(\.wabaID).first
            if let own, own != waba { throw ProjectError.anotherWABA }
            let known = try tx.wabas.find(waba, of: scope.project.partnerID)
            if let known, known.customerID != scope.project.customerID { throw ProjectError.wabaUsed }
            if known == nil, draft.code == nil, draft.token == nil { throw ProjectError.wabaNotFound }
        }
        if let account, account.account.businessManager != draft.businessManager, !account.account.isEmbeddedSignup {
            throw ProjectError.anotherBusinessManager
        }
        guard let number = draft.phoneNumberID else { return }
        if others.contains(where: { $0.phoneNumberID == number || $0.claimedNumberID == number }) {
            throw ProjectError.numberUsed
        }
        if let known = try tx.senders.find(number: number), known.projectID != scope.project.id,
            try tx.projects.find(known.projectID)?.partnerID == scope.project.partnerID
        {
            throw ProjectError.numberProvisioned
        }
    }

    /// A token tells by itself which WABA and number are meant. Source: Sinch, deprecated sender creation.
    private func settleClaims(
        of draft: inout SignupDraft, _ token: BusinessToken, _ scope: ProjectScope
    ) async throws {
        let app = try await desk.app(of: scope.project)
        let facts: TokenFacts
        do throws(GraphError) {
            facts = try await app.graph.send(DebugToken(inspected: token)).data
        } catch {
            throw desk.translated(error, invalid: .invalidToken)
        }
        guard facts.isValid != false else { throw ProjectError.invalidToken }
        if let named = draft.wabaID {
            guard facts.wabaIDs.isEmpty || facts.wabaIDs.contains(named) else { throw ProjectError.wabaNotFound }
        } else {
            guard facts.wabaIDs.count <= 1 else { throw ProjectError.tooManyWABAs }
            guard let only = facts.wabaIDs.first else { throw ProjectError.wabaNotFound }
            draft.wabaID = only
        }
        guard draft.phoneNumberID == nil, let waba = draft.wabaID else { return }
        let numbers: [PhoneNumberID]
        do throws(GraphError) {
            numbers = try await app.graph.all(ListPhoneNumbers(of: waba, token: token)).map(\.id)
        } catch {
            throw desk.translated(error, invalid: .invalidToken)
        }
        let taken = try await store.read { tx in
            Set(try tx.senders.all(of: scope.project.id).compactMap { $0.phoneNumberID ?? $0.claimedNumberID })
        }
        let free = numbers.filter { !taken.contains($0) }
        if free.isEmpty, !numbers.isEmpty { throw ProjectError.allNumbersProvisioned }
        if free.count == 1 { draft.phoneNumberID = free[0] }
    }

    // MARK: A further number of the project's own WABA

    private func register(_ draft: SignupDraft, _ scope: ProjectScope) async throws -> Shown {
        guard let waba = draft.wabaID, let number = draft.phoneNumberID else { throw ProjectError.wabaNotFound }
        let listed = try await phoneNumbers.atMeta(waba: waba, for: scope.principal)
        guard let facts = listed.first(where: { $0.facts.id == number })?.facts else { throw ProjectError.wabaNotFound }
        let id = SenderID(at: store.clock.now())
        try await store.write { tx in
            try check(draft, scope, in: tx)
            try tx.phoneNumbers.upsert(facts, waba: waba, partner: scope.project.partnerID)
            var sender = self.sender(id, draft, scope, at: tx.now)
            sender.phoneNumberID = number
            try tx.senders.save(sender)
            try tx.projects.note(.created, of: sender, in: scope.project, actor: scope.principal.actor)
        }
        try await goLive(id, scope)
        return try await find(id, scope)
    }
}

extension SenderChanges {
    package init(_ profile: SenderProfile) {
        self.init(
            Dictionary(
                uniqueKeysWithValues: SenderField.allCases.compactMap { field in
                    profile[field].map { (field, Optional($0)) }
                }))
    }
}

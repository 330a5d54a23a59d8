// SPDX-License-Identifier: Apache-2.0
package import Domain
import DurableWork
import Store

extension Senders {
    /// A number that the customer has and that is put on the project's WABA: verified by a code afterwards.
    package struct NumberDraft: Sendable {
        package let countryCode: String
        package let number: String?
        package var isDraft = false
        package var savesDraftOnFailure = false
        package var profile = SenderProfile()
        package var region: String?
        package var storageCountry: String?

        package init(countryCode: String, number: String?) {
            self.countryCode = countryCode
            self.number = number
        }
    }

    package func create(_ draft: NumberDraft, _ scope: ProjectScope) async throws -> Shown {
        _ = try await list(scope)
        let id = SenderID(at: store.clock.now())
        let isSubmitted = try await store.write { tx in
            let account = try tx.senders.account(of: scope.project.id)
            let waba = try account.flatMap { try tx.senders.snapshot($0, of: scope.project).waba }
            let others = try tx.senders.all(of: scope.project.id).filter { $0.isLiveOrPending }
            let isTaken = others.contains { $0.countryCode == draft.countryCode && $0.number == draft.number }
            guard draft.number == nil || !isTaken else { throw ProjectError.numberUsed }
            guard waba != nil || draft.isDraft || draft.savesDraftOnFailure else { throw ProjectError.wabaNotFound }
            let submits = waba != nil && !draft.isDraft
            var sender = Sender(
                id: id, projectID: scope.project.id, phase: submits ? .adding : .draft,
                businessManager: account?.businessManager ?? "SINCH_UK", createdAt: tx.now)
            sender.wabaID = waba?.id
            (sender.countryCode, sender.number) = (draft.countryCode, draft.number)
            sender.provider = "CUSTOMER"
            (sender.region, sender.storageCountry) = (draft.region, draft.storageCountry)
            sender.profile[.displayName] = draft.profile[.displayName]
            sender.pending = Sender.Pending(
                status: submits ? .inProgress : .draft, changes: SenderChanges(draft.profile))
            try tx.senders.save(sender)
            try tx.projects.note(.created, of: sender, in: scope.project, actor: scope.principal.actor)
            if !submits { try tx.projects.note(.draft, of: sender, in: scope.project) }
            return submits
        }
        if isSubmitted { try await submit(id, savesDraft: draft.savesDraftOnFailure, scope) }
        return try await find(id, scope)
    }

    /// Adds the number at Meta and writes what became of it. The intent (`adding`) is stored already.
    func submit(_ id: SenderID, savesDraft: Bool, _ scope: ProjectScope) async throws {
        let sender = try await store.read { try self.sender(id, scope, in: $0) }
        let result: Result<PhoneNumber, ServiceError>
        do {
            guard let waba = sender.wabaID else { throw ServiceError.wabaNotFound }
            let addition = PhoneNumbers.Addition(
                countryCode: sender.countryCode ?? "", number: sender.number ?? "",
                verifiedName: sender.profile[.displayName] ?? "")
            result = .success(try await phoneNumbers.add(addition, to: waba, by: scope.principal).number)
        } catch let error as ServiceError {
            result = .failure(error)
        }
        try await store.write { tx in
            var sender = try self.sender(id, scope, in: tx)
            sender.updatedAt = tx.now
            switch result {
            case .success(let number): try keep(number, &sender, scope, in: tx)
            case .failure where savesDraft:
                sender.phase = .draft
                sender.pending?.status = .draft
                try tx.senders.save(sender)
                try tx.projects.note(.draft, of: sender, in: scope.project)
            case .failure(let error):
                let (reason, detail) = Self.failure(of: error)
                try fail(&sender, reason, detail, scope, in: tx)
            }
        }
    }

    private func keep(
        _ number: PhoneNumber, _ sender: inout Sender, _ scope: ProjectScope, in tx: StoreTransaction
    ) throws {
        if let other = try tx.senders.find(number: number.id), other.id != sender.id {
            return try fail(&sender, .phoneNumberAmbiguous, nil, scope, in: tx)
        }
        sender.wabaID = number.wabaID
        sender.phoneNumberID = number.id
        sender.phase = .unverified
        try tx.senders.save(sender)
        try tx.projects.note(.pendingVerification, of: sender, in: scope.project)
    }

    private func fail(
        _ sender: inout Sender, _ reason: FailureReason, _ detail: String?, _ scope: ProjectScope,
        in tx: StoreTransaction
    ) throws {
        sender.fail(reason, detail: detail, at: tx.now)
        try tx.senders.save(sender)
        try tx.projects.note(.error, of: sender, in: scope.project)
    }

    // MARK: The code

    /// Whether a code was sent, and when; none is needed for a number that is verified already.
    package func requestCode(
        for id: SenderID, byVoice: Bool, _ scope: ProjectScope
    ) async throws -> (isSent: Bool, at: Timestamp) {
        let shown = try await find(id, scope)
        guard shown.status.state == .pendingVerification, let number = shown.snapshot.sender.phoneNumberID else {
            throw ProjectError.notAllowedToRegister
        }
        let isSent: Bool
        do {
            isSent =
                try await phoneNumbers.requestCode(
                    number, method: byVoice ? .voice : .sms, language: "en_US", by: scope.principal) == .sent
        } catch let error as ServiceError {
            throw Self.codeRequestFault(error)
        }
        let at = try await store.write { tx in
            var sender = try self.sender(id, scope, in: tx)
            sender.codeRequestedAt = tx.now
            sender.isVerified = !isSent
            try tx.senders.save(sender)
            try tx.projects.note(.registered, of: sender, in: scope.project, actor: scope.principal.actor)
            return tx.now
        }
        return (isSent, at)
    }

    /// Only after a code was asked for. A wrong code changes nothing; with the right one the number goes live.
    package func verify(_ id: SenderID, code: OtherSecret?, _ scope: ProjectScope) async throws {
        let shown = try await find(id, scope)
        let sender = shown.snapshot.sender
        guard shown.status.state == .pendingVerification, sender.codeRequestedAt != nil,
            let number = sender.phoneNumberID
        else { throw ProjectError.notAllowedToVerify }
        if !sender.isVerified {
            guard let code else { throw ProjectError.wrongCode }
            do {
                _ = try await phoneNumbers.verifyCode(number, code: code, by: scope.principal)
            } catch let error as ServiceError {
                throw Self.codeFault(error)
            }
        }
        let waiting = try await store.write { tx -> OnboardingID? in
            var sender = try self.sender(id, scope, in: tx)
            let run = try tx.senders.account(of: scope.project.id)?.onboardingID.flatMap {
                try tx.onboardings.find($0, of: scope.project.partnerID)
            }
            let waiting = run?.state == .actionRequired ? run?.id : nil
            sender.isVerified = true
            sender.phase = waiting == nil ? .adding : .run
            sender.onboardingID = waiting
            sender.updatedAt = tx.now
            try tx.senders.save(sender)
            try tx.projects.note(.verified, of: sender, in: scope.project, actor: scope.principal.actor)
            return waiting
        }
        guard let waiting else { return try await goLive(id, scope) }
        // The account's own run stopped for want of a number: this is it.
        var resumption = Onboardings.Resumption()
        resumption.phoneNumberID = number
        _ = try await onboardings.resume(waiting, with: resumption, by: scope.principal)
    }

    private static func codeRequestFault(_ error: ServiceError) -> any Error {
        if case .numberRefused(let refusal) = error {
            let isSpent = refusal.reason == .tooManyCodeRequests
            return isSpent ? ProjectError.tooManyCodeRequests : ProjectError.codeRequestFailed
        }
        guard case .refusedByMeta(let refusal) = error else { return error }
        return refusal.class == .wait ? ProjectError.tooManyCodeRequests : ProjectError.codeRequestFailed
    }

    private static func codeFault(_ error: ServiceError) -> any Error {
        if case .numberRefused = error { return ProjectError.wrongCode }
        guard case .refusedByMeta(let refusal) = error else { return error }
        return refusal.class == .wait ? ProjectError.tooManyWrongCodes : ProjectError.wrongCode
    }
}

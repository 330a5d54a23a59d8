// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

extension Senders {
    /// Registers a verified number of the project's WABA and writes what became of it: live, or failed with the reason.
    func goLive(_ id: SenderID, _ scope: ProjectScope) async throws {
        let sender = try await store.read { try self.sender(id, scope, in: $0) }
        guard let number = sender.phoneNumberID else { return }
        var failure: (reason: FailureReason, detail: String?)?
        do {
            _ = try await phoneNumbers.register(
                number, pin: nil, region: sender.storageCountry, by: scope.principal)
        } catch let error as ServiceError {
            failure = Self.failure(of: error)
        }
        let end = failure
        try await store.write { tx in
            var sender = try self.sender(id, scope, in: tx)
            if let end {
                sender.fail(end.reason, detail: end.detail, at: tx.now)
                try tx.senders.save(sender)
                try tx.projects.note(.error, of: sender, in: scope.project)
            } else {
                try tx.projects.setLive(&sender, in: scope.project)
            }
        }
    }

    /// A refused call in the product's words. What only the door could have prevented is an internal error.
    static func failure(of error: ServiceError) -> (reason: FailureReason, detail: String?) {
        switch error {
        case .numberRefused(let refusal): (reason(of: refusal.reason), refusal.text)
        case .refusedByMeta(let refusal): (reason(of: refusal), refusal.message)
        case .metaUnavailable(let error): (.metaUnavailable, error.message)
        case .wabaNotFound: (.tokenInvalid, nil)
        case .phoneNumberNotFound: (.phoneNumberNotOnWABA, nil)
        case .whatsAppDisabled, .appNotFound: (.appCredentialsInvalid, nil)
        case .unauthorized, .partnerKeyRequired, .operatorKeyRequired, .invalid, .missing, .partnerNotFound,
            .keyNotFound, .customerNotFound, .onboardingNotFound, .endpointNotFound, .eventNotFound,
            .deliveryNotFound, .reconciliationNotFound, .importNotFound, .reconciliationUnderWay, .activationNotFound,
            .activationExists, .activationDecided, .accountNotVerified, .emailTaken, .phoneTaken, .externalIDTaken,
            .businessOfAnotherPartner, .solutionOfAnotherPartner, .notResumable, .notCancellable, .anotherRunOpen,
            .notCertified, .deliveryUnderWay, .endpointDisabled, .idempotencyMismatch, .unavailable:
            (.internalError, nil)
        }
    }

    private static func reason(of refusal: NumberRefusal.Reason) -> FailureReason {
        switch refusal {
        case .pinMismatch: .pinMismatch
        case .tooManyPINGuesses: .pinGuessesExceeded
        case .tooManyRegistrations, .tooManyCodeRequests: .registrationLimitReached
        case .notVerified, .wrongCode: .phoneNumberNotVerified
        case .notAddable: .phoneNumberNotOnWABA
        case .alreadyVerified, .alreadyRegistered, .notRegistered, .usedInBusinessApp, .recentlyDeleted,
            .deregistrationIncomplete, .pinRevealed, .pinUnknown:
            .rejectedByMeta
        }
    }

    private static func reason(of error: GraphError) -> FailureReason {
        switch error.code {
        case 190: .tokenInvalid
        case 368, 131_031: .accountRestricted
        case 10, .some(200...299): .permissionMissing
        default: .rejectedByMeta
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package import Domain
import Store

/// Every fact that a door may have to put into its own words. A `switch` without default in each door: a new fact breaks the
/// build until each has a word for it.
package enum ServiceError: Error, Sendable, Hashable {
    case unauthorized
    case partnerKeyRequired
    case operatorKeyRequired
    /// `field` is the JSON path as the native API spells it (`phone_number_id`); `message` says what is wrong with it.
    case invalid(field: String, message: String)
    case missing(field: String)
    case partnerNotFound
    case keyNotFound
    case appNotFound
    case customerNotFound
    case onboardingNotFound
    case wabaNotFound
    case phoneNumberNotFound
    case endpointNotFound
    case eventNotFound
    case deliveryNotFound
    case reconciliationNotFound
    case importNotFound
    /// One at a time for a Meta app: this one is open.
    case reconciliationUnderWay(ReconciliationID)
    /// Also for the account that would make one.
    case activationNotFound
    /// The account has an open activation request, or a live WABA.
    case activationExists
    case activationDecided(ActivationState)
    /// The account is on trial: its owner is not known yet (KYC).
    case accountNotVerified
    case emailTaken
    case phoneTaken
    case externalIDTaken
    case businessOfAnotherPartner
    case solutionOfAnotherPartner
    /// The partner's WhatsApp integration is switched off (Splashify's 503).
    case whatsAppDisabled
    case notResumable(OnboardingState)
    case notCancellable(OnboardingState)
    /// An attempt of this delivery is under way.
    case deliveryUnderWay
    /// Its deliveries are held: enabling it comes first.
    case endpointDisabled
    /// The same idempotency key came with another request.
    case idempotencyMismatch
    /// Meta refused a call that the request waits for; its status and error may be passed through.
    case refusedByMeta(GraphError)
    /// Meta refused a call on a phone number for a reason of the number's own, or we held it back.
    case numberRefused(NumberRefusal)
    /// Meta did not answer, or answered 5xx.
    case metaUnavailable(GraphError)
    /// Nothing may be acknowledged now: the database cannot store it.
    case unavailable
}

extension ServiceError {
    /// Whether `error` says that the database does not serve now: nothing is wrong with the request, and the same will do
    /// later. A door then answers 503, never that the request failed for good.
    package static func isStorageFailure(_ error: any Error) -> Bool {
        switch StoreFailure(error) {
        case .passing, .closed: true
        case .permanent: false
        }
    }
}

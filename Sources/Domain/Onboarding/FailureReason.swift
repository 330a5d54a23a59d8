// SPDX-License-Identifier: Apache-2.0

/// Who can move a stopped onboarding on.
package enum ActionActor: String, Sendable, Codable, CaseIterable {
    case customer
    case partner
    case `operator`
}

/// Why an onboarding stopped: one vocabulary for all doors, each door translates it to its own words.
/// Stored and shown: never rename.
package enum FailureReason: String, Sendable, Codable, CaseIterable {
    case codeExpired = "code_expired"
    case codeUsed = "code_used"
    case codeInvalid = "code_invalid"
    case codeExchangeUnknown = "code_exchange_unknown"
    case redirectURIMismatch = "redirect_uri_mismatch"
    case appCredentialsInvalid = "app_credentials_invalid"
    case tokenInvalid = "token_invalid"
    case tokenOfAnotherApp = "token_of_another_app"
    case permissionMissing = "permission_missing"
    case wabaNotShared = "waba_not_shared"
    case wabaAmbiguous = "waba_ambiguous"
    case wabaOwnedByAnotherPartner = "waba_owned_by_another_partner"
    case anotherRunOpen = "another_run_open"
    case businessNotApproved = "business_not_approved"
    case signupAbandoned = "signup_abandoned"
    case phoneNumberMissing = "phone_number_missing"
    case phoneNumberAmbiguous = "phone_number_ambiguous"
    case phoneNumberNotOnWABA = "phone_number_not_on_waba"
    case phoneNumberNotVerified = "phone_number_not_verified"
    case pinMismatch = "pin_mismatch"
    case pinGuessesExceeded = "pin_guesses_exceeded"
    case registrationLimitReached = "registration_limit_reached"
    case twoStepVerificationOn = "two_step_verification_on"
    case numberNotMovable = "number_not_movable"
    case verificationCodeNeeded = "verification_code_needed"
    case verificationCodeWrong = "verification_code_wrong"
    case numberNotOnBusinessApp = "number_not_on_business_app"
    case syncWindowMissed = "sync_window_missed"
    case businessAppDisconnected = "business_app_disconnected"
    case testMessageMissing = "test_message_missing"
    case testMessageFailed = "test_message_failed"
    case testMessageUnconfirmed = "test_message_unconfirmed"
    case solutionNotUsable = "solution_not_usable"
    case callbackRefused = "callback_refused"
    case currencyMissing = "currency_missing"
    case creditLineNotConfigured = "credit_line_not_configured"
    case creditLineRefused = "credit_line_refused"
    case creditShareUnconfirmed = "credit_share_unconfirmed"
    case creditLineStillUsed = "credit_line_still_used"
    case creditRevokeUnconfirmed = "credit_revoke_unconfirmed"
    case paymentMethodMissing = "payment_method_missing"
    case reviewRejected = "review_rejected"
    case accountRestricted = "account_restricted"
    case accountDeleted = "account_deleted"
    case partnerRemoved = "partner_removed"
    case templateAnalyticsRefused = "template_analytics_refused"
    case rejectedByMeta = "rejected_by_meta"
    case metaUnavailable = "meta_unavailable"
    case internalError = "internal_error"
}

/// What somebody must do, in plain words.
package struct Remedy: Sendable, Hashable, Codable {
    package let actor: ActionActor
    package let text: String

    package init(actor: ActionActor, text: String) {
        self.actor = actor
        self.text = text
    }
}

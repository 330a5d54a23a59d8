// SPDX-License-Identifier: Apache-2.0
import Domain

/// `changes.errorCode` of a sender: one line for each reason that an onboarding can stop for.
/// Source: Sinch, SenderDto, errorCode; the mapping is ours.
enum SenderFailure {
    static func code(for reason: FailureReason) -> String {
        switch reason {
        case .codeExpired, .codeUsed, .codeInvalid, .codeExchangeUnknown, .redirectURIMismatch:
            "CANNOT_GET_WABA_DETAILS"
        case .appCredentialsInvalid, .tokenInvalid, .tokenOfAnotherApp: "CANNOT_GET_WABA_DETAILS"
        case .permissionMissing: "CANNOT_ASSIGN_SYSTEM_USER"
        case .twoStepVerificationOn, .numberNotMovable: "CANNOT_REGISTER_TO_CLOUD_API"
        case .verificationCodeNeeded, .verificationCodeWrong: "NOT_VERIFIED_REQUESTED_PHONE_NUMBER"
        case .numberNotOnBusinessApp, .syncWindowMissed, .testMessageMissing, .testMessageFailed,
            .testMessageUnconfirmed:
            "UNKNOWN_ERROR"
        case .wabaNotShared, .signupAbandoned, .partnerRemoved, .businessAppDisconnected, .accountDeleted:
            "CANNOT_GET_WABA_DETAILS"
        case .wabaAmbiguous: "MULTIPLE_WABA_FOR_PROJECT_ID"
        case .wabaOwnedByAnotherPartner: "WABA_CONNECTED_TO_ANOTHER_PROJECT"
        case .anotherRunOpen: "PROJECT_ID_CONFLICT"
        case .businessNotApproved, .reviewRejected: "NOT_VERIFY_BUSINESS_VIA_WHATSAPP"
        case .phoneNumberMissing: "NO_VERIFIED_PHONE_NUMBER"
        case .phoneNumberAmbiguous: "DUPLICATES_ON_SENDER_PHONE_NUMBER"
        case .phoneNumberNotOnWABA: "REQUESTED_PHONE_NUMBER_OR_COUNTRY_CODE_CONFLICT"
        case .phoneNumberNotVerified: "NOT_VERIFIED_REQUESTED_PHONE_NUMBER"
        case .pinMismatch, .pinGuessesExceeded, .registrationLimitReached: "CANNOT_REGISTER_TO_CLOUD_API"
        case .solutionNotUsable: "CANNOT_GET_WABA_DETAILS"
        case .callbackRefused: "CANNOT_SUBSCRIBE_TO_WEBHOOK"
        case .currencyMissing, .creditLineNotConfigured, .creditLineRefused, .creditShareUnconfirmed,
            .creditLineStillUsed, .creditRevokeUnconfirmed:
            "CANNOT_ASSIGN_CREDIT_LINE"
        case .paymentMethodMissing: "NO_PRICING_PLAN"
        case .accountRestricted: "CANNOT_REGISTER_NEW_WHATSAPP_SENDER"
        case .templateAnalyticsRefused, .rejectedByMeta, .metaUnavailable, .internalError: "UNKNOWN_ERROR"
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

@testable import SinchAPI

/// Source: Sinch, SenderDto, `errorCode`.
@Suite struct SinchFailureTests {
    private static let documented: Set<String> = [
        "CANNOT_ASSIGN_CREDIT_LINE", "CANNOT_ASSIGN_SYSTEM_USER", "CANNOT_CREATE_NEW_WHATSAPP_SENDER",
        "CANNOT_CREATE_WABA_FOR_BUSINESS", "CANNOT_GET_DETAILS_FOR_CLOUD_API", "CANNOT_GET_WABA_DETAILS",
        "CANNOT_REGISTER_NEW_WHATSAPP_SENDER", "CANNOT_REGISTER_TO_CLOUD_API", "CANNOT_SUBSCRIBE_TO_CLOUD_API",
        "CANNOT_SUBSCRIBE_TO_WEBHOOK", "DUPLICATES_ON_SENDER_PHONE_NUMBER",
        "FAILED_TO_FETCH_APPROVED_MESSAGE_TEMPLATES", "MULTIPLE_WABA_FOR_PROJECT_ID", "NO_CERTIFICATE_AVAILABLE",
        "NO_NOVA_ACCOUNT_ID", "NO_PRICING_PLAN", "NO_PROJECT_ID", "NO_VERIFIED_PHONE_NUMBER",
        "NOT_VERIFIED_REQUESTED_PHONE_NUMBER", "NOT_VERIFY_BUSINESS_VIA_WHATSAPP", "NOVA_ACCOUNT_ID_CONFLICT",
        "PROJECT_ID_CONFLICT", "REQUESTED_PHONE_NUMBER_OR_COUNTRY_CODE_CONFLICT", "SENDER_HAS_BEEN_DELETED",
        "WABA_CONNECTED_TO_ANOTHER_PROJECT", "UNKNOWN_ERROR", "UNRECOGNIZED",
    ]

    @Test(arguments: FailureReason.allCases)
    func `every reason becomes a documented errorCode`(reason: FailureReason) {
        #expect(Self.documented.contains(SenderFailure.code(for: reason)))
    }

    static let told: [(FailureReason, String)] = [
        (.creditLineRefused, "CANNOT_ASSIGN_CREDIT_LINE"), (.callbackRefused, "CANNOT_SUBSCRIBE_TO_WEBHOOK"),
        (.pinMismatch, "CANNOT_REGISTER_TO_CLOUD_API"), (.tokenInvalid, "CANNOT_GET_WABA_DETAILS"),
        (.phoneNumberMissing, "NO_VERIFIED_PHONE_NUMBER"),
        (.wabaOwnedByAnotherPartner, "WABA_CONNECTED_TO_ANOTHER_PROJECT"),
        (.permissionMissing, "CANNOT_ASSIGN_SYSTEM_USER"),
    ]

    @Test(arguments: told)
    func `steps that stop are told as the documents' codes suggest`(reason: FailureReason, code: String) {
        #expect(SenderFailure.code(for: reason) == code)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Every row of what Kaleyra documents of its WhatsApp activation and the calls around it. A row without a fixture, and without
/// a reason for having none, does not compile.
enum KaleyraRow: String, Sendable, CaseIterable {
    // "WhatsApp Registration": base, auth, envelope.
    case baseV1, regionalHosts, baseV2, auth, successEnvelope, failureEnvelope
    case http200, http202, http400, http500
    case validationShape, stateShape
    // "WhatsApp Registration": fields.
    case displayName, waNumber, businessIDNumber, businessIDString, businessName
    case certificateJPEG, certificateJPG, certificatePDF, certificatePNG, incomingURL, uploadForm
    // "WhatsApp Registration": answers.
    case activationSuccess, certificateMissing, certificateType, activationTwice, otherFieldsMissing
    // "Add a WhatsApp Number", "Update a WhatsApp Number Details", "Fetch Phone Number Details API".
    case addNumberV1, misspeltCategory, displayImage, updateNumberV1, updateNeedsAField, detailsV1
    // "WhatsApp Error Codes".
    case idRequired, idNumber, numberMandatory, numberString
    // V2.
    case addNumber, verifyNumber, wrongOTP, retryOTP, getNumbers, updateNumber, detailsV2
    // "WhatsApp V2 Error Codes for Send Message APIs".
    case wa200, rbc001, e110, wav2101, wa400, wa401, wa500
}

extension KaleyraRow {
    /// Where the documents say so.
    var source: String {
        switch self {
        case .baseV1, .regionalHosts, .auth, .successEnvelope, .failureEnvelope, .validationShape, .stateShape,
            .displayName, .waNumber, .businessIDNumber, .businessIDString, .businessName, .certificateJPEG,
            .certificateJPG, .certificatePDF, .certificatePNG, .incomingURL, .uploadForm, .activationSuccess,
            .certificateMissing, .certificateType, .activationTwice, .otherFieldsMissing:
            "Kaleyra, WhatsApp Registration"
        case .http200, .http202, .http400, .http500, .idRequired, .idNumber, .numberMandatory, .numberString:
            "Kaleyra, WhatsApp Error Codes"
        case .addNumberV1, .misspeltCategory, .displayImage: "Kaleyra, Add a WhatsApp Number"
        case .updateNumberV1, .updateNeedsAField: "Kaleyra, Update a WhatsApp Number Details"
        case .detailsV1, .detailsV2: "Kaleyra, Fetch Phone Number Details API"
        case .baseV2, .addNumber: "Kaleyra, Add Phone Number"
        case .verifyNumber, .wrongOTP: "Kaleyra, Verify Phone Number"
        case .retryOTP: "Kaleyra, Retry OTP for Phone Number"
        case .getNumbers: "Kaleyra, Get Phone Number Details"
        case .updateNumber: "Kaleyra, Update Phone Number Details"
        case .wa200, .rbc001, .e110, .wav2101, .wa400, .wa401, .wa500:
            "Kaleyra, WhatsApp V2 Error Codes for Send Message APIs"
        }
    }

    /// Why a row has no fixture: what it is about is not this door's.
    var notServed: String? {
        switch self {
        case .regionalHosts: "the host is what a client replaces"
        case .http202: "no call of this door answers 202: each is done when it answers"
        case .e110, .wav2101: "about sending messages, which this door does not do"
        default: nil
        }
    }

    /// Parts that the documents leave open, so that the fixture pins our choice: "not verified".
    var notVerified: String? {
        switch self {
        case .http200, .activationSuccess: "the HTTP status of a success"
        case .otherFieldsMissing: "inferred from business_certificate"
        case .addNumberV1, .updateNumberV1, .detailsV1, .addNumber, .verifyNumber, .retryOTP, .getNumbers,
            .updateNumber, .detailsV2, .misspeltCategory:
            "success code, message and keys of the answer"
        case .displayImage: "how a file that cannot be taken is refused"
        case .wrongOTP, .updateNeedsAField: "code and message"
        case .idRequired, .idNumber, .numberMandatory, .numberString: "the shape around code and message"
        case .rbc001, .wa400, .wa401, .wa500: "message, and that these calls use the code"
        default: nil
        }
    }
}

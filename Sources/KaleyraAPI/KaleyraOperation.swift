// SPDX-License-Identifier: Apache-2.0

/// What a call is about: decides how its failure is told.
enum KaleyraOperation: Sendable, CaseIterable {
    case activation
    /// The other calls of V1.
    case v1
    case v2

    /// The outer code and message of a failure, where the operation has its own; else those of the failure itself.
    /// Source: Kaleyra, "WhatsApp Registration", "Failure Response".
    var failure: (code: String, message: String)? {
        switch self {
        case .activation: ("E939", "Failed to submit request for Whatsapp account activation.")
        case .v1, .v2: nil
        }
    }

    /// Only `I102` for an activation and `WA200` for V2 are documented; V1's other calls answer with codes "like `I102`".
    var successCode: String {
        switch self {
        case .activation, .v1: "I102"
        case .v2: "WA200"
        }
    }

    /// The code of what is wrong with a field. Source: "WhatsApp Registration"; "WhatsApp Error Codes";
    /// "WhatsApp V2 Error Codes for Send Message APIs".
    var validationCode: String {
        switch self {
        case .activation: "E413"
        case .v1: "E13001"
        case .v2: "WA400"
        }
    }
}

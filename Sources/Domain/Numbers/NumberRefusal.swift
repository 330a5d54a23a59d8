// SPDX-License-Identifier: Apache-2.0

/// Why a call on a phone number is not done, in the number's own terms: Meta refused it, or we held it back.
package struct NumberRefusal: Error, Sendable, Hashable {
    /// Shown: never rename.
    package enum Reason: String, Sendable, CaseIterable {
        case wrongCode = "wrong_code"
        case alreadyVerified = "already_verified"
        case notVerified = "not_verified"
        case pinMismatch = "pin_mismatch"
        case tooManyPINGuesses = "too_many_pin_guesses"
        case tooManyRegistrations = "too_many_registrations"
        case tooManyCodeRequests = "too_many_code_requests"
        case alreadyRegistered = "already_registered"
        case notRegistered = "not_registered"
        /// The customer uses it in the phone app as well: Meta registers and deregisters it there.
        case usedInBusinessApp = "used_in_business_app"
        case recentlyDeleted = "recently_deleted"
        case deregistrationIncomplete = "deregistration_incomplete"
        /// It serves elsewhere, or may not be moved.
        case notAddable = "not_addable"
        /// The one allowed look at the PIN was taken.
        case pinRevealed = "pin_revealed"
        case pinUnknown = "pin_unknown"
    }

    package let reason: Reason
    /// When the same call is worth making again; nil where time alone does not help.
    package let nextAllowedAt: Timestamp?
    /// Meta's answer, or what it would have answered; nil where Meta has no word for it.
    package let error: GraphError?

    package init(_ reason: Reason, nextAllowedAt: Timestamp? = nil, error: GraphError? = nil) {
        self.reason = reason
        self.nextAllowedAt = nextAllowedAt
        self.error = error
    }

    /// Nil for an answer that says nothing of the number. Source: Meta, error codes; registration; verify phone numbers.
    package init?(_ error: GraphError, at now: Timestamp) {
        guard error.reach == .answered, let reason = Self.reason(of: error) else { return nil }
        self.init(reason, nextAllowedAt: error.retryAfter.map { now + $0 }, error: error)
    }

    private static func reason(of error: GraphError) -> Reason? {
        switch (error.operation, error.code) {
        case (_, 133_005): .pinMismatch
        case (_, 133_006): .notVerified
        case (_, 133_008), (_, 133_009): .tooManyPINGuesses
        case ("deregister", 133_010): .notRegistered
        case (_, 133_015): .recentlyDeleted
        case (_, 133_016): .tooManyRegistrations
        case (_, 133_000): .deregistrationIncomplete
        case ("request_code", 136_024): .alreadyVerified
        case ("verify_code", 136_025): .wrongCode
        case ("register", 100), ("deregister", 100): error.subcode == 2_207_051 ? .usedInBusinessApp : nil
        case ("add_phone_number", let code): isNotAddable(code, error.subcode) ? .notAddable : nil
        default: nil
        }
    }

    /// Source: Meta, migration errors: ownership or two-step, in another list, not eligible, cannot be migrated.
    private static func isNotAddable(_ code: Int?, _ subcode: Int?) -> Bool {
        let codes = [2_388_001, 2_388_012, 2_388_091, 2_388_093, 2_388_103]
        return [code, subcode].contains { $0.map(codes.contains) ?? false }
    }

    /// What somebody should know, in one sentence.
    package var text: String {
        switch reason {
        case .wrongCode:
            "The code is not the one that Meta sent last; ask for a new one if it is older than ten minutes."
        case .alreadyVerified: "The number is verified already."
        case .notVerified: "The number must be verified first: request a code and verify it."
        case .pinMismatch: "The number has another two-step PIN; send that one, or change it in WhatsApp Manager first."
        case .tooManyPINGuesses: "Too many wrong PINs were tried on this number."
        case .tooManyRegistrations: "The number's 10 registrations in 72 hours are used up."
        case .tooManyCodeRequests: "The number's 10 code requests in 72 hours are used up."
        case .alreadyRegistered: "The number is registered and connected already."
        case .notRegistered: "The number is not registered."
        case .usedInBusinessApp: "The number is used in the WhatsApp Business app, which registers it itself."
        case .recentlyDeleted: "The number was deleted a moment ago at Meta; wait a few minutes."
        case .deregistrationIncomplete: "An earlier deregistration is not complete: deregister the number again."
        case .notAddable: "The number serves elsewhere or cannot be moved; its owner must free it first."
        case .pinRevealed: "The PIN was shown before; the operator can allow another look."
        case .pinUnknown: "No PIN of this number is known here."
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport

extension Problem {
    /// A call on a phone number that Meta refused or that was held back: `code` is the reason.
    init(_ refusal: NumberRefusal) {
        let (status, title) = Self.status(of: refusal.reason)
        self.init(status, refusal.reason.rawValue, title: title, detail: refusal.text)
        meta = refusal.error.map { MetaRefusal(code: $0.code, subcode: $0.subcode, message: $0.message) }
        nextAllowedAt = refusal.nextAllowedAt?.description
    }

    private static func status(of reason: NumberRefusal.Reason) -> (Int, String) {
        switch reason {
        case .tooManyPINGuesses, .tooManyRegistrations, .tooManyCodeRequests: (429, "Too many tries")
        case .wrongCode, .pinMismatch, .notAddable: (422, "Refused by Meta")
        case .alreadyVerified, .notVerified, .alreadyRegistered, .notRegistered, .usedInBusinessApp, .recentlyDeleted,
            .deregistrationIncomplete, .pinRevealed, .pinUnknown:
            (409, "Conflict")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain

/// What Meta's words about an account do to the state of a WABA.
enum AccountWord: Sendable, CaseIterable {
    case disconnected
    case deleted
    case restricted
    /// Announced only: the account works until then.
    case warned
    case reinstated

    /// Nil when the word changes nothing: a WABA that is gone stays gone until it is onboarded anew.
    func state(after state: WABA.State, hasOpenRun: Bool) -> WABA.State? {
        switch (self, state) {
        case (_, .deleted), (_, .offboarded): nil
        case (.deleted, _): .deleted
        case (_, .disconnected): nil
        case (.disconnected, _): .disconnected
        case (.restricted, _): .restricted
        case (.warned, .onboarding), (.warned, .live), (.warned, .restricted): state
        case (.reinstated, .restricted): hasOpenRun ? .onboarding : .live
        case (.reinstated, .onboarding), (.reinstated, .live): state
        }
    }
}

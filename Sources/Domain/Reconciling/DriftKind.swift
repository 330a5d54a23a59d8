// SPDX-License-Identifier: Apache-2.0

/// How our records and Meta may differ. Stored and shown: never rename.
package enum DriftKind: String, Sendable, Codable, CaseIterable {
    /// Shared with us, expected by somebody here, and not on record.
    case missingHere = "missing_here"
    /// Shared with us, and nobody here asked for it.
    case foreign
    /// On record, and no longer shared with us.
    case orphaned
    case unsubscribed
    case overrideLost = "override_lost"
    case creditStillShared = "credit_still_shared"
    case creditMissing = "credit_missing"
    case numberDisconnected = "number_disconnected"
    case tokenDead = "token_dead"
    case tokenExpiring = "token_expiring"
    /// Meta would not be asked about this WABA.
    case unchecked

    /// Whether a repair changes nothing that a person has to decide: no money, no registration, no ownership.
    package var isRepairable: Bool {
        switch self {
        case .orphaned, .unsubscribed, .overrideLost, .tokenDead: true
        case .missingHere, .foreign, .creditStillShared, .creditMissing, .numberDisconnected, .tokenExpiring,
            .unchecked:
            false
        }
    }

    package var remedy: Remedy {
        switch self {
        case .missingHere:
            Remedy(
                actor: .operator,
                text: "Meta shares this WABA and it is not on record. Begin or resume its onboarding, or import it.")
        case .foreign:
            Remedy(
                actor: .operator,
                text: "Nobody here asked for this WABA. Import it for the partner it belongs to, or leave it.")
        case .orphaned:
            Remedy(
                actor: .customer,
                text:
                    "The customer no longer shares this WABA. Let the customer finish Embedded Signup again, or offboard it. Repair records it as disconnected."
            )
        case .unsubscribed:
            Remedy(
                actor: .operator,
                text: "The app is not subscribed: no message arrives. Reconcile with repair, which subscribes it again."
            )
        case .overrideLost:
            Remedy(
                actor: .operator,
                text: "Messages go to the app's callback, not to the WABA's own. Reconcile with repair, which sets it.")
        case .creditStillShared:
            Remedy(
                actor: .operator,
                text:
                    "The customer left and the credit line is still shared with the business: messages are paid by you. Revoke the allocation."
            )
        case .creditMissing:
            Remedy(
                actor: .operator,
                text:
                    "The credit line that was shared with this WABA is not on it. Look at the allocations in Meta Business Suite: money is never moved by a repair."
            )
        case .numberDisconnected:
            Remedy(
                actor: .partner,
                text: "The number was connected and cannot send now. Register it again with its PIN.")
        case .tokenDead:
            Remedy(
                actor: .customer,
                text:
                    "The business token no longer works. Repair fetches it again where Meta allows; else let the customer finish Embedded Signup again."
            )
        case .tokenExpiring:
            Remedy(
                actor: .customer,
                text: "The business token ends soon. Let the customer finish Embedded Signup again before that.")
        case .unchecked:
            Remedy(
                actor: .operator, text: "Meta did not answer about this WABA. The detail says why; reconcile again.")
        }
    }
}

/// What became of a difference. Stored and shown: never rename.
package enum DriftRepair: String, Sendable, Codable, CaseIterable {
    /// Found, and nothing was done.
    case none
    /// Said before it is tried: a node that dies meanwhile leaves this, and the page is settled by comparing again.
    case intended = "repair_intended"
    case repaired
    case failed = "repair_failed"
}

/// One difference, as stored and shown.
package struct Drift: Sendable, Hashable {
    package let id: DriftID
    package let reconciliationID: ReconciliationID
    package let kind: DriftKind
    package let wabaID: WABAID
    package let phoneNumberID: PhoneNumberID?
    /// Whose WABA it is; nil where nobody here has it.
    package let partnerID: PartnerID?
    package let detail: String?
    package let repair: DriftRepair
    package let foundAt: Timestamp

    package init(
        id: DriftID, reconciliationID: ReconciliationID, kind: DriftKind, wabaID: WABAID,
        phoneNumberID: PhoneNumberID? = nil, partnerID: PartnerID? = nil, detail: String? = nil,
        repair: DriftRepair = .none, foundAt: Timestamp
    ) {
        self.id = id
        self.reconciliationID = reconciliationID
        self.kind = kind
        self.wabaID = wabaID
        self.phoneNumberID = phoneNumberID
        self.partnerID = partnerID
        self.detail = detail
        self.repair = repair
        self.foundAt = foundAt
    }
}

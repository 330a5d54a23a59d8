// SPDX-License-Identifier: Apache-2.0

/// What does not stop a run, but whoever plans it should know.
package struct PlanWarning: Sendable, Hashable {
    /// Shown over the API: never renamed.
    package enum Kind: String, Sendable, CaseIterable {
        case customerBudgetLow = "customer_budget_low"
        case customerBudgetExhausted = "customer_budget_exhausted"
    }

    package let kind: Kind
    /// When it is over; nil where no date is known.
    package let allowedAt: Timestamp?
    package let remedy: Remedy

    package init(kind: Kind, allowedAt: Timestamp?, remedy: Remedy) {
        self.kind = kind
        self.allowedAt = allowedAt
        self.remedy = remedy
    }
}

extension PlanKind {
    /// Whether its run may bring a business that Meta counts as new.
    package var mayBringCustomer: Bool {
        switch self {
        case .embeddedSignup, .businessApp, .hosted, .techPartner, .activation: true
        case .numberMigration, .offboarding: false
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Whether the customer of a tech provider can pay Meta: a fact of the step `announce`. Stored: never rename.
package enum PaymentFact {
    package static let name = "payment_method"
    package static let present = "present"
    package static let missing = "missing"
    package static let unknown = "not known"
}

extension Onboarding {
    /// What the customer still has to do although the run is live.
    package var openActions: [Remedy] {
        let payment = steps.last { $0.kind == .announce }?.facts[PaymentFact.name]
        guard state == .live, let payment, payment != PaymentFact.present else { return [] }
        return [FailureReason.paymentMethodMissing.remedy]
    }
}

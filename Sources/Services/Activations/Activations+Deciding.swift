// SPDX-License-Identifier: Apache-2.0
package import Domain
import DurableWork
import Store

// The operator's part.
extension Activations {
    /// The operator's word that this business is the partner's customer: an onboarding begins that waits for its WABA.
    /// In one transaction with the approval: the business, the customer, the run with its work, the endpoint.
    package func approve(_ id: ActivationID, by principal: Principal) async throws -> Followed {
        try principal.requireOperator()
        let secret = endpoints.newSecret()
        let (followed, work) = try await onboardings.claiming { tx -> (Followed, ClaimedWork?) in
            var activation = try submitted(id, in: tx)
            guard let partner = try tx.partners.find(activation.partnerID),
                let account = try tx.activationAccounts.find(activation.sid)
            else { throw ServiceError.partnerNotFound }
            let asked = activation.request
            guard try tx.partners.approve(asked.businessID, for: partner.id) else {
                throw ServiceError.businessOfAnotherPartner
            }
            let customer = try account.customerID ?? newCustomer(asked.businessName, partner.id, in: tx)
            var request = Onboardings.Request(customerID: customer, plan: .activation)
            request.businessID = asked.businessID
            request.phoneNumber = asked.phoneNumber
            let begun = try onboardings.insert(request, partner, principal, in: tx)
            if let url = asked.incomingURL {
                try endpoints.attach(
                    url, toMessagesOf: asked.phoneNumber, of: partner.id, customer: customer, secret: secret,
                    actor: principal.actor, in: tx)
            }
            activation.onboardingID = begun.onboarding.id
            try decide(&activation, .approved, reason: nil, by: principal, in: tx)
            return (Followed(activation: activation, onboarding: begun.onboarding), begun.work)
        }
        if let work { onboardings.adopt(work) }
        return followed
    }

    /// The account may send in another request.
    package func reject(_ id: ActivationID, reason: String, by principal: Principal) async throws -> Followed {
        try principal.requireOperator()
        guard (1...1000).contains(reason.count) else {
            throw ServiceError.invalid(field: "reason", message: "must have 1 to 1000 characters")
        }
        return try await store.write { tx in
            var activation = try submitted(id, in: tx)
            try decide(&activation, .rejected, reason: reason, by: principal, in: tx)
            return Followed(activation: activation, onboarding: nil)
        }
    }

    private func submitted(_ id: ActivationID, in tx: StoreTransaction) throws -> Activation {
        guard let activation = try tx.activations.find(id, of: nil) else { throw ServiceError.activationNotFound }
        guard activation.state == .submitted else { throw ServiceError.activationDecided(activation.state) }
        return activation
    }

    private func decide(
        _ activation: inout Activation, _ state: ActivationState, reason: String?, by principal: Principal,
        in tx: StoreTransaction
    ) throws {
        activation.state = state
        activation.reason = reason
        activation.decidedBy = principal.actor
        activation.decidedAt = tx.now
        activation.updatedAt = tx.now
        try tx.activations.save(activation)
        try tx.activities.record(
            partner: activation.partnerID, actor: principal.actor, action: "activation.\(state.rawValue)",
            target: activation.id.rawValue, detail: reason)
    }

    private func newCustomer(_ name: String, _ partner: PartnerID, in tx: StoreTransaction) throws -> CustomerID {
        let customer = Customer(
            id: CustomerID(at: tx.now), partnerID: partner, name: name, email: nil, phone: nil, externalID: nil,
            createdAt: tx.now)
        guard try tx.customers.insert(customer) == nil else { throw ServiceError.unavailable }
        return customer.id
    }
}

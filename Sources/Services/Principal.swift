// SPDX-License-Identifier: Apache-2.0
package import Domain

/// Who asks: a partner sees its own things, the operator all of them.
package struct Principal: Sendable, Hashable {
    package let role: APIKeyRole
    /// Nil for the operator.
    package let partnerID: PartnerID?
    /// The key's prefix: what activities and logs name.
    package let actor: String

    package init(role: APIKeyRole, partnerID: PartnerID?, actor: String) {
        self.role = role
        self.partnerID = partnerID
        self.actor = actor
    }

    package var isOperator: Bool { role == .operator }

    /// A call that only a partner can make.
    package func requirePartner() throws(ServiceError) -> PartnerID {
        guard let partnerID else { throw .partnerKeyRequired }
        return partnerID
    }

    package func requireOperator() throws(ServiceError) {
        guard isOperator else { throw .operatorKeyRequired }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// An account of a partner that may ask for one activation: what Kaleyra calls a SID.
package struct ActivationAccount: Sendable, Hashable {
    package let sid: AccountSID
    /// Counted from 1: what clients that know only whole numbers are shown.
    package var number: Int64
    package let partnerID: PartnerID
    /// It speaks for this customer alone; nil: for its partner as a whole.
    package let customerID: CustomerID?
    /// Whether the operator knows the customer (KYC). Until then the account is on trial.
    package var isVerified: Bool
    package let createdAt: Timestamp

    package init(
        sid: AccountSID, number: Int64 = 0, partnerID: PartnerID, customerID: CustomerID?, isVerified: Bool,
        createdAt: Timestamp
    ) {
        self.sid = sid
        self.number = number
        self.partnerID = partnerID
        self.customerID = customerID
        self.isVerified = isVerified
        self.createdAt = createdAt
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Who did what to which thing: written in the transaction of the change.
package struct Activity: Sendable, Hashable {
    package let id: ActivityID
    package let partnerID: PartnerID?
    /// A key's prefix, `operator` or `system`.
    package let actor: String
    package let action: String
    package let target: String
    package let detail: String?
    package let at: Timestamp

    package init(
        id: ActivityID, partnerID: PartnerID?, actor: String, action: String, target: String, detail: String?,
        at: Timestamp
    ) {
        self.id = id
        self.partnerID = partnerID
        self.actor = actor
        self.action = action
        self.target = target
        self.detail = detail
        self.at = at
    }
}

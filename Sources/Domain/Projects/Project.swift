// SPDX-License-Identifier: Apache-2.0

/// One customer of a partner as Sinch's API sees it: one WhatsApp account, its senders and webhooks.
package struct Project: Sendable, Hashable {
    package let id: ProjectID
    package let partnerID: PartnerID
    package let customerID: CustomerID
    package let name: String
    package var solutionID: SolutionID?
    package let createdAt: Timestamp
    package var removedAt: Timestamp?

    package init(
        id: ProjectID, partnerID: PartnerID, customerID: CustomerID, name: String, solutionID: SolutionID? = nil,
        createdAt: Timestamp, removedAt: Timestamp? = nil
    ) {
        self.id = id
        self.partnerID = partnerID
        self.customerID = customerID
        self.name = name
        self.solutionID = solutionID
        self.createdAt = createdAt
        self.removedAt = removedAt
    }
}

/// An access key id; its secret is stored as a digest.
package struct AccessKey: Sendable, Hashable {
    package let id: AccessKeyID
    package let partnerID: PartnerID
    /// Nil opens every project of the partner.
    package let projectID: ProjectID?
    package let createdAt: Timestamp
    package var revokedAt: Timestamp?

    package init(
        id: AccessKeyID, partnerID: PartnerID, projectID: ProjectID?, createdAt: Timestamp, revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.partnerID = partnerID
        self.projectID = projectID
        self.createdAt = createdAt
        self.revokedAt = revokedAt
    }

    package func opens(_ project: Project) -> Bool {
        project.partnerID == partnerID && (projectID == nil || projectID == project.id)
    }
}

/// What the operator allows a partner beyond the ordinary. Stored: never rename.
package enum PartnerGrant: String, Sendable, CaseIterable {
    /// Tokens of Meta may leave the server. Source: Sinch, longLivedAccessToken.
    case longLivedTokens = "long_lived_tokens"
}

/// A project's webhook: an endpoint of format `sinch` with its triggers.
package struct ProjectWebhook: Sendable, Hashable {
    package let id: ProjectWebhookID
    package let projectID: ProjectID
    package let endpointID: EndpointID
    package var target: String
    package var triggers: [String]
    package let createdAt: Timestamp

    package init(
        id: ProjectWebhookID, projectID: ProjectID, endpointID: EndpointID, target: String, triggers: [String],
        createdAt: Timestamp
    ) {
        self.id = id
        self.projectID = projectID
        self.endpointID = endpointID
        self.target = target
        self.triggers = triggers
        self.createdAt = createdAt
    }
}

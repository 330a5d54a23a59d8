// SPDX-License-Identifier: Apache-2.0
package import Domain
import GraphClient

/// A WABA as Meta shows it; open enums stay text. Source: Meta, WhatsApp Business Account node.
package struct MetaWABA: Sendable {
    package struct Business: Sendable, Hashable {
        package let id: BusinessID
        package let name: String?
    }

    package struct App: Sendable, Hashable {
        package let id: AppID?
        package let name: String?
        package let overrideCallbackURI: String?
    }

    package struct User: Sendable, Hashable {
        package let id: SystemUserID
        package let name: String?
        /// What the user may do: `MANAGE`, `DEVELOP`, `MANAGE_PHONE` …
        package let tasks: [String]
    }

    package struct Health: Sendable, Hashable {
        package struct Entity: Sendable, Hashable {
            package let type: String?
            package let id: String?
            package let canSendMessage: String?
            package let errors: [Fault]
            package let additionalInfo: [String]
        }

        package struct Fault: Sendable, Hashable {
            package let code: Int?
            package let description: String?
            package let possibleSolution: String?
        }

        /// `AVAILABLE`, `LIMITED` or `BLOCKED`.
        package let canSendMessage: String?
        package let entities: [Entity]
    }

    /// Whether the credit line that was shared is the one that pays.
    package struct Funding: Sendable, Hashable {
        package let primaryFundingID: String?
        /// Of our allocation; nil where we shared none.
        package let allocationCredentialID: String?
        package let isAllocationRevoked: Bool
    }

    /// A call that Meta refused or did not answer: what it would have told is missing above.
    package struct Refusal: Sendable {
        package let call: String
        package let error: GraphError
    }

    package let id: WABAID
    package var name: String?
    package var currency: String?
    package var country: String?
    package var timezoneID: String?
    package var templateNamespace: String?
    package var reviewStatus: String?
    package var businessVerificationStatus: String?
    package var ownershipType: String?
    package var owner: Business?
    package var onBehalfOf: Business?
    package var status: String?
    package var isEnabledForInsights: Bool?
    package var messagingLimit: String?
    package var primaryFundingID: String?
    package var creationTime: Timestamp?
    package var health: Health?

    init(_ answer: WABAAnswer) {
        id = answer.id
        name = answer.name
        currency = answer.currency
        country = answer.country
        timezoneID = answer.timezoneID
        templateNamespace = answer.templateNamespace
        reviewStatus = answer.reviewStatus
        businessVerificationStatus = answer.businessVerificationStatus
        ownershipType = answer.ownershipType
        owner = answer.ownerBusiness.map { Business(id: $0.id, name: $0.name) }
        onBehalfOf = answer.onBehalfOfBusiness.map { Business(id: $0.id, name: $0.name) }
        status = answer.status
        isEnabledForInsights = answer.isEnabledForInsights
        messagingLimit = answer.messagingLimit
        primaryFundingID = answer.primaryFundingID
        creationTime = answer.creationTime
        health = answer.healthStatus.map(Health.init)
    }
}

extension MetaWABA.Health {
    init(_ answer: HealthStatus) {
        self.init(
            canSendMessage: answer.canSendMessage,
            entities: (answer.entities ?? []).map { entity in
                Entity(
                    type: entity.entityType, id: entity.id, canSendMessage: entity.canSendMessage,
                    errors: (entity.errors ?? []).map {
                        Fault(code: $0.code, description: $0.description, possibleSolution: $0.possibleSolution)
                    }, additionalInfo: entity.additionalInfo ?? [])
            })
    }
}

// SPDX-License-Identifier: Apache-2.0
package import Domain

/// A WABA as Meta prints it; open enums stay text. Source: Meta, WhatsApp Business Account node.
package struct WABAAnswer: GraphObject {
    package let id: WABAID
    @Lenient package var name: String?
    @Lenient package var currency: String?
    @Lenient package var country: String?
    @Lenient package var timezoneID: String?
    @Lenient package var templateNamespace: String?
    @Lenient package var reviewStatus: String?
    @Lenient package var businessVerificationStatus: String?
    @Lenient package var ownershipType: String?
    @Lenient package var ownerBusiness: BusinessSummary?
    @Lenient package var onBehalfOfBusiness: BusinessSummary?
    /// Equal to an allocation's `receiving_credential` when that credit line is on this WABA.
    @Lenient package var primaryFundingID: String?
    @Lenient package var status: String?
    @Lenient package var isEnabledForInsights: Bool?
    @Lenient package var messagingLimit: String?
    @Lenient package var healthStatus: HealthStatus?
    @Lenient private var creationTimeSeconds: Int?

    enum CodingKeys: String, CodingKey {
        case id, name, currency, country, status
        case timezoneID = "timezone_id"
        case templateNamespace = "message_template_namespace"
        case reviewStatus = "account_review_status"
        case businessVerificationStatus = "business_verification_status"
        case ownershipType = "ownership_type"
        case ownerBusiness = "owner_business_info"
        case onBehalfOfBusiness = "on_behalf_of_business_info"
        case primaryFundingID = "primary_funding_id"
        case isEnabledForInsights = "is_enabled_for_insights"
        case messagingLimit = "whatsapp_business_manager_messaging_limit"
        case healthStatus = "health_status"
        case creationTimeSeconds = "creation_time"
    }

    package var creationTime: Timestamp? { creationTimeSeconds.map { Timestamp(seconds: Int64($0)) } }

    package var facts: WABAFacts {
        WABAFacts(id: id, name: name, currency: currency, businessID: ownerBusiness?.id, reviewStatus: reviewStatus)
    }
}

/// Names of `fields=` on a WABA.
package enum WABAField: String, Sendable, CaseIterable {
    case id, name, currency, country, status
    case timezoneID = "timezone_id"
    case templateNamespace = "message_template_namespace"
    case reviewStatus = "account_review_status"
    case businessVerificationStatus = "business_verification_status"
    case ownershipType = "ownership_type"
    case ownerBusiness = "owner_business_info"
    case onBehalfOfBusiness = "on_behalf_of_business_info"
    case primaryFundingID = "primary_funding_id"
    case isEnabledForInsights = "is_enabled_for_insights"
    case messagingLimit = "whatsapp_business_manager_messaging_limit"
    case healthStatus = "health_status"
    case creationTime = "creation_time"

    /// What `WABAFacts` is made of.
    package static let facts: [WABAField] = [.id, .name, .currency, .ownerBusiness, .reviewStatus]
}

extension Array where Element: RawRepresentable, Element.RawValue == String {
    /// `fields=a,b`, or nothing for Meta's default fields.
    var fieldsQuery: [(String, String)] { isEmpty ? [] : [("fields", map(\.rawValue).joined(separator: ","))] }
}

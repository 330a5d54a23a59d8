// SPDX-License-Identifier: Apache-2.0

/// `health_status` of a node: whether it can send, and what stands in the way. Source: Meta, support/health-status.
package struct HealthStatus: GraphObject {
    /// `AVAILABLE`, `LIMITED` or `BLOCKED`.
    @Lenient package var canSendMessage: String?
    @Lenient package var entities: [Entity]?

    package struct Entity: GraphObject {
        /// `PHONE_NUMBER`, `WABA`, `BUSINESS`, `APP` or `MESSAGE_TEMPLATE`.
        @Lenient package var entityType: String?
        @Lenient package var id: String?
        @Lenient package var canSendMessage: String?
        @Lenient package var errors: [Problem]?
        @Lenient package var additionalInfo: [String]?

        enum CodingKeys: String, CodingKey {
            case id, errors
            case entityType = "entity_type"
            case canSendMessage = "can_send_message"
            case additionalInfo = "additional_info"
        }
    }

    package struct Problem: GraphObject {
        @Lenient package var code: Int?
        @Lenient package var description: String?
        @Lenient package var possibleSolution: String?

        enum CodingKeys: String, CodingKey {
            case code = "error_code"
            case description = "error_description"
            case possibleSolution = "possible_solution"
        }
    }

    enum CodingKeys: String, CodingKey {
        case entities
        case canSendMessage = "can_send_message"
    }
}

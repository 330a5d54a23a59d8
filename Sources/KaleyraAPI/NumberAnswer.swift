// SPDX-License-Identifier: Apache-2.0
import Domain
import Services

/// A number in the answers of V1 and V2. The documents list what is told, not the keys: these are ours, after the activation's
/// `phone_number` and Meta's own names.
struct NumberAnswer: Encodable {
    let id: String
    let wabaID: String
    let phoneNumber: String
    let name: String
    let incomingURL: String
    let status: String
    let nameStatus: String
    let qualityRating: String
    let verificationStatus: String

    enum CodingKeys: String, CodingKey {
        case id
        case wabaID = "waba_id"
        case phoneNumber = "phone_number"
        case name
        case incomingURL = "incoming_url"
        case status
        case nameStatus = "name_status"
        case qualityRating = "quality_rating"
        case verificationStatus = "code_verification_status"
    }

    init(_ facts: PhoneNumberFacts, waba: WABAID, incomingURL: String?) {
        id = facts.id.rawValue
        wabaID = waba.rawValue
        phoneNumber = facts.e164 ?? ""
        name = facts.verifiedName ?? ""
        self.incomingURL = incomingURL ?? ""
        status = facts.status ?? "PENDING"
        nameStatus = facts.nameStatus ?? ""
        qualityRating = facts.qualityRating ?? ""
        verificationStatus = facts.codeVerificationStatus ?? ""
    }

    init(_ shown: AccountNumbers.Shown) {
        self.init(shown.number.facts, waba: shown.number.wabaID, incomingURL: shown.incomingURL)
    }
}

/// Source: Kaleyra, "Fetch Phone Number Details API": messaging limit tier, name status, quality rating and score, status,
/// throughput level, verified name, can-send and can-receive flags, entity type, errors with description and solution.
/// Meta tells nothing of receiving apart: the flag follows the number's own state.
struct NumberDetailsAnswer: Encodable {
    struct Entity: Encodable {
        let entityType: String
        let id: String
        let canSendMessage: String
        let errors: [Problem]

        enum CodingKeys: String, CodingKey {
            case entityType = "entity_type"
            case id
            case canSendMessage = "can_send_message"
            case errors
        }
    }

    struct Problem: Encodable {
        let code: Int
        let description: String
        let solution: String

        enum CodingKeys: String, CodingKey {
            case code = "error_code"
            case description = "error_description"
            case solution = "possible_solution"
        }
    }

    struct Score: Encodable {
        let score: String

        enum CodingKeys: String, CodingKey {
            case score
        }
    }

    struct Throughput: Encodable {
        let level: String

        enum CodingKeys: String, CodingKey {
            case level
        }
    }

    struct Health: Encodable {
        let canSendMessage: String
        let canReceiveMessage: String
        let entities: [Entity]

        enum CodingKeys: String, CodingKey {
            case canSendMessage = "can_send_message"
            case canReceiveMessage = "can_receive_message"
            case entities
        }
    }

    let id: String
    let phoneNumber: String
    let messagingLimitTier: String
    let nameStatus: String
    let qualityRating: String
    let qualityScore: Score
    let status: String
    let throughput: Throughput
    let verifiedName: String
    let health: Health

    enum CodingKeys: String, CodingKey {
        case id
        case phoneNumber = "phone_number"
        case messagingLimitTier = "messaging_limit_tier"
        case nameStatus = "name_status"
        case qualityRating = "quality_rating"
        case qualityScore = "quality_score"
        case status
        case throughput
        case verifiedName = "verified_name"
        case health = "health_status"
    }

    init(_ details: PhoneNumbers.Details) {
        let facts = details.facts
        id = facts.id.rawValue
        phoneNumber = facts.e164 ?? ""
        messagingLimitTier = details.messagingLimit ?? ""
        nameStatus = facts.nameStatus ?? ""
        qualityRating = facts.qualityRating ?? ""
        qualityScore = Score(score: facts.qualityRating ?? "")
        status = facts.status ?? ""
        throughput = Throughput(level: details.throughputLevel ?? "")
        verifiedName = facts.verifiedName ?? ""
        health = Health(
            canSendMessage: details.canSend ?? (facts.isConnected ? "AVAILABLE" : "BLOCKED"),
            canReceiveMessage: facts.isConnected ? "AVAILABLE" : "BLOCKED",
            entities: details.entities.map { entity in
                Entity(
                    entityType: entity.type ?? "", id: entity.id ?? "", canSendMessage: entity.canSend ?? "",
                    errors: entity.errors.map {
                        Problem(code: $0.code ?? 0, description: $0.description ?? "", solution: $0.solution ?? "")
                    })
            })
    }
}

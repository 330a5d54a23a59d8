// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Services

/// `POST /activations/{id}/reject`.
struct RejectActivationBody: NativeBody {
    let reason: String

    enum CodingKeys: String, CodingKey, CaseIterable {
        case reason
    }

    static let fields = FieldNames(of: CodingKeys.self)
}

/// `POST /partners/{id}/kaleyra_accounts`.
struct CreateKaleyraAccountBody: NativeBody {
    let customerID: String?
    let isTrial: Bool?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case customerID = "customer_id"
        case isTrial = "trial"
    }

    static let fields = FieldNames(of: CodingKeys.self)
}

extension Activations.Followed {
    var wire: JSONValue {
        let asked = activation.request
        return [
            "id": .id(activation.id),
            "number": .integer(activation.number),
            "sid": .id(activation.sid),
            "partner_id": .id(activation.partnerID),
            "display_name": .string(asked.displayName),
            "phone_number": .string(asked.phoneNumber),
            "business_id": .id(asked.businessID),
            "business_name": .string(asked.businessName),
            "incoming_url": .text(asked.incomingURL),
            "certificate": activation.certificate.wire,
            "state": .name(activation.state),
            "reason": .text(activation.reason),
            "decided_by": .text(activation.decidedBy),
            "decided_at": .time(activation.decidedAt),
            "onboarding_id": .id(activation.onboardingID),
            "onboarding_state": .name(onboarding?.state),
            "customer_id": .id(onboarding?.customerID),
            "waba_id": .id(onboarding?.provenWABAID),
            "created_at": .time(activation.createdAt),
            "updated_at": .time(activation.updatedAt),
        ]
    }
}

extension Certificate {
    fileprivate var wire: JSONValue {
        [
            "type": .string(type.mediaType),
            "size": .integer(Int64(size)),
            "sha256": .string(sha256),
        ]
    }
}

extension ActivationAccount {
    var wire: JSONValue { .object(members) }

    /// With the key: when it is made, and never again.
    func wire(secret: OtherSecret) -> JSONValue {
        var members = members
        members["api_key"] = .string(secret.secret)
        return .object(members)
    }

    private var members: [String: JSONValue] {
        [
            "sid": .id(sid),
            "partner_id": .id(partnerID),
            "customer_id": .id(customerID),
            "trial": .bool(!isVerified),
            "created_at": .time(createdAt),
        ]
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain

extension WABA {
    var wire: JSONValue {
        [
            "id": .id(id),
            "partner_id": .id(partnerID),
            "customer_id": .id(customerID),
            "app_id": .id(appID),
            "business_id": .id(businessID),
            "name": .text(name),
            "currency": .text(currency),
            "state": .name(state),
            "evidence": .name(evidence),
            "review_status": .text(reviewStatus),
            "restriction": .text(restriction),
            "subscribed": .bool(isSubscribed),
            "created_at": .time(createdAt),
            "updated_at": .time(updatedAt),
        ]
    }
}

extension PhoneNumber {
    var wire: JSONValue {
        [
            "id": .id(id),
            "partner_id": .id(partnerID),
            "waba_id": .id(wabaID),
            "phone_number": .text(facts.e164),
            "display_phone_number": .text(facts.displayPhoneNumber),
            "verified_name": .text(facts.verifiedName),
            "status": .text(facts.status),
            "quality_rating": .text(facts.qualityRating),
            "name_status": .text(facts.nameStatus),
            "code_verification_status": .text(facts.codeVerificationStatus),
            "platform_type": .text(facts.platformType),
            "throughput_level": .text(facts.throughputLevel),
            "messaging_limit": .text(facts.messagingLimit),
            "requested_name": .text(requestedName),
            "requested_name_status": .text(requestedNameStatus),
            "registration_due_at": .time(registrationDueAt),
            "last_onboarded_at": .time(lastOnboardedAt),
            "created_at": .time(createdAt),
            "updated_at": .time(updatedAt),
        ]
    }
}

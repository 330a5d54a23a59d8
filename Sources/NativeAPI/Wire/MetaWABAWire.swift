// SPDX-License-Identifier: Apache-2.0
import Domain
import Services

extension WABAs.Listed {
    /// Meta's fields under Meta's names; `record` is ours.
    var wire: JSONValue {
        var members = meta.fields
        members["record"] =
            record.map {
                ["partner_id": .id($0.partnerID), "customer_id": .id($0.customerID), "state": .name($0.state)]
            } ?? .null
        return .object(members)
    }
}

extension WABAs.Detail {
    func wire(live: WABAs.Live?) -> JSONValue {
        guard case .object(var members) = waba.wire else { return waba.wire }
        members["token"] = ["kept": .bool(token.isKept), "expires_at": .time(token.expiresAt)]
        members["credit"] = credit?.wire ?? .null
        members["callback_uri"] = .text(callbackURI)
        members["phone_numbers"] = .array(numbers.map(\.wire))
        members["certificates"] = .array(numbers.map(\.facts.certificateWire))
        members["business_app_syncs"] = .array(syncs.map(\.wire))
        members["meta"] = live?.wire ?? .null
        return .object(members)
    }
}

extension BusinessAppSync {
    fileprivate var wire: JSONValue {
        [
            "phone_number_id": .id(phoneNumberID), "sync": .name(kind), "state": .name(state),
            "request_id": .text(requestID), "due_at": .time(dueAt), "requested_at": .time(requestedAt),
            "progress": .number(progress),
        ]
    }
}

extension PhoneNumberFacts {
    fileprivate var certificateWire: JSONValue {
        [
            "phone_number_id": .id(id), "state": .name(certificateState), "name_status": .text(nameStatus),
        ]
    }
}

extension WABAs.Credit {
    fileprivate var wire: JSONValue {
        [
            "state": .string(state), "extended_credit_line_id": .id(creditLineID), "allocation_id": .id(allocationID),
            "currency": .name(currency), "intended_at": .time(intendedAt),
        ]
    }
}

extension WABAs.Live {
    fileprivate var wire: JSONValue {
        var members = waba?.fields ?? [:]
        members["read_at"] = .time(readAt)
        members["shared"] = isShared.map { .bool($0) } ?? .null
        members["health_status"] = waba?.health?.wire ?? .null
        members["subscribed_apps"] = subscribedApps.map { .array($0.map(\.wire)) } ?? .null
        members["permissions"] = users.map { .array($0.map(\.wire)) } ?? .null
        members["funding"] = funding?.wire ?? .null
        members["phone_numbers"] = numbers.map { .array($0.map(\.wire)) } ?? .null
        members["refusals"] = .array(
            refusals.map { refusal in
                [
                    "call": .string(refusal.call), "code": .number(refusal.error.code),
                    "subcode": .number(refusal.error.subcode), "message": .string(refusal.error.message),
                ]
            })
        return .object(members)
    }
}

extension MetaWABA {
    /// The plain fields, named as Meta names them; times are RFC 3339.
    fileprivate var fields: [String: JSONValue] {
        [
            "id": .id(id), "name": .text(name), "currency": .text(currency), "country": .text(country),
            "timezone_id": .text(timezoneID), "message_template_namespace": .text(templateNamespace),
            "account_review_status": .text(reviewStatus),
            "business_verification_status": .text(businessVerificationStatus),
            "ownership_type": .text(ownershipType), "owner_business_info": owner?.wire ?? .null,
            "on_behalf_of_business_info": onBehalfOf?.wire ?? .null, "status": .text(status),
            "is_enabled_for_insights": isEnabledForInsights.map { .bool($0) } ?? .null,
            "whatsapp_business_manager_messaging_limit": .text(messagingLimit),
            "primary_funding_id": .text(primaryFundingID), "creation_time": .time(creationTime),
        ]
    }
}

extension MetaWABA.Business {
    fileprivate var wire: JSONValue { ["id": .id(id), "name": .text(name)] }
}

extension MetaWABA.App {
    fileprivate var wire: JSONValue {
        ["app_id": .id(id), "name": .text(name), "override_callback_uri": .text(overrideCallbackURI)]
    }
}

extension MetaWABA.User {
    fileprivate var wire: JSONValue {
        ["user_id": .id(id), "name": .text(name), "tasks": .array(tasks.map { .string($0) })]
    }
}

extension MetaWABA.Funding {
    /// `line_attached`: our allocation pays for this WABA. Source: Meta, share-and-revoke-credit-lines, "Verify".
    fileprivate var wire: JSONValue {
        let isAttached = allocationCredentialID != nil && allocationCredentialID == primaryFundingID
        return [
            "primary_funding_id": .text(primaryFundingID),
            "allocation_credential_id": .text(allocationCredentialID),
            "allocation_revoked": .bool(isAllocationRevoked),
            "line_attached": .bool(isAttached && !isAllocationRevoked),
        ]
    }
}

extension MetaWABA.Health {
    fileprivate var wire: JSONValue {
        ["can_send_message": .text(canSendMessage), "entities": .array(entities.map(\.wire))]
    }
}

extension MetaWABA.Health.Entity {
    fileprivate var wire: JSONValue {
        [
            "entity_type": .text(type), "id": .text(id), "can_send_message": .text(canSendMessage),
            "errors": .array(
                errors.map { fault in
                    [
                        "error_code": .number(fault.code), "error_description": .text(fault.description),
                        "possible_solution": .text(fault.possibleSolution),
                    ]
                }), "additional_info": .array(additionalInfo.map { .string($0) }),
        ]
    }
}

extension PhoneNumberFacts {
    fileprivate var wire: JSONValue {
        [
            "id": .id(id), "display_phone_number": .text(displayPhoneNumber), "verified_name": .text(verifiedName),
            "status": .text(status), "quality_rating": .text(qualityRating), "name_status": .text(nameStatus),
            "code_verification_status": .text(codeVerificationStatus), "platform_type": .text(platformType),
            "certificate_state": .name(certificateState),
        ]
    }
}

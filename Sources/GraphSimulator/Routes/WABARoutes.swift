// SPDX-License-Identifier: Apache-2.0

// Source: reference sections 7.1 and 7.2.
extension WorldState {
    static let wabaDefaults = ["id", "name", "timezone_id", "message_template_namespace"]

    func readWABA(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> JSON {
        guard let place = wabas.look(at: call.nodeID) else { throw .missingObject(call.nodeID, method: .get) }
        return try node(place.value, try call.fields(default: Self.wabaDefaults), call, token)
    }

    func node(
        _ waba: WABA, _ fields: [FieldSelection], _ call: GraphCall, _ token: AccessToken
    ) throws(GraphError) -> JSON {
        try .node(fields, type: .waba) { (field) throws(GraphError) in
            let value = value(of: field.name, in: waba)
            guard case .unknown = value else { return value }
            return try expanded(field, of: waba.id, .waba, for: call, token).map { .value($0) } ?? .unknown
        }
    }

    mutating func updateWABA(_ call: GraphCall) throws(GraphError) -> GraphReply {
        guard var waba = wabas[call.nodeID] else { throw .missingObject(call.nodeID, method: .post) }
        if let flag = call.parameters["is_enabled_for_insights"] {
            guard flag.isTrue else { throw ErrorCatalog.error(200006) }
            waba.isEnabledForInsights = true
            put(waba)
            // Meta's guide prints this id as a number.
            return GraphReply(["id": .int(Int64(waba.id) ?? 0)], effect: .updatedWABA)
        }
        if call.parameters["disable_marketing_messages_on_cloud_api"] != nil
            || call.parameters["template_auto_archival_enabled"] != nil
        {
            return GraphReply(["id": .int(Int64(waba.id) ?? 0)], effect: .updatedWABA)
        }
        throw .parameter("Tried to update WhatsAppBusinessAccount with no known parameter")
    }

    private func value(of field: String, in waba: WABA) -> FieldValue {
        switch field {
        case "id": return .value(.string(waba.id))
        case "name": return .value(.string(waba.name))
        case "timezone_id": return .value(.string(waba.timezoneID))
        case "currency": return .value(.string(waba.currency))
        case "country": return .value(.string(waba.country))
        case "message_template_namespace": return .value(.string(waba.templateNamespace))
        case "account_review_status": return .value(.string(waba.reviewStatus))
        case "business_verification_status":
            let isVerified = businesses[waba.ownerBusinessID]?.isVerified ?? false
            return .value(.string(isVerified ? "verified" : "not_verified"))
        case "ownership_type":
            return .value(waba.ownerBusinessID == app.businessID ? "SELF_OWNED" : "CLIENT_OWNED")
        case "owner_business", "owner_business_info": return .value(businessObject(waba.ownerBusinessID))
        case "primary_funding_id": return waba.primaryFundingID.map { .value(.string($0)) } ?? .absent
        case "status": return .value("ACTIVE")
        case "health_status": return .value(health(of: waba))
        case "is_enabled_for_insights": return .value(.bool(waba.isEnabledForInsights))
        case "is_shared_with_partners": return .value(.bool(!waba.sharedWith.isEmpty))
        case "creation_time": return .value(.int(waba.creationTimeSeconds))
        case "primary_business_location": return .value(.string(waba.country))
        case "whatsapp_business_manager_messaging_limit": return .value("TIER_250")
        default: return Self.emptyWABAFields.contains(field) ? .absent : .unknown
        }
    }

    /// Fields of Meta's schema that have no value in the sandbox. Source: facebook-business 26, whatsappbusinessaccount.py.
    private static let emptyWABAFields: Set<String> = [
        "on_behalf_of_business_info", "purchase_order_number", "auth_international_rate_eligibility",
        "marketing_messages_lite_api_status", "marketing_messages_onboarding_status", "marketing_messages_ad_account",
        "whatsapp_manager_marketing_messages_max_price_enroll_status", "disable_marketing_messages_on_cloud_api",
        "template_auto_archival_enabled", "service_pricing_policy", "linked_commerce_account", "analytics",
    ]

    func businessObject(_ id: String) -> JSON {
        ["name": .string(businesses[id]?.name ?? ""), "id": .string(id)]
    }

    /// Source: Meta, health status. The payment error's number is invented.
    func health(of waba: WABA, phone: PhoneNumber? = nil, template: MessageTemplate? = nil) -> JSON {
        var entities: [JSON] = []
        var isBlocked = waba.primaryFundingID == nil
        if let phone {
            entities.append(entity("PHONE_NUMBER", phone.id, phone.isRegistered ? "AVAILABLE" : "BLOCKED"))
            isBlocked = isBlocked || !phone.isRegistered
        }
        if let template {
            let isUsable = template.status == "APPROVED"
            entities.append(entity("MESSAGE_TEMPLATE", template.id, isUsable ? "AVAILABLE" : "BLOCKED"))
            isBlocked = isBlocked || !isUsable
        }
        var account: [JSON.Member] = [
            .init("entity_type", "WABA"), .init("id", .string(waba.id)),
            .init("can_send_message", waba.primaryFundingID == nil ? "BLOCKED" : "AVAILABLE"),
        ]
        if waba.primaryFundingID == nil {
            let payment: JSON = [
                "error_code": 141010, "error_description": "There is no payment method on this account.",
                "possible_solution": "Add a payment method in WhatsApp Manager.",
            ]
            account.append(.init("errors", .array([payment])))
        }
        entities.append(.object(account))
        entities.append(entity("BUSINESS", waba.ownerBusinessID, "AVAILABLE"))
        var own = entity("APP", app.appID, waba.subscriptions[app.appID] == nil ? "LIMITED" : "AVAILABLE")
        if waba.subscriptions[app.appID] == nil, case .object(let members) = own {
            let hint: JSON = ["Your app is not subscribed to the messages webhook."]
            own = .object(members + [.init("additional_info", hint)])
        }
        entities.append(own)
        return ["can_send_message": isBlocked ? "BLOCKED" : "AVAILABLE", "entities": .array(entities)]
    }

    private func entity(_ type: String, _ id: String, _ state: String) -> JSON {
        ["entity_type": .string(type), "id": .string(id), "can_send_message": .string(state)]
    }
}

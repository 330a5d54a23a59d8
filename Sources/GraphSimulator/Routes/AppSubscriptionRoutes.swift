// SPDX-License-Identifier: Apache-2.0

// Source: Meta, app subscriptions reference.
extension WorldState {
    static let webhookFields: Set<String> = [
        "account_alerts", "account_review_update", "account_settings_update", "account_update", "automatic_events",
        "business_capability_update", "business_username_updates", "calls", "flows", "group_lifecycle_update",
        "history",
        "message_echoes", "message_template_components_update", "message_template_quality_update",
        "message_template_status_update", "messages", "messaging_handovers", "partner_solutions",
        "payment_configuration_update", "phone_number_name_update", "phone_number_quality_update", "security",
        "smb_app_state_sync", "smb_message_echoes", "standby", "template_category_update", "user_preferences",
    ]

    private func requireAppToken(_ token: AccessToken?) throws(GraphError) {
        guard token?.kind == .app else {
            throw GraphError(
                status: 400, code: 15, message: "(#15) This method must be called with an app access_token.")
        }
    }

    func checkSubscription(_ call: GraphCall, _ token: AccessToken?) throws(GraphError) {
        try requireAppToken(token)
        let url = try call.required("callback_url")
        guard Self.isWebAddress(url), url.utf8.count <= 2048 else {
            throw .parameter("Param callback_url must be a valid URI.")
        }
        guard try call.required("object") == "whatsapp_business_account" else {
            throw .parameter("Param object must be one of {whatsapp_business_account}")
        }
        for field in call.parameters.list("fields") ?? [] where !Self.webhookFields.contains(field) {
            throw .parameter("Param fields[0] must be one of the fields of whatsapp_business_account")
        }
    }

    mutating func subscribeCallback(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        put(
            AppSubscription(
                appID: token.appID, callbackURL: try call.required("callback_url"),
                verifyToken: try call.required("verify_token"), fields: call.parameters.list("fields") ?? []))
        return .success(.subscribedCallback)
    }

    func listSubscriptions(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> JSON {
        try requireAppToken(token)
        guard let own = appSubscriptions[token.appID] else { return ["data": []] }
        let names = own.fields.isEmpty ? Self.webhookFields.sorted() : own.fields
        let fields = names.map { JSON.object([.init("name", .string($0)), .init("version", "v26.0")]) }
        let entry: JSON = [
            "object": "whatsapp_business_account", "callback_url": .string(own.callbackURL), "active": true,
            "fields": .array(fields),
        ]
        return ["data": .array([entry])]
    }

    /// `fields` narrows what is taken off; the last field takes the subscription with it.
    mutating func unsubscribeCallback(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> GraphReply {
        try requireAppToken(token)
        if let object = call.parameters.text("object"), object != "whatsapp_business_account" { return .success(nil) }
        guard var own = appSubscriptions[token.appID] else { return .success(nil) }
        if let fields = call.parameters.list("fields") {
            let known = own.fields.isEmpty ? Self.webhookFields.sorted() : own.fields
            own.fields = known.filter { !fields.contains($0) }
            if !own.fields.isEmpty {
                put(own)
                return .success(.unsubscribedCallback)
            }
        }
        endSubscription(ofApp: token.appID)
        return .success(.unsubscribedCallback)
    }
}

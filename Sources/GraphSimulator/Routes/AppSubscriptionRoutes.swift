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

    func checkSubscription(_ call: GraphCall, _ token: AccessToken?) throws(GraphError) {
        guard token?.kind == .app else {
            throw GraphError(
                status: 400, code: 15, message: "(#15) This method must be called with an app access_token.")
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

    func listSubscriptions(_ token: AccessToken) -> GraphReply {
        guard let own = appSubscriptions[token.appID] else { return GraphReply(["data": []]) }
        let names = own.fields.isEmpty ? Self.webhookFields.sorted() : own.fields
        let fields = names.map { JSON.object([.init("name", .string($0)), .init("version", "v26.0")]) }
        let entry: JSON = [
            "object": "whatsapp_business_account", "callback_url": .string(own.callbackURL), "active": true,
            "fields": .array(fields),
        ]
        return GraphReply(["data": .array([entry])])
    }

    mutating func unsubscribeCallback(_ token: AccessToken) -> GraphReply {
        guard appSubscriptions[token.appID] != nil else { return .success(nil) }
        endSubscription(ofApp: token.appID)
        return .success(.unsubscribedCallback)
    }
}

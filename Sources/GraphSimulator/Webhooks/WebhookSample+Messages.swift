// SPDX-License-Identifier: Apache-2.0

extension WebhookSample {
    /// `messages` and coexistence. Source: reference section 11.3.
    static let messageFields: [WebhookSample] = [
        ofNumber(
            "messages", "text",
            #"""
            "contacts":[{"profile":{"name":"$person_name"},"wa_id":"$person"}],"messages":[{"from":"$person",
            "id":"$message_id","timestamp":"$now_text","text":{"body":"Does it come in another color?"},"type":"text"}]
            """#),
        ofNumber(
            "messages", "text",
            #"""
            "contacts":[{"profile":{"name":"$person_name","username":"@sheena"},"user_id":"US.13491208655302741918"}],
            "messages":[{"from_user_id":"US.13491208655302741918","id":"$message_id","timestamp":"$now_text",
            "text":{"body":"Hi"},"type":"text"}]
            """#, variant: "bsuid"),
        status("sent", pricing),
        status("delivered", pricing),
        status("read", ""),
        status("played", ""),
        status("failed", errors(131047)),
        status("failed", errors(131042), variant: "payment"),
        ofNumber("messages", "errors", errorList(130429, href: false)),
        ofNumber(
            "history", "chunk",
            #"""
            "history":[{"metadata":{"phase":0,"chunk_order":1,"progress":55},"threads":[{"id":"$person","messages":[
            {"from":"$digits","to":"$person","id":"$message_id","timestamp":"$now_text","type":"text",
            "text":{"body":"Here is the info you asked for"},"history_context":{"status":"READ"}},
            {"from":"$digits","id":"$message_id","timestamp":"$now_text","type":"media_placeholder",
            "history_context":{"status":"PLAYED"}}]}]}]
            """#),
        ofNumber(
            "history", "refused",
            #"""
            "history":[{"errors":[{"code":2593109,
            "title":"History sync is turned off by the business from the WhatsApp Business App",
            "message":"History sync is turned off by the business from the WhatsApp Business App",
            "error_data":{"details":"History sharing is turned off by the business"}}]}]
            """#),
        ofNumber(
            "smb_app_state_sync", "add",
            #"""
            "state_sync":[{"type":"contact","contact":{"full_name":"Pablo Morales","first_name":"Pablo",
            "phone_number":"$person"},"action":"add","metadata":{"timestamp":"$now_text"}}]
            """#),
        ofNumber(
            "smb_app_state_sync", "remove",
            #"""
            "state_sync":[{"type":"contact","contact":{"phone_number":"$person"},"action":"remove",
            "metadata":{"timestamp":"$now_text"}}]
            """#),
        ofNumber(
            "smb_message_echoes", nil,
            #"""
            "message_echoes":[{"from":"$digits","to":"$person","id":"$message_id","timestamp":"$now_text","type":"text",
            "text":{"body":"On its way"}}]
            """#),
    ]

    private static let pricing =
        #","pricing":{"billable":true,"pricing_model":"PMP","category":"utility","type":"regular"}"#

    private static func errors(_ code: Int) -> String { "," + errorList(code, href: true) }

    private static func errorList(_ code: Int, href: Bool) -> String {
        let entry = ErrorCatalog.entries[code]
        let link = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"
        var members: [JSON.Member] = [
            .init("code", .int(Int64(code))), .init("title", .string(entry?.title ?? "")),
            .init("message", .string(entry?.title ?? "")),
            .init("error_data", ["details": .string(entry?.details ?? entry?.title ?? "")]),
        ]
        if href { members.append(.init("href", .string(link))) }
        return "\"errors\":" + String(decoding: JSON.array([.object(members)]).bytes(), as: UTF8.self)
    }

    private static func status(_ status: String, _ members: String, variant: String? = nil) -> WebhookSample {
        ofNumber(
            "messages", status,
            #"""
            "statuses":[{"id":"$message_id","status":"\#(status)","timestamp":"$now_text","recipient_id":"$person"\#(members)}]
            """#, variant: variant)
    }

    static func ofNumber(
        _ field: String, _ event: String?, _ members: String, variant: String? = nil, isDocumented: Bool = true
    ) -> WebhookSample {
        WebhookSample(
            field, event,
            #"""
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"$digits",
            "phone_number_id":"$phone_number_id"},\#(members)}
            """#, variant: variant, isDocumented: isDocumented)
    }

    /// Fields that onboarding does not need. `user_preferences` is Meta's sample; the others are shapes we could not check.
    static let otherFields: [WebhookSample] =
        ["stop", "resume"].map { (choice: String) in
            ofNumber(
                "user_preferences", choice,
                #"""
                "contacts":[{"profile":{"name":"$person_name"},"wa_id":"$person"}],"user_preferences":[{"wa_id":"$person",
                "detail":"User requested to \#(choice) marketing messages","category":"marketing_messages",
                "value":"\#(choice)","timestamp":"$now"}]
                """#)
        } + [
            ofNumber(
                "automatic_events", nil,
                #""automatic_events":[{"id":"$message_id","event_name":"LeadSubmitted","timestamp":"$now"}]"#,
                isDocumented: false),
            ofNumber(
                "calls", nil,
                #"""
                "calls":[{"id":"$message_id","from":"$person","to":"$digits","event":"connect","timestamp":"$now_text",
                "direction":"USER_INITIATED"}]
                """#, isDocumented: false),
            ofNumber(
                "group_lifecycle_update", nil,
                #""groups":[{"timestamp":"$now_text","group_id":"$message_id","type":"group_create","subject":"Orders"}]"#,
                isDocumented: false),
            ofNumber(
                "messaging_handovers", nil,
                #""sender":{"phone_number":"$person"},"timestamp":"$now_text","control_passed":{"metadata":""}"#,
                isDocumented: false),
            ofNumber(
                "standby", nil,
                #"""
                "standby":[{"from":"$person","id":"$message_id","timestamp":"$now_text","text":{"body":"Hi"},"type":"text"}]
                """#, isDocumented: false),
            ofNumber(
                "message_echoes", nil,
                #"""
                "message_echoes":[{"from":"$digits","to":"$person","id":"$message_id","timestamp":"$now_text",
                "type":"text","text":{"body":"On its way"}}]
                """#, isDocumented: false),
            WebhookSample(
                "flows", nil,
                #"""
                {"event":"FLOW_STATUS_CHANGE","message":"Flow has been published","flow_id":"1234567890123456",
                "old_status":"DRAFT","new_status":"PUBLISHED"}
                """#, isDocumented: false),
            WebhookSample(
                "account_settings_update", nil,
                #"""
                {"messaging_product":"whatsapp","timestamp":"$now_text","type":"phone_number_settings",
                "phone_number_settings":{"phone_number_id":"$phone_number_id","calling":{"status":"ENABLED"}}}
                """#, isDocumented: false),
            WebhookSample(
                "business_username_updates", nil,
                #"{"display_phone_number":"$digits","username":"luckyshrub","status":"approved"}"#, isDocumented: false),
            WebhookSample(
                "payment_configuration_update", nil,
                #"""
                {"configuration_name":"payments","provider_name":"razorpay","provider_mid":"acc_1","status":"Active",
                "created_timestamp":"$now","updated_timestamp":"$now"}
                """#, isDocumented: false),
        ]
}

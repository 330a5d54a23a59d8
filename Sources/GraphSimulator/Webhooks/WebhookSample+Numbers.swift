// SPDX-License-Identifier: Apache-2.0

extension WebhookSample {
    /// Numbers. Source: reference section 11.2.
    static let numberFields: [WebhookSample] =
        ["APPROVED", "REJECTED", "DEFERRED", "PENDING"].map { (decision: String) in
            let reason = decision == "REJECTED" ? #""NAME_NOT_CONSISTENT""# : "null"
            return WebhookSample(
                "phone_number_name_update", decision,
                #"""
                {"display_phone_number":"$digits","decision":"\#(decision)","requested_verified_name":"$display_name",
                "rejection_reason":\#(reason)}
                """#)
        }
        + [
            ("ONBOARDING", "TIER_250"), ("THROUGHPUT_UPGRADE", "TIER_UNLIMITED"), ("FLAGGED", "TIER_2K"),
            ("UNFLAGGED", "TIER_2K"), ("UPGRADE", "TIER_10K"), ("DOWNGRADE", "TIER_250"),
        ].map { (event: String, tier: String) in
            WebhookSample(
                "phone_number_quality_update", event,
                #"""
                {"display_phone_number":"$digits","event":"\#(event)","current_limit":"\#(tier)",
                "max_daily_conversations_per_business":"\#(tier)"}
                """#)
        }
        + ["PIN_CHANGED", "PIN_RESET_REQUEST", "PIN_REQUEST_SUCCESS"].map { (event: String) in
            WebhookSample(
                "security", event,
                #"{"display_phone_number":"$digits","event":"\#(event)","requester":"$system_user_id"}"#)
        }

    /// Templates. Source: reference section 11.2.
    static let templateFields: [WebhookSample] =
        [
            status("APPROVED", #""reason":"NONE""#),
            status(
                "REJECTED",
                #"""
                "reason":"INVALID_FORMAT","rejection_info":{"reason":"The variable has no sample.",
                "recommendation":"Add a sample value."}
                """#),
            status("PENDING", #""reason":"NONE""#),
            status(
                "PAUSED",
                #"""
                "reason":null,"other_info":{"title":"FIRST_PAUSE",
                "description":"Paused for low quality; it resumes by itself."}
                """#, category: "MARKETING"),
            status(
                "DISABLED", #""reason":null,"disable_info":{"disable_date":"$now_text"}"#, category: "MARKETING"),
        ]
        + [
            "ARCHIVED", "DELETED", "FLAGGED", "IN_APPEAL", "LIMIT_EXCEEDED", "LOCKED", "REINSTATED", "PENDING_DELETION",
        ].map { status($0, #""reason":"NONE""#) } + [
            WebhookSample(
                "message_template_quality_update", nil,
                template(#""previous_quality_score":"GREEN","new_quality_score":"YELLOW""#)),
            WebhookSample(
                "template_category_update", nil,
                template(
                    #""new_category":"UTILITY","correct_category":"MARKETING","category_update_timestamp":"$tomorrow""#)
            ),
            WebhookSample(
                "template_category_update", nil,
                template(#""previous_category":"UTILITY","new_category":"MARKETING""#), variant: "done"),
            WebhookSample(
                "message_template_components_update", nil,
                template(
                    #"""
                    "message_template_title":"Your order","message_template_element":"Your order {{1}} is on its way.",
                    "message_template_footer":"Reply STOP to end",
                    "message_template_buttons":[{"message_template_button_type":"URL",
                    "message_template_button_text":"Track","message_template_button_url":"https://example.com/{{1}}"}]
                    """#)),
        ]

    private static func status(_ event: String, _ members: String, category: String = "UTILITY") -> WebhookSample {
        WebhookSample(
            "message_template_status_update", event,
            template(#""event":"\#(event)","message_template_category":"\#(category)",\#(members)"#))
    }

    private static func template(_ members: String) -> String {
        #"""
        {"message_template_id":"$template_id","message_template_name":"order_confirmation",
        "message_template_language":"en-US",\#(members)}
        """#
    }
}

// SPDX-License-Identifier: Apache-2.0

extension MetaWords {
    /// Source: Meta, app subscriptions reference, WhatsApp Business Account.
    static let webhookFields: Set<String> = [
        "account_alerts", "account_review_update", "account_settings_update", "account_update", "automatic_events",
        "business_capability_update", "business_username_updates", "calls", "flows", "group_lifecycle_update",
        "group_participants_update", "group_settings_update", "group_status_update", "history", "message_echoes",
        "message_template_components_update", "message_template_quality_update", "message_template_status_update",
        "messages", "messaging_handovers", "partner_solutions", "payment_configuration_update",
        "phone_number_name_update", "phone_number_quality_update", "security", "smb_app_state_sync",
        "smb_message_echoes", "standby", "template_category_update", "tracking_events", "user_preferences",
    ]

    /// Messages of people: nothing of them is looked at but their types.
    static let bulkFields: Set<String> = [
        "messages", "history", "smb_app_state_sync", "smb_message_echoes", "message_echoes", "standby",
        "messaging_handovers", "calls", "flows", "automatic_events", "user_preferences",
    ]

    static func events(of field: String) -> Set<String>? {
        switch field {
        case "account_update": accountEvents
        case "phone_number_quality_update":
            ["ONBOARDING", "THROUGHPUT_UPGRADE", "FLAGGED", "UNFLAGGED", "UPGRADE", "DOWNGRADE"]
        case "security": ["PIN_CHANGED", "PIN_RESET_REQUEST", "PIN_REQUEST_SUCCESS"]
        case "partner_solutions": ["SOLUTION_CREATED", "SOLUTION_UPDATED"]
        case "message_template_status_update":
            [
                "APPROVED", "ARCHIVED", "DELETED", "DISABLED", "FLAGGED", "IN_APPEAL", "LIMIT_EXCEEDED", "LOCKED",
                "PAUSED", "PENDING", "REINSTATED", "PENDING_DELETION", "REJECTED",
            ]
        default: nil
        }
    }

    private static let accountEvents: Set<String> = [
        "PARTNER_ADDED", "PARTNER_REMOVED", "PARTNER_APP_INSTALLED", "PARTNER_APP_UNINSTALLED",
        "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE", "PARTNER_CLIENT_CERTIFICATION_NEEDED", "VERIFIED_ACCOUNT",
        "DISABLED_UPDATE", "ACCOUNT_VIOLATION", "ACCOUNT_RESTRICTION", "ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED",
        "ACCOUNT_RECONNECTED", "AD_ACCOUNT_LINKED", "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE",
        "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", "MM_LITE_TERMS_SIGNED", "VOLUME_BASED_PRICING_TIER_UPDATE",
    ]

    /// Nil where the members are not documented well enough to judge them.
    static func members(ofWebhook field: String) -> Set<String>? {
        switch field {
        case "account_update": accountUpdate
        case "account_review_update": ["decision", "rejection_reason"]
        case "account_alerts":
            [
                "entity_type", "entity_id", "alert_info", "alert_severity", "alert_status", "alert_type",
                "alert_description",
            ]
        case "phone_number_name_update":
            ["display_phone_number", "decision", "requested_verified_name", "rejection_reason"]
        case "phone_number_quality_update":
            [
                "display_phone_number", "event", "max_daily_conversations_per_business", "current_limit", "old_limit",
            ]
        case "business_capability_update":
            [
                "max_daily_conversations_per_business", "max_daily_conversation_per_phone",
                "max_phone_numbers_per_business", "max_phone_numbers_per_waba", "max_daily_conversations_per_phone",
            ]
        case "security": ["display_phone_number", "event", "requester"]
        case "partner_solutions": ["event", "solution_id", "solution_status"]
        case "message_template_status_update": templateStatus
        case "message_template_quality_update": template.union(["previous_quality_score", "new_quality_score"])
        case "template_category_update":
            template.union([
                "previous_category", "new_category", "correct_category", "category_update_timestamp",
            ])
        default: nil
        }
    }

    private static let accountUpdate: Set<String> = [
        "event", "waba_info", "waba_id", "owner_business_id", "partner_app_id", "solution_id",
        "solution_partner_business_ids", "ad_account_linked", "ad_account_id", "phone_number", "disconnection_info",
        "reason", "initiated_by", "partner_client_certification_info", "client_business_id", "status",
        "rejection_reasons", "partner_client_certification_needed_info", "ban_info", "waba_ban_state", "waba_ban_date",
        "violation_info", "violation_type", "remediation", "restriction_info", "restriction_type", "expiration",
        "auth_international_rate_eligibility", "exception_countries", "country_code", "start_time", "country",
        "volume_tier_info", "tier_update_time", "pricing_category", "tier", "effective_month", "region",
    ]

    private static let template: Set<String> = [
        "message_template_id", "message_template_name", "message_template_language",
    ]

    private static let templateStatus = template.union([
        "event", "message_template_category", "reason", "disable_info", "disable_date", "other_info", "title",
        "description",
        "rejection_info", "recommendation",
    ])

    /// By the member's name, in upper case.
    static let webhookValues: [String: Set<String>] = [
        "decision": ["APPROVED", "REJECTED", "PENDING", "DEFERRED"],
        "waba_ban_state": ["DISABLE", "REINSTATE", "SCHEDULE_FOR_DISABLE"],
        "violation_type": [
            "ADULT", "ALCOHOL", "ANIMALS", "BODY_PARTS_FLUIDS", "DATING", "DIGITAL_SERVICES_PRODUCTS", "DRUGS",
            "GAMBLING", "HEALTHCARE", "ILLEGAL_PRODUCTS", "MISLEADING", "OVERTLY_SEXUALIZED_POSITIONING",
            "REAL_FAKE_CURRENCY", "SCAM", "SUPPLEMENTS", "THIRD_PARTY_INFRINGEMENTS", "TOBACCO", "UNAUTHORIZED_MEDIA",
            "WEAPONS",
        ],
        "restriction_type": Set(
            [
                "ADD_PHONE_NUMBER_ACTION", "BIZ_INITIATED_MESSAGING", "CUSTOMER_INITIATED_MESSAGING",
                "BIZ_INITIATED_AND_USER_INITIATED_CALLING", "BUSINESS_INITIATED_CALLING", "USER_INITIATED_CALLING",
                "USER_INITIATED_CALLING_CALL_BUTTON_HIDDEN", "DIRECT_SEND_UTILITY_TEMPLATES", "UTILITY_TEMPLATES",
            ].map { "RESTRICTED_" + $0 }),
        "alert_severity": ["CRITICAL", "WARNING", "INFORMATIONAL"],
        "alert_status": ["ACTIVE", "NONE"],
        "solution_status": ["ACTIVE", "DEACTIVATED", "DRAFT", "INITIATED", "PENDING_DEACTIVATION", "REJECTED"],
        "initiated_by": ["SYSTEM", "USER"],
        "previous_quality_score": qualityScores, "new_quality_score": qualityScores,
    ]

    private static let qualityScores: Set<String> = ["GREEN", "YELLOW", "RED", "UNKNOWN"]

    /// A list of the field `messages`, the member that says of which kind each is, and the kinds. Source: Meta, webhooks/reference/messages.
    static let messageKinds: [(list: String, member: String, kinds: Set<String>)] = [
        (
            "messages", "type",
            [
                "TEXT", "IMAGE", "AUDIO", "VIDEO", "DOCUMENT", "STICKER", "LOCATION", "CONTACTS", "INTERACTIVE",
                "BUTTON", "ORDER", "REACTION", "SYSTEM", "UNKNOWN", "UNSUPPORTED", "REQUEST_WELCOME", "EPHEMERAL",
                "EDIT", "REVOKE", "GROUP", "ERRORS",
            ]
        ),
        ("statuses", "status", ["SENT", "DELIVERED", "READ", "FAILED", "PLAYED", "DELETED", "WARNING"]),
    ]
}

// SPDX-License-Identifier: Apache-2.0

/// The words of Meta's that this version knows. Sources: Meta's WhatsApp guides and webhook references (2025-11 to 2026-08),
/// facebook-business 26.0.3 for the names of fields.
enum MetaWords {
    /// In answers of every kind.
    static let everywhere: Set<String> = [
        "id", "name", "data", "paging", "cursors", "before", "after", "next", "previous", "success",
        "messaging_product",
        "summary", "total_count",
    ]

    // MARK: Answers

    static func members(of operation: String) -> Set<String>? {
        switch operation {
        case "read_waba", "list_client_wabas", "list_owned_wabas": waba
        case "read_phone_number", "list_phone_numbers": phoneNumber
        case "debug_token": token
        case "exchange_code", "fetch_business_token", "app_token", "long_lived_token", "solution_access_token":
            ["access_token", "token_type", "expires_in", "expires_at", "machine_id"]
        case "list_subscribed_apps": ["whatsapp_business_api_data", "override_callback_uri", "link"]
        case "share_credit", "share_credit_only", "attach_credit": ["allocation_config_id", "waba_id"]
        case "read_allocation", "list_allocations":
            ["receiving_credential", "receiving_business", "request_status", "owning_business", "owning_credential"]
        case "list_credit_lines": ["legal_entity_name"]
        case "list_system_users": ["role"]
        case "list_assigned_users": ["tasks"]
        case "read_solution", "list_waba_solutions": solution
        case "app_subscriptions": ["object", "callback_url", "active", "fields", "version"]
        case "create_solution": ["solution_id"]
        case "read_profile": profile
        case "send_message": ["contacts", "input", "wa_id", "messages", "message_status"]
        case "sync_business_app": ["request_id"]
        case "subscribe_app", "assign_user", "remove_assigned_user", "register", "deregister", "unsubscribe_app",
            "revoke_credit", "update_waba", "request_code", "verify_code", "add_phone_number", "update_phone_number",
            "update_profile", "app_subscribe", "delete_template", "revoke_token":
            []
        default: nil
        }
    }

    /// Operations whose answers are not judged. Meta's reference for templates names what a client writes, not all that an
    /// answer may hold (components are free in form); a forwarded call may be any of the Cloud API's.
    static let undocumented: Set<String> = ["list_templates", "write_template", "forward"]

    private static let health: Set<String> = [
        "health_status", "can_send_message", "entities", "entity_type", "errors", "error_code", "error_description",
        "possible_solution", "additional_info", "can_receive_call_sip",
    ]

    private static let waba: Set<String> = health.union([
        "timezone_id", "currency", "country", "message_template_namespace", "account_review_status",
        "business_verification_status", "ownership_type", "owner_business", "owner_business_info",
        "on_behalf_of_business_info", "primary_funding_id", "purchase_order_number", "status",
        "is_enabled_for_insights", "is_shared_with_partners", "creation_time", "primary_business_location",
        "auth_international_rate_eligibility", "whatsapp_business_manager_messaging_limit",
        "marketing_messages_lite_api_status", "marketing_messages_onboarding_status", "marketing_messages_ad_account",
        "whatsapp_manager_marketing_messages_max_price_enroll_status", "disable_marketing_messages_on_cloud_api",
        "template_auto_archival_enabled", "service_pricing_policy", "linked_commerce_account", "analytics", "type",
    ])

    private static let phoneNumber: Set<String> = health.union([
        "display_phone_number", "verified_name", "country_code", "country_dial_code", "code_verification_status",
        "quality_rating", "quality_score", "score", "date", "reasons", "status", "platform_type", "throughput", "level",
        "name_status", "new_name_status", "new_display_name", "certificate", "new_certificate", "messaging_limit_tier",
        "whatsapp_business_manager_messaging_limit", "account_mode", "is_official_business_account", "is_pin_enabled",
        "is_on_biz_app", "is_preverified_number", "unified_cert_status", "last_onboarded_time", "webhook_configuration",
        "phone_number", "whatsapp_business_account", "application", "conversational_automation", "search_visibility",
        "host_platform", "username",
    ])

    private static let token: Set<String> = [
        "app_id", "type", "application", "is_valid", "error", "code", "subcode", "message", "expires_at",
        "data_access_expires_at", "issued_at", "scopes", "granular_scopes", "scope", "target_ids", "user_id",
        "profile_id", "metadata",
    ]

    private static let solution: Set<String> = [
        "status", "status_for_pending_request", "owner_app", "owner_permissions", "partners", "partner_permissions",
        "partner_app", "link", "category", "namespace",
    ]

    private static let profile: Set<String> = [
        "about", "address", "description", "email", "profile_picture_url", "websites", "vertical", "business_profile",
    ]

    private static let tiers: Set<String> = [
        "TIER_50", "TIER_250", "TIER_1K", "TIER_2K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED", "TIER_NOT_SET",
        "UNTIERED",
    ]

    /// By the member's name, in upper case: Meta prints some of them both ways.
    static let answerValues: [String: Set<String>] = [
        "account_review_status": ["PENDING", "APPROVED", "REJECTED", "RESTRICTED", "LIMIT_REACHED", "DEFERRED"],
        "business_verification_status": [
            "EXPIRED", "FAILED", "INELIGIBLE", "NOT_VERIFIED", "PENDING", "PENDING_NEED_MORE_INFO",
            "PENDING_SUBMISSION",
            "REJECTED", "REVOKED", "VERIFIED",
        ],
        "ownership_type": ["CLIENT_OWNED", "ON_BEHALF_OF", "SELF_OWNED", "AGENCY_OWNED"],
        "whatsapp_business_manager_messaging_limit": tiers, "messaging_limit_tier": tiers,
        "code_verification_status": ["VERIFIED", "NOT_VERIFIED", "EXPIRED", "UNVERIFIED"],
        "quality_rating": ["GREEN", "YELLOW", "RED", "NA", "UNKNOWN"],
        "platform_type": ["CLOUD_API", "ON_PREMISE", "NOT_APPLICABLE"],
        "level": ["STANDARD", "HIGH", "NOT_APPLICABLE"],
        "name_status": nameStatus, "new_name_status": nameStatus,
        "account_mode": ["SANDBOX", "LIVE"],
        "can_send_message": ["AVAILABLE", "LIMITED", "BLOCKED"],
        "entity_type": ["PHONE_NUMBER", "MESSAGE_TEMPLATE", "WABA", "BUSINESS", "APP"],
        "request_status": ["DELETED", "APPROVED", "PENDING", "ACTIVE"],
        "message_status": ["ACCEPTED", "HELD_FOR_QUALITY_ASSESSMENT", "PAUSED"],
        "vertical": [
            "OTHER", "AUTO", "BEAUTY", "APPAREL", "EDU", "ENTERTAIN", "EVENT_PLAN", "FINANCE", "GROCERY", "GOVT",
            "HOTEL",
            "HEALTH", "NONPROFIT", "PROF_SERVICES", "RETAIL", "TRAVEL", "RESTAURANT", "ALCOHOL", "ONLINE_GAMBLING",
            "PHYSICAL_GAMBLING", "OTC_DRUGS", "UNDEFINED", "NOT_A_BIZ",
        ],
        // Of WABAs, numbers and solutions: what any of them is known to print.
        "status": [
            "CONNECTED", "PENDING", "DISCONNECTED", "FLAGGED", "RATE_LIMITED", "RESTRICTED", "BANNED", "MIGRATED",
            "DELETED", "LINKED", "UNLINKED", "UNVERIFIED", "ACTIVE", "DRAFT", "INITIATED", "REJECTED", "DEACTIVATED",
        ],
    ]

    private static let nameStatus: Set<String> = [
        "APPROVED", "AVAILABLE_WITHOUT_REVIEW", "DECLINED", "EXPIRED", "PENDING_REVIEW", "NONE",
    ]
}

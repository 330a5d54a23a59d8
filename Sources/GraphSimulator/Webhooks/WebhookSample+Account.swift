// SPDX-License-Identifier: Apache-2.0

extension WebhookSample {
    /// `account_update`. Source: reference section 11.1.
    static let accountUpdates: [WebhookSample] = [
        account(
            "PARTNER_ADDED", #""waba_info":{"waba_id":"$waba_id","owner_business_id":"$owner_id"}"#, entry: .business),
        account(
            "PARTNER_ADDED",
            #"""
            "waba_info":{"waba_id":"$waba_id","owner_business_id":"$owner_id","partner_app_id":"$app_id",
            "solution_id":"$solution_id","solution_partner_business_ids":["$partner_id","$other_partner_id"]}
            """#, variant: "solution", entry: .partner),
        account(
            "PARTNER_REMOVED", #""waba_info":{"waba_id":"$waba_id","owner_business_id":"$owner_id"}"#, entry: .business),
        account(
            "PARTNER_REMOVED",
            #""phone_number":"$digits","disconnection_info":{"reason":"ACCOUNT_DISCONNECTED","initiated_by":"USER"}"#,
            variant: "coexistence"),
        account(
            "PARTNER_APP_INSTALLED",
            #""waba_info":{"waba_id":"$waba_id","owner_business_id":"$owner_id","partner_app_id":"$app_id"}"#,
            entry: .business),
        account(
            "PARTNER_APP_UNINSTALLED",
            #""waba_info":{"waba_id":"$waba_id","owner_business_id":"$owner_id","partner_app_id":"$app_id"}"#,
            entry: .business),
        account("PARTNER_APP_UNINSTALLED", "", variant: "bare", entry: .business),
        account(
            "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE",
            #"""
            "partner_client_certification_info":{"client_business_id":"$owner_id","status":"FAILED",
            "rejection_reasons":["LEGAL NAME NOT MATCHING","WEBSITE NOT MATCHING"]}
            """#, entry: .partner),
        account(
            "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE",
            #"""
            "partner_client_certification_info":{"client_business_id":"$owner_id","status":"APPROVED",
            "rejection_reasons":["NONE"]}
            """#, variant: "approved", entry: .partner),
        account(
            "PARTNER_CLIENT_CERTIFICATION_NEEDED",
            #""partner_client_certification_needed_info":{"client_business_id":"$owner_id"}"#, entry: .partner),
        account("VERIFIED_ACCOUNT", #""phone_number":"$digits""#),
        account(
            "DISABLED_UPDATE", #""ban_info":{"waba_ban_state":"SCHEDULE_FOR_DISABLE","waba_ban_date":"$date"}"#),
        account(
            "DISABLED_UPDATE", #""ban_info":{"waba_ban_state":"DISABLE","waba_ban_date":"$date"}"#, variant: "disable"),
        account(
            "DISABLED_UPDATE", #""ban_info":{"waba_ban_state":"REINSTATE","waba_ban_date":"$date"}"#,
            variant: "reinstate"),
        account("ACCOUNT_VIOLATION", #""violation_info":{"violation_type":"ALCOHOL"}"#),
        account(
            "ACCOUNT_RESTRICTION",
            #"""
            "restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":"$tomorrow"},
            {"restriction_type":"RESTRICTED_ADD_PHONE_NUMBER_ACTION","expiration":"$tomorrow"}]
            """#),
        account("ACCOUNT_DELETED", ""),
        account("ACCOUNT_OFFBOARDED", ""),
        account("ACCOUNT_RECONNECTED", ""),
        account(
            "AD_ACCOUNT_LINKED",
            #""waba_info":{"waba_id":"$waba_id","ad_account_linked":"4052175343162067","owner_business_id":"$owner_id"}"#,
            entry: .business),
        account(
            "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE",
            #"""
            "auth_international_rate_eligibility":{"exception_countries":[{"country_code":"IN","start_time":"$now"}],
            "start_time":"$now"}
            """#),
        account("BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", #""country":"US""#),
        account(
            "MM_LITE_TERMS_SIGNED", #""waba_info":{"waba_id":"$waba_id","owner_business_id":"$owner_id"}"#,
            entry: .business),
        account(
            "VOLUME_BASED_PRICING_TIER_UPDATE",
            #"""
            "volume_tier_info":{"tier_update_time":"$now","pricing_category":"UTILITY","tier":"25000001:50000000",
            "effective_month":"$month","region":"India"}
            """#),
    ]

    private static func account(
        _ event: String, _ members: String, variant: String? = nil, entry: Entry = .waba
    ) -> WebhookSample {
        let separator = members.isEmpty ? "" : ","
        return WebhookSample(
            "account_update", event, "{\(members)\(separator)\"event\":\"\(event)\"}", variant: variant, entry: entry)
    }

    /// Source: reference section 11.2.
    static let otherAccountFields: [WebhookSample] =
        ["APPROVED", "REJECTED", "PENDING", "DEFERRED"].map { (decision: String) in
            WebhookSample("account_review_update", decision, #"{"decision":"\#(decision)"}"#)
        } + alerts + [
            WebhookSample(
                "business_capability_update", nil,
                #"{"max_daily_conversations_per_business":2000,"max_phone_numbers_per_business":2}"#),
            WebhookSample(
                "business_capability_update", nil,
                #"{"max_daily_conversations_per_business":"TIER_2K","max_phone_numbers_per_waba":25}"#, variant: "tier"),
            WebhookSample(
                "partner_solutions", "SOLUTION_CREATED",
                #"{"event":"SOLUTION_CREATED","solution_id":"$solution_id","solution_status":"INITIATED"}"#,
                entry: .partner),
            WebhookSample(
                "partner_solutions", "SOLUTION_UPDATED",
                #"{"event":"SOLUTION_UPDATED","solution_id":"$solution_id","solution_status":"ACTIVE"}"#,
                entry: .partner),
        ]

    private static let alerts: [WebhookSample] = [
        alert(
            "INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO",
            "More information is needed to raise the messaging limit."),
        alert("INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED", "The messaging limit was not raised yet."),
        alert("INCREASED_CAPABILITIES_ELIGIBILITY_FAILED", "The messaging limit was not raised."),
        alert("OBA_APPROVED", "The number is an official business account."),
        alert("OBA_REJECTED", "The number did not become an official business account."),
        alert("PROFILE_PICTURE_LOST", "The number has lost its profile picture."),
    ]

    private static func alert(_ type: String, _ description: String) -> WebhookSample {
        let isOfNumber = !type.hasPrefix("INCREASED")
        return WebhookSample(
            "account_alerts", type,
            #"""
            {"entity_type":"\#(isOfNumber ? "PHONE_NUMBER" : "BUSINESS")",
            "entity_id":"\#(isOfNumber ? "$phone_number_id" : "$owner_id")","alert_info":{"alert_severity":"INFORMATIONAL",
            "alert_status":"NONE","alert_type":"\#(type)","alert_description":"\#(description)"}}
            """#)
    }
}

// SPDX-License-Identifier: Apache-2.0

extension WebhookExample {
    static let account: [WebhookExample] = [
        WebhookExample(
            "WABA shared", field: "account_update", event: "PARTNER_ADDED", variant: nil, entry: .customer,
            hasTime: true,
            #"""
            {"waba_info":{"waba_id":"102290129340398","owner_business_id":"506914307656634"},
            "event":"PARTNER_ADDED"}
            """#),
        WebhookExample(
            "WABA shared through a solution", field: "account_update", event: "PARTNER_ADDED", variant: "solution",
            entry: .partner,
            hasTime: true,
            #"""
            {"waba_info":{"waba_id":"102290129340398","owner_business_id":"506914307656634",
            "partner_app_id":"634974688087057","solution_id":"774485461512159",
            "solution_partner_business_ids":["2729063490586005","520744086200222"]},"event":"PARTNER_ADDED"}
            """#),
        WebhookExample(
            "WABA unshared", field: "account_update", event: "PARTNER_REMOVED", variant: nil, entry: .customer,
            hasTime: true,
            #"""
            {"waba_info":{"waba_id":"102290129340398","owner_business_id":"506914307656634"},
            "event":"PARTNER_REMOVED"}
            """#),
        WebhookExample(
            "coexistence ended by the user", field: "account_update", event: "PARTNER_REMOVED", variant: "coexistence",
            entry: .waba,
            hasTime: true,
            #"""
            {"phone_number":"15550783881","disconnection_info":{"reason":"ACCOUNT_DISCONNECTED",
            "initiated_by":"USER"},"event":"PARTNER_REMOVED"}
            """#),
        WebhookExample(
            "app installed", field: "account_update", event: "PARTNER_APP_INSTALLED", variant: nil, entry: .customer,
            hasTime: true,
            #"""
            {"waba_info":{"waba_id":"102290129340398","owner_business_id":"506914307656634",
            "partner_app_id":"634974688087057"},"event":"PARTNER_APP_INSTALLED"}
            """#),
        WebhookExample(
            "app uninstalled", field: "account_update", event: "PARTNER_APP_UNINSTALLED", variant: nil,
            entry: .customer,
            hasTime: true,
            #"""
            {"waba_info":{"waba_id":"102290129340398","owner_business_id":"506914307656634",
            "partner_app_id":"634974688087057"},"event":"PARTNER_APP_UNINSTALLED"}
            """#),
        WebhookExample(
            "app uninstalled, without waba_info", field: "account_update", event: "PARTNER_APP_UNINSTALLED",
            variant: "bare", entry: .customer,
            hasTime: true,
            #"""
            {"event":"PARTNER_APP_UNINSTALLED"}
            """#),
        WebhookExample(
            "partner-led verification failed", field: "account_update",
            event: "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE", variant: nil, entry: .partner,
            hasTime: true,
            #"""
            {"partner_client_certification_info":{"client_business_id":"506914307656634","status":"FAILED",
            "rejection_reasons":["LEGAL NAME NOT MATCHING","WEBSITE NOT MATCHING"]},
            "event":"PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE"}
            """#),
        WebhookExample(
            "verification asked for", field: "account_update", event: "PARTNER_CLIENT_CERTIFICATION_NEEDED",
            variant: nil, entry: .partner,
            hasTime: true,
            #"""
            {"partner_client_certification_needed_info":{"client_business_id":"506914307656634"},
            "event":"PARTNER_CLIENT_CERTIFICATION_NEEDED"}
            """#),
        WebhookExample(
            "verified account", field: "account_update", event: "VERIFIED_ACCOUNT", variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"phone_number":"15550783881","event":"VERIFIED_ACCOUNT"}
            """#),
        WebhookExample(
            "scheduled to be disabled", field: "account_update", event: "DISABLED_UPDATE", variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"ban_info":{"waba_ban_state":"SCHEDULE_FOR_DISABLE","waba_ban_date":"April 17, 2026"},
            "event":"DISABLED_UPDATE"}
            """#),
        WebhookExample(
            "reinstated", field: "account_update", event: "DISABLED_UPDATE", variant: "reinstate", entry: .waba,
            hasTime: true,
            #"""
            {"ban_info":{"waba_ban_state":"REINSTATE","waba_ban_date":"April 17, 2026"},
            "event":"DISABLED_UPDATE"}
            """#),
        WebhookExample(
            "violation", field: "account_update", event: "ACCOUNT_VIOLATION", variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"violation_info":{"violation_type":"ALCOHOL"},"event":"ACCOUNT_VIOLATION"}
            """#),
        WebhookExample(
            "restriction", field: "account_update", event: "ACCOUNT_RESTRICTION", variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING",
            "expiration":1764086400},{"restriction_type":"RESTRICTED_ADD_PHONE_NUMBER_ACTION",
            "expiration":1764086400}],"event":"ACCOUNT_RESTRICTION"}
            """#),
        WebhookExample(
            "deleted", field: "account_update", event: "ACCOUNT_DELETED", variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"event":"ACCOUNT_DELETED"}
            """#),
        WebhookExample(
            "offboarded (coexistence)", field: "account_update", event: "ACCOUNT_OFFBOARDED", variant: nil,
            entry: .waba,
            hasTime: true,
            #"""
            {"event":"ACCOUNT_OFFBOARDED"}
            """#),
        WebhookExample(
            "reconnected (coexistence)", field: "account_update", event: "ACCOUNT_RECONNECTED", variant: nil,
            entry: .waba,
            hasTime: true,
            #"""
            {"event":"ACCOUNT_RECONNECTED"}
            """#),
        WebhookExample(
            "primary location", field: "account_update", event: "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE",
            variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"country":"US","event":"BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE"}
            """#),
        WebhookExample(
            "volume tier", field: "account_update", event: "VOLUME_BASED_PRICING_TIER_UPDATE", variant: nil,
            entry: .waba,
            hasTime: true,
            #"""
            {"volume_tier_info":{"tier_update_time":1764000000,"pricing_category":"UTILITY",
            "tier":"25000001:50000000","effective_month":"2026-11","region":"India"},
            "event":"VOLUME_BASED_PRICING_TIER_UPDATE"}
            """#),
        WebhookExample(
            "review approved", field: "account_review_update", event: "APPROVED", variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"decision":"APPROVED"}
            """#),
        WebhookExample(
            "review rejected", field: "account_review_update", event: "REJECTED", variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"decision":"REJECTED"}
            """#),
        WebhookExample(
            "alert", field: "account_alerts", event: "INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO", variant: nil,
            entry: .waba,
            hasTime: true,
            #"""
            {"entity_type":"BUSINESS","entity_id":"506914307656634",
            "alert_info":{"alert_severity":"INFORMATIONAL","alert_status":"NONE",
            "alert_type":"INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO",
            "alert_description":"More information is needed to raise the messaging limit."}}
            """#),
        WebhookExample(
            "capability, integer limit", field: "business_capability_update", event: nil, variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"max_daily_conversations_per_business":2000,"max_phone_numbers_per_business":2}
            """#),
        WebhookExample(
            "capability, tier string", field: "business_capability_update", event: nil, variant: "tier", entry: .waba,
            hasTime: true,
            #"""
            {"max_daily_conversations_per_business":"TIER_2K","max_phone_numbers_per_waba":25}
            """#),
        WebhookExample(
            "solution created", field: "partner_solutions", event: "SOLUTION_CREATED", variant: nil, entry: .partner,
            hasTime: true,
            #"""
            {"event":"SOLUTION_CREATED","solution_id":"774485461512159","solution_status":"INITIATED"}
            """#),
        WebhookExample(
            "display name approved", field: "phone_number_name_update", event: "APPROVED", variant: nil, entry: .waba,
            hasTime: true,
            #"""
            {"display_phone_number":"15550783881","decision":"APPROVED","requested_verified_name":"Lucky Shrub",
            "rejection_reason":null}
            """#),
    ]
}

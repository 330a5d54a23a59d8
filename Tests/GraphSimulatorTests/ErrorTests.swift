// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Source: reference sections 12 and 16 (the order of checks).
@Suite(.timeLimit(.minutes(1)))
struct ErrorTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var method: HTTPMethod = .GET
        var path: String
        var query: [String: String] = [:]
        var hasToken = true
        var status: Int
        var code: Int
        var subcode: Int?
        var type = "OAuthException"
        var testDescription: String { name }
    }

    static let rows = [
        Row(name: "no token", path: "/v26.0/{waba}", hasToken: false, status: 401, code: 104),
        Row(name: "no token comes before an unknown id", path: "/v26.0/1", hasToken: false, status: 401, code: 104),
        Row(
            name: "unknown path comes before the token", path: "/v26.0/{waba}/nonsense", hasToken: false, status: 400,
            code: 2500),
        Row(name: "unknown path", path: "/v26.0/nonsense/path", status: 400, code: 2500),
        Row(name: "version to come", path: "/v99.0/{waba}", status: 400, code: 2500),
        Row(
            name: "foreign id", path: "/v26.0/100000000000001", status: 400, code: 100, subcode: 33,
            type: "GraphMethodException"),
        Row(
            name: "foreign id comes before a bad parameter", path: "/v26.0/100000000000001", query: ["fields": "xyz"],
            status: 400, code: 100, subcode: 33, type: "GraphMethodException"),
        Row(name: "unknown field", path: "/v26.0/{waba}", query: ["fields": "xyz"], status: 400, code: 100),
        Row(name: "edge of another node", path: "/v26.0/{phone}/phone_numbers", status: 400, code: 100),
        Row(
            name: "unsupported method", method: .DELETE, path: "/v26.0/{waba}/phone_numbers", status: 400, code: 100,
            subcode: 33, type: "GraphMethodException"),
        Row(
            name: "permission comes before parameters", method: .POST,
            path: "/v26.0/{line}/whatsapp_credit_sharing_and_attach", status: 403, code: 200),
        Row(name: "missing parameter", method: .POST, path: "/v26.0/{phone}/register", status: 400, code: 100),
        Row(name: "missing business", path: "/v26.0/{waba}/assigned_users", status: 400, code: 100),
        Row(
            name: "insights cannot be switched off", method: .POST, path: "/v26.0/{waba}",
            query: ["is_enabled_for_insights": "false"], status: 400, code: 200006),
        Row(
            name: "verified already", method: .POST, path: "/v26.0/{phone}/request_code",
            query: ["code_method": "SMS", "language": "en_US"], status: 400, code: 136024),
    ]

    @Test(arguments: rows) func answersAsDocumented(_ row: Row) async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let path = row.path.replacing("{waba}", with: customer.wabaID)
                .replacing("{phone}", with: customer.phoneNumberID)
                .replacing("{line}", with: sandbox.app.extendedCreditLineID)
            let answer = try await sandbox.send(
                row.method, path, query: row.query, token: row.hasToken ? customer.token : nil)
            #expect(answer.status == row.status)
            #expect(answer.errorCode == row.code)
            #expect(answer.errorSubcode == row.subcode)
            #expect(answer.body["error"]["type"].string == row.type)
            let trace = answer.body["error"]["fbtrace_id"].string
            #expect(trace.count == 23 && trace.hasPrefix("A"))
            #expect(answer.headers.first(name: "content-type") == "application/json; charset=UTF-8")
        }
    }

    @Test func anUnknownTokenIsNotParsed() async throws {
        try await Sandbox.run { sandbox in
            let answer = try await sandbox.get("/v26.0/\(sandbox.app.businessID)", token: "EAAnobody")
            #expect(answer.status == 401)
            #expect(answer.errorCode == 190)
            #expect(
                answer.headers.first(name: "WWW-Authenticate")?.hasPrefix(#"OAuth "Facebook Platform" "invalid_token""#)
                    == true)
        }
    }

    @Test(arguments: [("v17.0", "v21.0"), ("v21.0", "v21.0"), ("v24.0", "v24.0"), ("v26.0", "v26.0")])
    func versionsAreServed(_ asked: String, _ served: String) async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let answer = try await sandbox.get("/\(asked)/\(customer.wabaID)/", ["access_token": customer.token])
            #expect(answer.status == 200)
            #expect(answer.headers.first(name: "facebook-api-version") == served)
            #expect(
                answer.body.keys == ["id", "name", "timezone_id", "message_template_namespace"])
        }
    }

    /// Source: Meta, about the platform: 200 calls an hour before a number is registered.
    @Test func theTwoHundredAndFirstCallOfAnHourIsRefusedUntilTheHourIsOver() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let path = "/v26.0/\(customer.wabaID)"
            var last = try await sandbox.get(path, token: customer.token)
            #expect(
                last.headers.first(name: "X-Business-Use-Case-Usage")
                    == #"{"\#(customer.wabaID)":[{"type":"whatsapp","call_count":0,"total_cputime":0,"total_time":0,"#
                    + #""estimated_time_to_regain_access":0}]}"#)
            for _ in 0..<199 { last = try await sandbox.get(path, token: customer.token) }
            #expect(last.status == 200)
            let over = try await sandbox.get(path, token: customer.token)
            #expect(over.errorCode == 80007)
            #expect(over.body["error"]["is_transient"].bool == true)
            let usage = Value(parsing: over.headers.first(name: "X-Business-Use-Case-Usage") ?? "")[customer.wabaID][0]
            #expect(usage["call_count"].int == 100)
            #expect(try #require(usage["estimated_time_to_regain_access"].int) > 50)
            try await sandbox.advance(seconds: 3600)
            #expect(try await sandbox.get(path, token: customer.token).status == 200)
            #expect(over.headers.first(name: "X-App-Usage")?.contains("call_count") == true)
        }
    }

    @Test func everyDocumentedFieldIsKnown() async throws {
        let waba = """
            id,name,timezone_id,currency,country,message_template_namespace,account_review_status,\
            business_verification_status,ownership_type,owner_business,owner_business_info{id,name},\
            on_behalf_of_business_info,primary_funding_id,purchase_order_number,status,health_status,\
            is_enabled_for_insights,is_shared_with_partners,creation_time,primary_business_location,\
            auth_international_rate_eligibility,whatsapp_business_manager_messaging_limit,\
            marketing_messages_lite_api_status,marketing_messages_onboarding_status,marketing_messages_ad_account,\
            template_auto_archival_enabled,service_pricing_policy,linked_commerce_account,analytics,phone_numbers{status}
            """
        let phone = """
            display_phone_number,verified_name,country_code,country_dial_code,code_verification_status,quality_rating,\
            quality_score,status,platform_type,throughput,name_status,new_name_status,new_display_name,certificate,\
            new_certificate,messaging_limit_tier,whatsapp_business_manager_messaging_limit,account_mode,\
            is_official_business_account,is_pin_enabled,is_on_biz_app,is_preverified_number,unified_cert_status,\
            last_onboarded_time,webhook_configuration,health_status,conversational_automation,search_visibility,\
            host_platform,username
            """
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let first = try await sandbox.get("/v26.0/\(customer.wabaID)", ["fields": waba], token: customer.token)
            #expect(first.status == 200)
            #expect(first.body["owner_business_info"]["id"].string == customer.businessID)
            #expect(first.body["phone_numbers"]["data"][0].keys == ["status", "id"])
            #expect(!first.body["primary_funding_id"].exists)
            let second = try await sandbox.get(
                "/v26.0/\(customer.phoneNumberID)", ["fields": phone], token: customer.token)
            #expect(second.status == 200)
            #expect(second.body["platform_type"].string == "NOT_APPLICABLE")
            #expect(second.body["status"].string == "PENDING")
        }
    }

    @Test func insightsAnswerTheIDAsANumber() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let answer = try await sandbox.post(
                "/v26.0/\(customer.wabaID)", query: ["is_enabled_for_insights": "true"], token: customer.token)
            #expect(answer.text == #"{"id":\#(customer.wabaID)}"#)
        }
    }
}

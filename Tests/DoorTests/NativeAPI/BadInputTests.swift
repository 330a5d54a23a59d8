// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import NativeAPI
import Testing

@Suite(.timeLimit(.minutes(5))) struct BadInputTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let path: String
        let body: String
        let status: Int
        let code: String
        var pointer: String?

        init(
            _ path: String, _ body: String, _ status: Int = 400, _ code: String = "invalid_request", at pointer: String?
        ) {
            self.path = path
            self.body = body
            self.status = status
            self.code = code
            self.pointer = pointer
        }

        var testDescription: String { "POST \(path) \(body.prefix(60))" }
    }

    private static let customer = "00000000-0000-7000-8000-000000000000"

    static let customers: [Case] = [
        Case("customers", "{", 400, "malformed_json", at: nil),
        Case("customers", "", at: "/name"),
        Case("customers", "[]", at: ""),
        Case("customers", "{}", at: "/name"),
        Case("customers", #"{"name":7}"#, at: "/name"),
        Case("customers", #"{"name":""}"#, at: "/name"),
        Case("customers", #"{"name":"a\u0000b"}"#, at: "/name"),
        Case("customers", #"{"name":"\#(String(repeating: "n", count: 201))"}"#, at: "/name"),
        Case("customers", #"{"name":"a","email":"nobody"}"#, at: "/email"),
        Case("customers", #"{"name":"a","phone":"12"}"#, at: "/phone"),
        Case("customers", #"{"name":"a","phone":"+1 555 CALL"}"#, at: "/phone"),
        Case("customers", #"{"name":"a","partner_id":"prt_x"}"#, at: "/partner_id"),
        Case("customers", String(repeating: "[", count: 65), 400, "nested_too_deep", at: nil),
        Case(
            "customers",
            #"{"name":"\#(String(repeating: "n", count: 256 * 1024))"}"#, 413, "payload_too_large", at: nil
        ),
    ]

    static let onboardings: [Case] = [
        Case("onboardings", "{}", at: "/customer_id"),
        Case("onboardings", #"{"customer_id":"x","code":"c"}"#, at: "/customer_id"),
        Case("onboardings", #"{"customer_id":"\#(customer)"}"#, at: "/code"),
        Case("onboardings", #"{"customer_id":"\#(customer)","code":"c"}"#, 404, "customer_not_found", at: nil),
        Case("onboardings", #"{"customer_id":"\#(customer)","code":"c","flow":"magic"}"#, at: "/flow"),
        Case("onboardings", #"{"customer_id":"\#(customer)","flow":"hosted"}"#, at: "/business_id"),
        Case("onboardings", #"{"customer_id":"\#(customer)","flow":"activation"}"#, at: "/flow"),
        Case("onboardings", #"{"customer_id":"\#(customer)","flow":"tech_partner"}"#, at: "/waba_id"),
        Case("onboardings", #"{"customer_id":"\#(customer)","flow":"tech_partner","waba_id":"1"}"#, at: "/solution_id"),
        Case("onboardings", #"{"customer_id":"\#(customer)","code":"c","waba_id":"abc"}"#, at: "/waba_id"),
        Case("onboardings", #"{"customer_id":"\#(customer)","code":"c","waba_ids":[]}"#, at: "/waba_ids"),
        Case("onboardings", #"{"customer_id":"\#(customer)","code":"c","waba_ids":["1","1"]}"#, at: "/waba_ids"),
        Case(
            "onboardings", #"{"customer_id":"\#(customer)","flow":"hosted","business_id":"1","waba_ids":["1"]}"#,
            at: "/waba_ids"),
        Case(
            "onboardings", #"{"customer_id":"\#(customer)","flow":"number_migration","waba_id":"1"}"#, at: "/migration"),
        Case(
            "onboardings",
            #"{"customer_id":"\#(customer)","code":"c","flow":"embedded_signup","signup_event":"FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING"}"#,
            at: "/flow"),
        Case("onboardings", #"{"customer_id":"\#(customer)","code":"c","signup_event":"CANCEL"}"#, at: "/signup_event"),
        Case(
            "onboardings",
            #"{"customer_id":"\#(customer)","code":"c","options":{"verify_messaging":{"recipient":"x"}}}"#,
            at: "/options/verify_messaging/recipient"),
        Case("onboardings", #"{"customer_id":"\#(customer)","code":"c","waba_id":1.5}"#, at: "/waba_id"),
        Case("onboardings", #"{"customer_id":"\#(customer)","code":"c","pin":"12345"}"#, at: "/pin"),
        Case("onboardings", #"{"customer_id":"\#(customer)","code":"c","pin":123456}"#, at: "/pin"),
        Case("onboardings", #"{"customer_id":"\#(customer)","code":"c","currency":"CHF"}"#, at: "/currency"),
        Case("onboardings", #"{"customer_id":"\#(customer)","code":"c","region":"Germany"}"#, at: "/region"),
        Case(
            "onboardings",
            #"{"customer_id":"\#(customer)","code":"c","options":{"callback":{"uri":"https://a.example"}}}"#,
            at: "/options/callback/verify_token"
        ),
        Case(
            "onboardings",
            #"{"customer_id":"\#(customer)","code":"c","#
                + #""options":{"callback":{"uri":"http://a.example","verify_token":"t"}}}"#, at: "/options/callback/uri"
        ),
        Case(
            "onboardings",
            #"{"customer_id":"\#(customer)","code":"c","options":{"subscribe":true}}"#, at: "/options/subscribe"
        ),
        Case(
            "onboardings",
            #"{"customer_id":"\#(customer)","code":"c","options":{"subscribe_app":"yes"}}"#,
            at: "/options/subscribe_app"
        ),
    ]

    static let endpoints: [Case] = [
        Case("endpoints", #"{"url":"https://hooks.example.com"}"#, at: "/events"),
        Case("endpoints", #"{"url":"https://hooks.example.com","events":"*"}"#, at: "/events"),
        Case("endpoints", #"{"url":"https://hooks.example.com","events":[]}"#, at: "/events"),
        Case("endpoints", #"{"url":"https://hooks.example.com","events":["*","whatsapp.nothing"]}"#, at: "/events/1"),
        Case("endpoints", #"{"url":"https://hooks.example.com","events":["*"],"format":"xml"}"#, at: "/format"),
        Case("endpoints", #"{"url":"https://hooks.example.com","events":["*"],"format":"sinch"}"#, at: "/format"),
        Case("endpoints", #"{"url":"http://hooks.example.com","events":["*"]}"#, at: "/url"),
        Case("endpoints", #"{"url":"https://127.0.0.1/","events":["*"]}"#, at: "/url"),
        Case(
            "endpoints",
            #"{"url":"https://hooks.example.com","events":["*"],"customer_id":"\#(customer)"}"#, at: "/customer_id"
        ),
        Case("endpoints", #"{"url":"https://hooks.example.com","events":["*"],"secret":"whsec_mine"}"#, at: "/secret"),
    ]

    static let operators: [Case] = [
        Case("partners", "{}", at: "/name"),
        Case("partners", #"{"name":"a","app_id":"12345"}"#, 404, "app_not_found", at: nil),
        Case("partners", #"{"name":"a","default_currency":"usd"}"#, at: "/default_currency"),
        Case("partners/prt_x/enable", #"{"force":true}"#, 404, "partner_not_found", at: nil),
        Case("partners/prt_00000000000000000000000000/keys", "{}", 404, "partner_not_found", at: nil),
        Case("partners/prt_00000000000000000000000000/solutions", "{}", at: "/solution_id"),
        Case("partners/prt_00000000000000000000000000/businesses", #"{"business_id":true}"#, at: "/business_id"),
    ]

    @Test("bad input is named and nothing is stored", arguments: customers + onboardings + endpoints + operators)
    func refused(bad: Case) async throws {
        try await DoorWorld.native { world, api in
            let before = try await world.activityCount()
            let key = bad.path.hasPrefix("partners") ? world.operatorKey : world.acme.key
            let answer = try await api.with(key).post(bad.path, bad.body)
            #expect(answer.status == bad.status, "\(answer.text)")
            #expect(answer["code"] == bad.code)
            #expect(answer["errors.0.pointer"] == bad.pointer)
            #expect(answer.header("content-type") == "application/problem+json")
            #expect(answer["status"] == String(bad.status))
            #expect(answer["instance"] == "/api/v1/\(bad.path)")
            #expect(answer["request_id"]?.isEmpty == false)
            #expect(try await world.activityCount() == before)
            #expect(world.graph.calls.isEmpty)
        }
    }

    @Test("a detail says its field once")
    func wording() async throws {
        try await DoorWorld.native { _, api in
            let url = try await api.post("endpoints", #"{"url":"http://hooks.example.com","events":["*"]}"#)
            #expect(url["detail"] == "url must begin with https://, not http://.")
            let name = try await api.post("customers", "{}")
            #expect(name["detail"] == "name is required.")
        }
    }

    static let queries: [(String, String)] = [
        ("customers?limit=0", "limit"), ("customers?limit=251", "limit"), ("customers?limit=ten", "limit"),
        ("customers?cursor=nonsense", "cursor"), ("customers?state=live", "state"),
        ("customers?external_id=a%00", "external_id"),
        ("onboardings?state=done", "state"), ("onboardings?customer_id=1", "customer_id"),
        ("onboardings?waba_id=x", "waba_id"), ("deliveries?endpoint_id=evt_1", "endpoint_id"),
        ("deliveries?event_id=1", "event_id"), ("deliveries?state=lost", "state"),
        ("events?onboarding_id=1", "onboarding_id"),
    ]

    @Test("wrong query parameters are named", arguments: queries)
    func query(path: String, parameter: String) async throws {
        try await DoorWorld.native { _, api in
            let answer = try await api.get(path)
            #expect(answer.status == 400)
            #expect(answer["errors.0.parameter"] == parameter)
        }
    }

    @Test("unknown addresses and methods are problems too, with the safe headers")
    func addresses() async throws {
        try await DoorWorld.native { _, api in
            let unknown = try await api.get("nothing/here")
            #expect(unknown.status == 404)
            #expect(unknown["code"] == "not_found")
            #expect(unknown.header("content-type") == "application/problem+json")
            let method = try await api.send(.delete, "customers")
            #expect(method.status == 405)
            #expect(method.header("allow") == "GET, POST")
            #expect(method["code"] == "method_not_allowed")
            for answer in [unknown, method, try await api.get("customers")] {
                #expect(answer.header("x-content-type-options") == "nosniff")
                #expect(answer.header("cache-control") == "no-store")
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

@testable import GraphClient

/// Calls and answers that the example files do not show.
@Suite(.timeLimit(.minutes(1))) struct CallsBeyondExamplesTests {
    /// Source: Meta, install-apps-and-generate-tokens.
    @Test func `revoking names both tokens and the app`() async throws {
        let transport = ScriptedTransport([.success(.json(#"{"success":true}"#))])
        let call = RevokeToken(revoked: BusinessToken("EAAold"), token: BusinessToken("EAAnew"))
        #expect(try await GraphClient.scripted(transport).send(call).success == true)
        let url = try #require(transport.calls.first?.url)
        #expect(
            url.hasSuffix(
                "/v26.0/oauth/revoke?client_id=634974688087057&client_secret=614fc2afde15eee07a26b2fe3eaee9b9"
                    + "&revoke_token=EAAold&access_token=EAAnew"))
    }

    @Test func `a forwarded call goes byte for byte and its answer comes back without the secrets`() async throws {
        let token = Sample.businessToken
        let answer = #"{"data": [1.50, "\u00e9"], "paging":{"next":"https://x/?access_token=\#(token.secret)"}}"#
        let transport = ScriptedTransport([.success(.json(answer))])
        let body = Array(#"{"name": "x", "n": 1.0}"#.utf8)
        let call = ForwardedCall(
            .post, "\(Sample.waba)/message_templates", query: [("a b", "ü")], json: body, token: token,
            subject: Sample.waba)
        let raw = try await GraphClient.scripted(transport).send(call)
        #expect(
            String(decoding: raw.json, as: UTF8.self)
                == #"{"data": [1.50, "\u00e9"], "paging":{"next":"https://x/?access_token=***"}}"#)
        let sent = try #require(transport.calls.first)
        #expect(sent.body == body)
        #expect(sent.contentType == "application/json")
        #expect(sent.url.contains("/v26.0/\(Sample.waba)/message_templates?a%20b=%C3%BC"))
        #expect(sent.authorization == "Bearer \(token.secret)")
    }

    @Test func `Meta's own words of a refusal are kept for who called through us, and for nobody else`() async throws {
        let token = Sample.businessToken
        let body = #"{"error":{"message":"No \#(token.secret)","type":"OAuthException","code":190,"extra":true}}"#
        let forwarded = ForwardedCall(
            .get, Sample.waba.rawValue, query: [], json: nil, token: token, subject: Sample.waba)
        let first = ScriptedTransport([.success(.json(body, status: 401))])
        let error = await #expect(throws: GraphError.self) { try await GraphClient.scripted(first).send(forwarded) }
        #expect(error?.envelope == body.replacing(token.secret, with: "***"))
        let second = ScriptedTransport([.success(.json(body, status: 401))])
        let other = await #expect(throws: GraphError.self) {
            try await GraphClient.scripted(second).send(ReadSolution(Sample.solution, token: Sample.systemToken))
        }
        #expect(other?.envelope == nil)
    }

    /// Source: Meta, app/subscriptions.
    @Test func `the app's webhooks are set with a form and the app token`() async throws {
        let request = try await StubGraph.client([.json(#"{"success":true}"#)]) { stub, client in
            _ = try await client.send(
                SubscribeAppWebhooks(
                    Sample.appID, callbackURL: "https://a.example/hook?x=1&y=ü", verifyToken: OtherSecret("v t"),
                    fields: ["messages", "account_update"]))
            return try #require(stub.requests.first)
        }
        #expect(request.path == "/v26.0/634974688087057/subscriptions")
        #expect(request.authorization == "Bearer 634974688087057|614fc2afde15eee07a26b2fe3eaee9b9")
        #expect(request.query.isEmpty)
        #expect(
            request.form == [
                "object": "whatsapp_business_account", "callback_url": "https://a.example/hook?x=1&y=ü",
                "verify_token": "v t", "fields": "messages,account_update",
            ])
    }

    @Test func `the app's subscriptions are read in both printings of their fields`() async throws {
        let body = #"""
            {"data":[{"object":"whatsapp_business_account","callback_url":"https://a.example","active":true,
            "fields":[{"name":"messages","version":"v26.0"},"account_update"]}]}
            """#
        let client = GraphClient.scripted(ScriptedTransport([.success(.json(body))]))
        let subscription = try #require(try await client.send(ListAppSubscriptions(Sample.appID)).data.first)
        #expect(subscription.fields == ["messages", "account_update"])
        #expect(subscription.isActive == true)
    }

    @Test func `solutions of a WABA are a list`() async throws {
        let transport = ScriptedTransport([.success(.json(#"{"data":[{"id":774485461512159,"status":"ACTIVE"}]}"#))])
        let list = ListWABASolutions(of: Sample.waba, token: Sample.systemToken)
        let solutions = try await GraphClient.scripted(transport).all(list)
        #expect(solutions.first?.id == Sample.solution)
        #expect(solutions.first?.isActive == true)
    }

    @Test func `a new display name goes into the query`() async throws {
        let transport = ScriptedTransport([.success(.json(#"{"success":true}"#))])
        let call = RequestDisplayName(Sample.phone, displayName: "Lücky & Co", token: Sample.businessToken)
        _ = try await GraphClient.scripted(transport).send(call)
        #expect(transport.calls.first?.url.contains("new_display_name=L%C3%BCcky%20%26%20Co") == true)
        #expect(transport.calls.first?.method == .post)
    }

    @Test func `a business profile may be nested`() async throws {
        let body = #"{"data":[{"business_profile":{"about":"Hi","websites":["a",null]}}]}"#
        let client = GraphClient.scripted(ScriptedTransport([.success(.json(body))]))
        let profile = try await client.send(ReadProfile(Sample.phone, token: Sample.businessToken)).data.first
        #expect(profile?.about == "Hi")
        #expect(profile?.websites == ["a"])
    }

    @Test func `odd members never lose the rest`() async throws {
        let body = #"""
            {"id":18446744073709551615,"name":42,"currency":null,"owner_business_info":"gone",
            "account_review_status":"SOMETHING_NEW","creation_time":"1764000000","health_status":[]}
            """#
        let client = GraphClient.scripted(ScriptedTransport([.success(.json(body))]))
        let waba = try await client.send(ReadWABA(Sample.waba, token: Sample.businessToken))
        #expect(waba.id.rawValue == "18446744073709551615")
        #expect(waba.name == "42")
        #expect(waba.currency == nil && waba.ownerBusiness == nil && waba.healthStatus == nil)
        #expect(waba.reviewStatus == "SOMETHING_NEW")
        #expect(waba.creationTime?.seconds == 1_764_000_000)
    }

    private static let documentedErrors: [(String, String)] = [
        ("token expired", "needs_person 190"), ("app removed by the customer", "needs_person 190"),
        ("token invalidated by password change", "needs_person 190"), ("cannot authenticate", "needs_person 0"),
        ("permission not granted", "needs_person 10"), ("permission range", "needs_person 200"),
        ("object missing or not visible", "permanent 100"), ("parameter missing", "permanent 100"),
        ("with user texts", "permanent 100"), ("app rate limit", "wait 4"), ("WABA rate limit", "wait 80007"),
        ("custom rate limit", "wait 613"), ("throughput", "wait 130429"), ("pair limit", "wait 131056"),
        ("account locked", "needs_person 131031"), ("temporary outage", "transient 2"),
        ("internal", "transient 131000"), ("not JSON: proxy or edge failure", "transient -"),
    ]

    @Test(arguments: documentedErrors)
    func `documented errors are read whole`(name: String, expected: String) async throws {
        let example = try Example("errors", name)
        let error = try await StubGraph.client([example.stubAnswer]) { _, client in
            await graphError {
                try await client.send(ReadWABA(Sample.waba, fields: [], token: Sample.businessToken))
            }
        }
        #expect(error.map { text($0.class.rawValue, $0.code) } == expected)
        #expect(error?.httpStatus == example.status)
        #expect(error?.reach == .answered)
        #expect(error?.message.isEmpty == false)
        if example.status != 502 { #expect(error?.traceID == "AXsgnV2Cm3ZMGF3dF_cfYIn") }
    }

    @Test func `no documented error is forgotten`() throws {
        #expect(try Set(Example.names("errors")) == Set(Self.documentedErrors.map(\.0)))
    }

    @Test func `error data may be a string of JSON, and a 200 may hold an error`() async throws {
        let body = #"""
            {"error":{"message":"m","type":"OAuthException","code":"131042","error_subcode":7,
            "error_data":"{\"details\":\"add a card\"}","fbtrace_id":"AXsgnV2Cm3ZMGF3dF_cfYIn"}}
            """#
        for status in [200, 400] {
            let client = GraphClient.scripted(ScriptedTransport([.success(.json(body, status: status))]))
            let error = await graphError {
                try await client.send(ReadWABA(Sample.waba, token: Sample.businessToken))
            }
            #expect(error?.code == 131_042)
            #expect(error?.subcode == 7)
            #expect(error?.details == "add a card")
            #expect(error?.traceID == "AXsgnV2Cm3ZMGF3dF_cfYIn")
            #expect(error?.reach == .answered)
        }
    }

    @Test func `the proof can be switched off, but not where Meta requires it`() async throws {
        var configuration = Sample.configuration()
        configuration.sendsAppSecretProof = false
        let read = try PreparedCall(
            ReadWABA(Sample.waba, fields: [], token: Sample.systemToken), configuration: configuration)
        #expect(read.url == "http://127.0.0.1:9/v26.0/102290129340398")
        let fetch = FetchBusinessToken(businessID: Sample.customerBusiness, token: Sample.systemToken)
        let body = try #require(try PreparedCall(fetch, configuration: configuration).body)
        #expect(String(decoding: body, as: UTF8.self).hasPrefix("appsecret_proof="))
    }

    @Test(
        arguments: [
            ("v26.0", "v26.0"), ("21.0", "v21.0"), ("25", "v25.0"), ("v20.0", nil), ("v27.0", nil), ("", nil),
            ("v26.1", nil),
            ("v+26", nil),
        ] as [(String, String?)])
    func `versions from v21 to v26 are known`(text: String, expected: String?) {
        #expect(GraphVersion(text)?.description == expected)
    }

    @Test func `what must not be repeated says so`() {
        let token = Sample.systemToken
        #expect(!ExchangeCode(code: Sample.code).isRepeatable)
        #expect(!ShareCreditLine(Sample.creditLine, wabaID: Sample.waba, currency: "USD", token: token).isRepeatable)
        #expect(!SendMessage(Sample.phone, to: "+1", content: .text("x"), token: token).isRepeatable)
        #expect(!RegisterPhoneNumber(Sample.phone, pin: RegistrationPIN("123456"), token: token).isRepeatable)
        #expect(SubscribeApp(Sample.waba, token: token).isRepeatable)
        #expect(ReadWABA(Sample.waba, token: token).isRepeatable)
    }
}

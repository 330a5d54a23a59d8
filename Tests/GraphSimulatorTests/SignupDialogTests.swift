// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Source: reference sections 5.1 and 5.2; graph-examples/embedded-signup-events.json.
@Suite(.timeLimit(.minutes(1)))
struct SignupDialogTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var extras: String
        var number = "verified"
        var event: String?
        var data: Set<String> = []
        var hasVersion = false
        var testDescription: String { name }
    }

    static let finishes: [Case] = [
        Case(
            name: "Cloud API", extras: #"{"setup":{}}"#, event: "FINISH",
            data: ["phone_number_id", "waba_id", "business_id"], hasVersion: true),
        Case(
            name: "unverified number", extras: "{}", number: "unverified", event: "FINISH",
            data: ["phone_number_id", "waba_id", "business_id"], hasVersion: true),
        Case(name: "no number", extras: "{}", number: "none", event: "FINISH_ONLY_WABA", data: ["waba_id"]),
        Case(
            name: "coexistence", extras: #"{"featureType":"whatsapp_business_app_onboarding"}"#,
            event: "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING", data: ["waba_id"], hasVersion: true),
        Case(
            name: "bypass", extras: #"{"featureType":"only_waba_sharing","sessionInfoVersion":"3","version":"v2"}"#,
            number: "existing", event: "FINISH_ONLY_WABA", data: ["waba_id"]),
        Case(
            name: "app-only install", extras: #"{"features":[{"name":"app_only_install"}]}"#, number: "existing",
            event: "FINISH_GRANT_ONLY_API_ACCESS", data: ["phone_number_id", "waba_id", "business_id"]),
        Case(
            name: "solution", extras: #"{"setup":{"solutionID":"987654321012345"}}"#, event: "FINISH",
            data: ["phone_number_id", "waba_id", "business_id"], hasVersion: true),
        Case(name: "v2 without session info", extras: #"{"version":"v2"}"#, event: nil),
        Case(
            name: "v3", extras: #"{"version":"v3","sessionInfoVersion":"3"}"#, event: "FINISH",
            data: ["phone_number_id", "waba_id", "business_id"], hasVersion: true),
    ]

    @Test(arguments: finishes)
    func aFinishedFlowTellsWhatTheReferenceSays(_ flow: Case) async throws {
        try await Sandbox.run { sandbox in
            let id = try await sandbox.openDialog(extras: flow.extras)
            if flow.number == "verified" { try await sandbox.verifyNumber("+1 555 078 3881", in: id) }
            let order = #"""
                {"business":{"name":"Lucky Shrub"},"waba":{"name":"Shrubs"},"number":"\#(flow.number)",
                 "phone_number":"+1 555 078 3882"}
                """#
            let ended = try await sandbox.post("/_sandbox/dialogs/\(id)/finish", order)
            #expect(ended.status == 200, "\(ended.text)")
            let event = Value(parsing: ended.body["event"].string)
            #expect(ended.body["event"].isNull == (flow.event == nil))
            if let name = flow.event {
                #expect(event["type"].string == "WA_EMBEDDED_SIGNUP")
                #expect(event["event"].string == name)
                #expect(event["data"].keys == flow.data)
                #expect(event["version"].int == (flow.hasVersion ? 3 : nil))
                #expect(event["data"]["waba_id"] == ended.body["waba_id"])
            }
            let code = ended.body["login"]["authResponse"]["code"].string
            let answer = try await sandbox.exchange(code)
            #expect(answer.status == 200, "\(answer.text)")
            let path = "/v26.0/\(ended.body["waba_id"].string)"
            #expect(try await sandbox.get(path, token: answer.body["access_token"].string).status == 200)
            #expect(try await sandbox.post("/_sandbox/dialogs/\(id)/finish", order).status == 409)
        }
    }

    @Test(arguments: [("v4", "error_code"), ("v3", "error_id"), ("v2", "error_id")])
    func anErrorReportNamesItsNumberAsTheVersionDoes(_ version: String, _ member: String) async throws {
        try await Sandbox.run { sandbox in
            let id = try await sandbox.openDialog(extras: #"{"version":"\#(version)","sessionInfoVersion":"3"}"#)
            let ended = try await sandbox.post("/_sandbox/dialogs/\(id)/report", "{}")
            let event = Value(parsing: ended.body["event"].string)
            #expect(event["event"].string == "CANCEL")
            #expect(event["data"].keys == ["error_message", member, "session_id", "timestamp"])
            #expect(ended.body["login"]["authResponse"].isNull)
        }
    }

    @Test func aCancelTellsTheStepAndNothingHappens() async throws {
        try await Sandbox.run { sandbox in
            let id = try await sandbox.openDialog(extras: "{}")
            let ended = try await sandbox.post(
                "/_sandbox/dialogs/\(id)/cancel", #"{"current_step":"PHONE_NUMBER_SETUP"}"#)
            let event = Value(parsing: ended.body["event"].string)
            #expect(event["event"].string == "CANCEL")
            #expect(event["data"]["current_step"].string == "PHONE_NUMBER_SETUP")
            #expect(ended.body["login"]["authResponse"].isNull)
            #expect(try await sandbox.get("/_sandbox/world").body["wabas"].list.isEmpty)
            #expect(try await sandbox.get("/_sandbox/dialogs").body["data"][0]["outcome"].string == "cancelled")
        }
    }

    @Test func aNumberNeedsTheCodeThatWasSent() async throws {
        try await Sandbox.run { sandbox in
            let id = try await sandbox.openDialog(extras: "{}")
            let path = "/_sandbox/dialogs/\(id)"
            let order = #"{"business":{"name":"A"},"waba":{"name":"A"},"number":"verified"}"#
            #expect(try await sandbox.post("\(path)/finish", order).status == 400)
            let code = try await sandbox.post("\(path)/code", #"{"phone_number":"+1 555 078 3881"}"#)
            let sent = code.body["code"].string
            let wrong = sent == "000000" ? "000001" : "000000"
            #expect(try await sandbox.post("\(path)/verify", #"{"code":"\#(wrong)"}"#).status == 400)
            #expect(try await sandbox.post("\(path)/finish", order).status == 400)
            #expect(try await sandbox.post("\(path)/verify", #"{"code":"\#(sent)"}"#).status == 200)
            #expect(try await sandbox.post("\(path)/finish", order).status == 200)
        }
    }

    @Test func leavingTheLastScreenBeginsTheCodesLife() async throws {
        try await Sandbox.run { sandbox in
            let id = try await sandbox.openDialog(extras: "{}")
            let order = #"{"business":{"name":"A"},"waba":{"name":"A"},"number":"none"}"#
            let ended = try await sandbox.post("/_sandbox/dialogs/\(id)/finish", order)
            let code = ended.body["login"]["authResponse"]["code"].string
            try await sandbox.advance(seconds: 300)
            _ = try await sandbox.post("/_sandbox/dialogs/\(id)/claim", "{}")
            try await sandbox.advance(seconds: 15)
            #expect(try await sandbox.exchange(code).status == 200)
        }
    }

    @Test(arguments: [("code_expired", 36007), ("code_used", 36009)])
    func aCodeMayBeRuinedOnPurpose(_ mishap: String, _ subcode: Int) async throws {
        try await Sandbox.run { sandbox in
            let id = try await sandbox.openDialog(extras: "{}")
            let order = #"{"business":{"name":"A"},"waba":{"name":"A"},"number":"none","mishap":"\#(mishap)"}"#
            let ended = try await sandbox.post("/_sandbox/dialogs/\(id)/finish", order)
            let code = ended.body["login"]["authResponse"]["code"].string
            #expect(try await sandbox.exchange(code).errorSubcode == subcode)
        }
    }

    /// Source: reference section 5.2: outside of the SDK no event fires; the code's `redirect_uri` must be repeated.
    @Test func aFullPageDialogReturnsWithTheCode() async throws {
        try await Sandbox.run { sandbox in
            let uri = "http://localhost:3000/back?x=1"
            let id = try await sandbox.openDialog(extras: "{}", more: #","redirect_uri":"\#(uri)","state":"a b""#)
            let order = #"{"business":{"name":"A"},"waba":{"name":"A"},"number":"none"}"#
            let ended = try await sandbox.post("/_sandbox/dialogs/\(id)/finish", order)
            #expect(ended.body["event"].isNull)
            let code = ended.body["login"]["authResponse"]["code"].string
            #expect(ended.body["redirect_to"].string == "\(uri)&code=\(code)&state=a%20b")
            #expect(try await sandbox.exchange(code).errorSubcode == 36008)
            let app = sandbox.app
            let answer = try await sandbox.get(
                "/v26.0/oauth/access_token",
                ["client_id": app.appID, "client_secret": app.appSecret, "code": code, "redirect_uri": uri])
            #expect(answer.status == 200)
            let second = try await sandbox.openDialog(extras: "{}", more: #","redirect_uri":"\#(uri)""#)
            let denied = try await sandbox.post("/_sandbox/dialogs/\(second)/cancel", "{}")
            #expect(denied.body["redirect_to"].string.hasPrefix("\(uri)&error=access_denied"))
        }
    }

    /// Source: reference section 15, P4.
    @Test func withoutTheOverrideThePageGetsAToken() async throws {
        try await Sandbox.run { sandbox in
            let id = try await sandbox.openDialog(extras: "{}", more: #","override_default_response_type":"false""#)
            let order = #"{"business":{"name":"A"},"waba":{"name":"A"},"number":"none"}"#
            let login = try await sandbox.post("/_sandbox/dialogs/\(id)/finish", order).body["login"]["authResponse"]
            #expect(!login["code"].exists)
            #expect(login["accessToken"].string.hasPrefix("EAA"))
        }
    }

    @Test(arguments: [
        (#""origin":"https://evil.example""#, "allowed domains"),
        (#""origin":"http://127.0.0.1.evil.example""#, "domain"),
        (#""origin":"http://localhost@evil.example""#, "domain"), (#""origin":"null""#, "domain"),
        (#""redirect_uri":"https://evil.example/back""#, "redirect"), (#""client_id":"1""#, "App ID"),
        (#""config_id":"1""#, "config_id"), (#""extras":"{""#, "extras"),
        (#""extras":{"setup":{"solutionID":987654321012345}}"#, "solutionID"),
        (#""client_id":"670843887433847""#, "solution"),
    ])
    func whatTheAppDoesNotAllowIsRefused(_ members: String, _ word: String) async throws {
        try await Sandbox.run { sandbox in
            let answer = try await sandbox.post("/_sandbox/dialogs", sandbox.dialogOrder("{}", members))
            #expect(answer.status == 400)
            #expect(answer.body["error"]["message"].string.contains(word), "\(answer.text)")
        }
    }

    @Test func aDomainCanBeAllowedButNotWithoutTLS() async throws {
        try await Sandbox.run { sandbox in
            let settings = #"{"allowed_domains":["https://shop.example/"],"version":"v3"}"#
            #expect(try await sandbox.post("/_sandbox/signup_settings", settings).status == 200)
            let secure = sandbox.dialogOrder("{}", #""origin":"https://shop.example""#)
            let answer = try await sandbox.post("/_sandbox/dialogs", secure)
            #expect(answer.status == 201)
            #expect(answer.body["version"].string == "v3")
            let plain = sandbox.dialogOrder("{}", #""origin":"http://shop.example""#)
            #expect(try await sandbox.post("/_sandbox/dialogs", plain).status == 400)
            #expect(try await sandbox.post("/_sandbox/signup_settings", #"{"version":"v1"}"#).status == 400)
        }
    }

    @Test func theConfigurationsProductsDecideTheAssets() async throws {
        try await Sandbox.run { sandbox in
            let app = sandbox.app
            let settings = #"{"configurations":[{"id":"\#(app.configID)","products":["cloud_api","ctwa"]}]}"#
            _ = try await sandbox.post("/_sandbox/signup_settings", settings)
            let id = try await sandbox.openDialog(extras: "{}")
            try await sandbox.verifyNumber("15550783881", in: id)
            let order = #"{"business":{"name":"A"},"waba":{"name":"A"}}"#
            let ended = try await sandbox.post("/_sandbox/dialogs/\(id)/finish", order)
            let data = Value(parsing: ended.body["event"].string)["data"]
            #expect(data["waba_ids"].strings == [data["waba_id"].string])
            #expect(data["page_ids"].list.count == 1 && data["ad_account_ids"].list.count == 1)
            #expect(!data["dataset_ids"].exists)
        }
    }

    @Test func theHostedLinkGivesNoCode() async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            let id = try await sandbox.openDialog(extras: "{}", more: #","hosted":true"#)
            let order = #"{"business":{"name":"A"},"waba":{"name":"A"},"number":"none"}"#
            let ended = try await sandbox.post("/_sandbox/dialogs/\(id)/finish", order)
            #expect(ended.body["event"].isNull)
            #expect(ended.body["login"]["authResponse"].isNull)
            #expect(await receiver.take(1)[0].name == "PARTNER_ADDED")
        }
    }
}

extension Sandbox {
    /// What the SDK's popup sends first; `members` replace or add to it.
    func dialogOrder(_ extras: String, _ members: String = "") -> String {
        let defaults = [
            ("client_id", #""\#(app.appID)""#), ("config_id", #""\#(app.configID)""#), ("response_type", #""code""#),
            ("override_default_response_type", #""true""#), ("origin", #""http://localhost:3000""#), ("extras", extras),
        ]
        let own = defaults.filter { !members.contains("\"\($0.0)\":") }.map { "\"\($0.0)\":\($0.1)" }
        return "{\((own + (members.isEmpty ? [] : [members])).joined(separator: ","))}"
    }

    func openDialog(extras: String, more: String = "") async throws -> String {
        let answer = try await post("/_sandbox/dialogs", dialogOrder(extras, String(more.drop { $0 == "," })))
        guard answer.status == 201 else { throw Unexpected(answer: answer) }
        return answer.body["id"].string
    }

    func verifyNumber(_ number: String, in id: String) async throws {
        let code = try await post("/_sandbox/dialogs/\(id)/code", #"{"phone_number":"\#(number)"}"#).body["code"].string
        let answer = try await post("/_sandbox/dialogs/\(id)/verify", #"{"code":"\#(code)"}"#)
        guard answer.status == 200 else { throw Unexpected(answer: answer) }
    }
}

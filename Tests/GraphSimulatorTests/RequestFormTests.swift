// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Ways to write a request, good and bad. Source: Meta, Graph API overview and field expansion; reference section 16.
@Suite(.timeLimit(.minutes(1)))
struct RequestFormTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var method = HTTPMethod.GET
        var target: String
        var headers: [String: String] = [:]
        var body = ""
        var status = 400
        var code: Int
        var type = "OAuthException"
        var message = ""
        var testDescription: String { name }
    }

    private static let json = ["Content-Type": "application/json"]

    static let rows = [
        Row(name: "a word for an id", target: "/v26.0/somebody?access_token={token}", status: 404, code: 803),
        Row(name: "a word for an id, and nobody", target: "/v26.0/somebody", status: 401, code: 104),
        Row(
            name: "me is nobody to an app", target: "/v26.0/me?access_token={app}|{secret}", code: 2500,
            message: "An active access token must be used"),
        Row(name: "me needs a token", target: "/v26.0/me", status: 401, code: 104),
        Row(
            name: "the root", target: "/v26.0/?access_token={token}", code: 100, type: "GraphMethodException",
            message: "Unsupported get request."),
        Row(name: "no such version", target: "/v27.0/{waba}?access_token={token}", code: 2500),
        Row(
            name: "no such method", method: .PATCH, target: "/v26.0/{waba}?access_token={token}", code: 100,
            type: "GraphMethodException", message: "Unsupported patch request."),
        Row(
            name: "no such method by name", target: "/v26.0/{waba}?access_token={token}&method=bogus", code: 100,
            type: "GraphMethodException"),
        Row(
            name: "broken JSON", method: .POST, target: "/v26.0/{waba}?access_token={token}", headers: json,
            body: #"{"is_enabled_for_insights":"#, code: 100),
        Row(
            name: "multipart without a boundary", method: .POST, target: "/v26.0/{waba}?access_token={token}",
            headers: ["Content-Type": "multipart/form-data"], body: "x", code: 100),
        Row(
            name: "51 ids",
            target: "/v26.0/?access_token={token}&ids=" + (1...51).map(String.init).joined(separator: ","), code: 100,
            message: "(#100) Too many IDs. Maximum: 50. Provided: 51."),
        Row(name: "a word among ids", target: "/v26.0/?access_token={token}&ids={waba},x", status: 404, code: 803),
        Row(name: "an open brace", target: "/v26.0/{waba}?access_token={token}&fields=id%7Bname", code: 2500),
        Row(
            name: "many open braces",
            target: "/v26.0/{waba}?access_token={token}&fields=" + String(repeating: "a%7B", count: 5000), code: 2500),
        Row(
            name: "an unknown field inside",
            target: "/v26.0/{waba}?access_token={token}&fields=owner_business_info%7Bcolour%7D", code: 100,
            message: "(#100) Tried accessing nonexisting field (colour) on node type (Business)"),
        Row(
            name: "an unknown field of an edge's nodes",
            target: "/v26.0/{waba}?access_token={token}&fields=phone_numbers%7Bcolour%7D", code: 100,
            message: "(#100) Tried accessing nonexisting field (colour) on node type (WhatsAppBusinessPhoneNumber)"),
        Row(
            name: "a batch that is none", method: .POST, target: "/v26.0/?access_token={token}&batch=1", code: 100),
        Row(
            name: "a foreign proof", target: "/v26.0/{waba}?access_token={token}&appsecret_proof={system_proof}",
            code: 100),
        Row(
            name: "subscriptions are the app's", method: .DELETE,
            target: "/v26.0/{app}/subscriptions?access_token={system}", code: 15),
        Row(
            name: "a body too large", method: .POST, target: "/v26.0/{waba}?access_token={token}", headers: json,
            body: #"{"a":""# + String(repeating: "a", count: 4 * 1024 * 1024) + #""}"#, status: 413, code: 1),
    ]

    @Test(arguments: rows) func isRefusedAsMetaDoes(_ row: Row) async throws {
        try await Sandbox.run { sandbox in
            let cast = try await sandbox.cast()
            let request = RawRequest(
                client: row.name, method: row.method, target: row.target.replacing("|", with: "%7C"),
                headers: row.headers, body: row.body, expected: "")
            let answer = try await sandbox.send(request, cast)
            #expect(answer.status == row.status, "\(answer.text)")
            #expect(answer.errorCode == row.code, "\(answer.text)")
            #expect(answer.body["error"]["type"].string == row.type)
            #expect(answer.body["error"]["message"].string.hasPrefix(row.message))
        }
    }

    @Test(arguments: ["code_ttl", "token_expires_in", "share_delay_ms", "partner_added_delay_ms"])
    func aSpanBeyondAllTimeIsRefused(_ member: String) async throws {
        try await Sandbox.run { sandbox in
            for number in ["9223372036854775807", "-1"] {
                let answer = try await sandbox.post("/_sandbox/signups", #"{"\#(member)":\#(number)}"#)
                #expect(answer.status == 400)
            }
            #expect(try await sandbox.signUp().code.hasPrefix("AQ"))
        }
    }

    @Test func aFilterAtTheEndOfTimeFindsNothing() async throws {
        try await Sandbox.run { sandbox in
            _ = try await sandbox.onboard()
            let filter = #"[{"field":"creation_time","operator":"GREATER_THAN","value":"9223372036854775807"}]"#
            let answer = try await sandbox.get(
                "/v26.0/\(sandbox.app.businessID)/client_whatsapp_business_accounts", ["filtering": filter],
                token: sandbox.app.systemToken)
            #expect(answer.text == #"{"data":[]}"#)
        }
    }

    @Test func fieldsAreSelectedInDepth() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard(#"{"business":{"name":"Acme"}}"#)
            let answer = try await sandbox.get(
                "/v26.0/\(customer.wabaID)",
                ["fields": "owner_business_info{id},phone_numbers.limit(1){throughput{level},is_on_biz_app}"],
                token: customer.token)
            #expect(
                answer.text
                    == #"{"owner_business_info":{"id":"\#(customer.businessID)"},"phone_numbers":{"data":["#
                    + #"{"throughput":{"level":"NOT_APPLICABLE"},"is_on_biz_app":false,"id":"\#(customer.phoneNumberID)"}],"#
                    + #""paging":\#(Self.paging(answer))},"id":"\#(customer.wabaID)"}"#)
        }
    }

    private static func paging(_ answer: Sandbox.Answer) -> String {
        let cursors = answer.body["phone_numbers"]["paging"]["cursors"]
        return #"{"cursors":{"before":"\#(cursors["before"].string)","after":"\#(cursors["after"].string)"}}"#
    }

    @Test func aSubscriptionLosesOnlyTheNamedFields() async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            let path = "/v26.0/\(sandbox.app.appID)/subscriptions"
            let token = "\(sandbox.app.appID)|\(sandbox.app.appSecret)"
            let before = try await sandbox.get(path, token: token).body["data"][0]["fields"].list.count
            let query = ["object": "whatsapp_business_account", "fields": "messages,account_update"]
            #expect(try await sandbox.delete(path, query, token: token).status == 200)
            #expect(try await sandbox.get(path, token: token).body["data"][0]["fields"].list.count == before - 2)
            #expect(try await sandbox.delete(path, token: token).status == 200)
            #expect(try await sandbox.get(path, token: token).text == #"{"data":[]}"#)
        }
    }
}

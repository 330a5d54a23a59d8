// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Source: seed 003 (managing WABAs), requests as printed; only the host differs.
/// Slips of the print mended here:
/// - the filter is printed with `-d`, which turns the call into a POST: it goes in the query;
/// - two sample answers are no valid JSON (a comma too many, curly quotes), and ids are printed as numbers: our answers
///   print text.
@Suite(.timeLimit(.minutes(1)))
struct WABAManagementCallTests {
    @Test func theSharedWABAIsFoundThroughTheToken() async throws {
        try await Sandbox.run { sandbox in
            let first = try await sandbox.onboard()
            let second = try await sandbox.signUp(#"{"business":{"id":"\#(first.businessID)"}}"#)
            let answer = try await sandbox.get(
                "/v21.0/debug_token", ["input_token": first.token], token: sandbox.app.systemToken)
            let data = answer.body["data"]
            #expect(data["app_id"].string == sandbox.app.appID)
            #expect(data["is_valid"].bool == true)
            #expect(data["expires_at"].int == 0)
            #expect(data["scopes"].strings.contains("whatsapp_business_messaging"))
            // "IDs for the most recently onboarded WABAs appear first"
            for scope in data["granular_scopes"].list {
                #expect(scope["target_ids"].strings == [second.wabaID, first.wabaID])
            }
            let own = try await sandbox.get(
                "/v21.0/debug_token", ["input_token": sandbox.app.systemToken],
                token: "\(sandbox.app.appID)|\(sandbox.app.appSecret)")
            #expect(own.body["data"]["granular_scopes"].list.allSatisfy { !$0["target_ids"].exists })
        }
    }

    @Test(arguments: ["client", "owned"])
    func listsAnswerWithATrailingSlash(_ kind: String) async throws {
        try await Sandbox.run { sandbox in
            _ = try await sandbox.post("/_sandbox/seed", #"{"businesses":2}"#)
            _ = try await sandbox.post("/_sandbox/seed", #"{"businesses":2,"owned":true}"#)
            let path = "/v21.0/\(sandbox.app.businessID)/\(kind)_whatsapp_business_accounts/"
            let answer = try await sandbox.get(path, token: sandbox.app.systemToken)
            #expect(answer.body["data"].list.count == 2)
            #expect(
                answer.body["data"][0].keys == ["id", "name", "currency", "timezone_id", "message_template_namespace"])
            #expect(answer.body["paging"]["cursors"].keys == ["before", "after"])
        }
    }

    @Test func theReviewStatusIsAField() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.signUp(#"{"review":{"outcome":"REJECTED","delay_ms":60000}}"#)
            let path = "/v21.0/\(customer.wabaID)"
            let before = try await sandbox.get(
                path, ["fields": "account_review_status"], token: sandbox.app.systemToken)
            #expect(before.text == #"{"account_review_status":"PENDING","id":"\#(customer.wabaID)"}"#)
            try await sandbox.advance(seconds: 61)
            let after = try await sandbox.get(path, ["fields": "account_review_status"], token: sandbox.app.systemToken)
            #expect(after.body["account_review_status"].string == "REJECTED")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing

/// The curl commands of the vendors' pages, as they are printed there, with host and credentials replaced. Slips of the print
/// stand beside each command. Source: seeds 000 (Splashify), 002 (Kaleyra), 004 (Sinch).
@Suite(.timeLimit(.minutes(5)))
struct VendorSeedTests {
    // MARK: 000, Splashify, "TP-Signup"

    private static let signup = SeedCommand(
        printed: #"""
            curl -X POST \ "https://api.splashifypro.com/api/v1/partner/customers/$CUSTOMER_ID/whatsapp/tp-signup" \ -H "Authorization: Bearer $SPLASHIFY_API_KEY" \ -H "Content-Type: application/json" \ -d '{ "entry": [{ "changes": [{ "value": { "event": "PARTNER_ADDED", "waba_info": { "waba_id": "123456789012345", "solution_id": "987654321012345", "phone_number": "+919999999999", "data_localization_region": "IN" } } }] }], "auto_subscribe": false, "object": "tech_partner" }'
            """#,
        host: "https://api.splashifypro.com", slips: [SeedCommand.lostLineEnds], status: 200,
        answer: #"{ "success": true }"#)

    @Test func `Splashify's command is answered as printed`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let credentials = server.credentials
            try await Self.signup.run(
                at: credentials.baseURL, [:],
                environment: [
                    "CUSTOMER_ID": credentials.customer.id, "SPLASHIFY_API_KEY": credentials.partner.apiKey,
                ])
        }
    }

    // MARK: 002, Kaleyra, "WhatsApp Registration"

    private static let created = #"""
        {"code": "I102", "message": "Activation request created successfully.",
         "data": [{
            "business_details": {"id": "<number>", "company_id": "<text>", "business_id": "123", "business_name": "Test Business",
                "certificate_id": "<number>", "status": 2, "namespace": "<string>", "created_at": "<digits>",
                "modified_at": "<digits>", "created_by": "<text>", "modified_by": "<text>", "waba_id": "<string>"},
            "phone_number": {"created_by": "<text>", "created_at": "<digits>", "company_id": "<text>", "name": "Test",
                "incoming_url": "", "phone_number": "+13236001237", "country": "<text>", "status": 2,
                "iso_code": "<text>", "id": "<number>"},
            "template": ""}],
         "error": {}}
        """#

    private static let format = SeedCommand(
        printed: #"""
            curl --location --request POST '{{url}}/v1/{{sid}}/whatsapp/activation' \
            --header 'api-key: <API_KEY>' \
            --header 'Content-Type: <CONTENT_TYPE>' \
            --data-raw '{
            "display_name": <DISPLAY_NAME>,
            "wa_number": <WA_NUMBER>,
            "business_id": <BUSINESS_ID>,
            "business_name": <BUSINESS_NAME>,
            "business_certificate": <BUSINESS_CERTIFICATE>
            }'
            """#,
        host: "{{url}}", status: 200, answer: created)

    private static let sample = #"""
        curl --location --request POST '{url}/v1/{SID}/whatsapp/activation' \
        --header 'api-key: <API_KEY>' \
        --header 'Content-Type: application/json' \
        --data-raw '{
        "display_name":<xyz>,
        "wa_number":"+13236xxxxx7",
        "business_id": "12XXX67891",
        "business_name="Kaleyra",
        "business_certificate=@"<file_path>",
        }'
        """#

    private static let mended = SeedCommand(
        printed: sample, host: "{url}",
        slips: [
            .init(printed: "<xyz>", mended: #""Test""#, why: "a text without quotation marks"),
            .init(printed: #""business_name="Kaleyra""#, mended: #""business_name": "Test Business""#, why: "= for :"),
            .init(
                printed: #""business_certificate=@"<file_path>","#, mended: #""business_certificate": "<file_path>""#,
                why: "= for :, a file's path where its content must stand, a comma before the brace"),
            .init(printed: "+13236xxxxx7", mended: "+13236001237", why: "digits left out"),
            .init(printed: "12XXX67891", mended: "123", why: "digits left out"),
        ],
        status: 200, answer: created)

    private static let asPrinted = SeedCommand(
        printed: sample, host: "{url}", status: 400,
        answer: #"""
            {"code": "E939", "message": "Failed to submit request for Whatsapp account activation.", "data": [],
             "error": {"code": "E413", "type": "VALIDATION_ERROR", "parameter": "<text>", "message": "<text>",
                       "reference": ""}}
            """#)

    private struct Account: Decodable {
        let sid: String
        let api_key: String
    }

    @Test func `Kaleyra's commands are answered as printed, and the one that is no JSON in its words`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let path = "/api/v1/partners/\(server.credentials.partner.id)/kaleyra_accounts"
            let first: Account = try await server.operator.post(path, "{}")
            let second: Account = try await server.operator.post(path, "{}")
            let file = "data:image/png;base64," + Data(KaleyraForm.png).base64EncodedString()
            let base = server.credentials.baseURL
            try await Self.format.run(
                at: base,
                [
                    "{{sid}}": first.sid, "<API_KEY>": first.api_key, "<CONTENT_TYPE>": "application/JSON",
                    "<DISPLAY_NAME>": #""Test""#, "<WA_NUMBER>": #""+13236001237""#, "<BUSINESS_ID>": "123",
                    "<BUSINESS_NAME>": #""Test Business""#, "<BUSINESS_CERTIFICATE>": #""\#(file)""#,
                ])
            try await Self.asPrinted.run(at: base, ["{SID}": second.sid, "<API_KEY>": second.api_key])
            try await Self.mended.run(
                at: base, ["{SID}": second.sid, "<API_KEY>": second.api_key, "<file_path>": file])
        }
    }

    // MARK: 004, Sinch, Provisioning API 1.2.36

    private static let host = "https://provisioning.api.sinch.com"

    private static func command(
        _ method: String, _ name: String, _ body: String? = nil, slips: [SeedCommand.Slip] = [], _ status: Int,
        _ answer: String
    ) -> SeedCommand {
        let data = body.map { " \\\n-H 'Content-Type: application/json' \\\n-d '{\n\($0)\n}'" } ?? ""
        return SeedCommand(
            printed: """
                curl -i -X \(method) \\
                -u <username>:<password> \\
                '\(host)/v1/projects/{projectId}/whatsapp/\(name)' \\
                -H 'Authorization: Bearer <YOUR_TOKEN_HERE>'\(data)
                """,
            host: host, slips: slips, status: status, answer: answer)
    }

    private static let analytics = command("PUT", "enableTemplateAnalytics", nil, 200, "")
    private static let longLived = command(
        "POST", "longLivedAccessToken", #""facebookCode": "FACEBOOK_CODE""#, 201,
        #"{ "longLivedAccessToken": "<text>" }"#)
    private static let byToken = command(
        "POST", "longLivedAccessToken", #""facebookToken": "FACEBOOK_TOKEN""#, 201,
        #"{ "longLivedAccessToken": "<text>" }"#)
    private static let details = command(
        "POST", "wabaDetails", #""facebookToken": "FACEBOOK_TOKEN""#, 200,
        #"""
        { "wabas": ["<each>", {"id": "<digits>", "name": "<text>", "numbers":
          ["<each>", {"id": "<digits>", "displayPhoneNumber": "<text>", "provisioned": false}]}] }
        """#)

    private struct Token: Decodable { let access_token: String }

    /// They carry both credentials; curl sends the header that is written out. Each is tried once with one alone as well.
    @Test func `Sinch's commands are answered as printed`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let sinch = try #require(server.credentials.sinch)
            _ = try await server.goLive(customer: server.credentials.customer.id)
            let _: AnyAnswer = try await server.operator.put(
                "/api/v1/partners/\(server.credentials.partner.id)/long_lived_tokens", "")
            let token: Token = try await Caller(baseURL: server.credentials.baseURL).post(
                "/oauth2/token",
                "grant_type=client_credentials&client_id=\(sinch.keyID)&client_secret=\(sinch.keySecret)",
                type: "application/x-www-form-urlencoded")
            let values = [
                "<username>": sinch.keyID, "<password>": sinch.keySecret, "{projectId}": sinch.projectID,
                "<YOUR_TOKEN_HERE>": token.access_token,
            ]
            let base = server.credentials.baseURL
            try await Self.analytics.run(at: base, values)
            let signup = try await server.sandbox.signUp()
            let answer = try await Self.longLived.run(
                at: base, values.merging(["FACEBOOK_CODE": try #require(signup.code)]) { $1 })
            let facebook = ["FACEBOOK_TOKEN": answer.text("longLivedAccessToken")]
            try await Self.byToken.run(at: base, values.merging(facebook) { $1 })
            let shown = try await Self.details.run(at: base, values.merging(facebook) { $1 })
            #expect(shown.text.contains(signup.waba_id))
            try await withOneCredential(base, values)
        }
    }

    private func withOneCredential(_ base: String, _ values: [String: String]) async throws {
        let basic = SeedCommand(
            printed: Self.analytics.printed, host: Self.host,
            slips: [
                .init(
                    printed: " \\\n-H 'Authorization: Bearer <YOUR_TOKEN_HERE>'", mended: "",
                    why: "two credentials at once: Basic alone")
            ], status: 200, answer: "")
        try await basic.run(at: base, values.filter { $0.key != "<YOUR_TOKEN_HERE>" })
        let bearer = SeedCommand(
            printed: Self.analytics.printed, host: Self.host,
            slips: [
                .init(
                    printed: "-u <username>:<password> \\\n", mended: "",
                    why: "two credentials at once: the token alone")
            ], status: 200, answer: "")
        try await bearer.run(at: base, values.filter { !["<username>", "<password>"].contains($0.key) })
    }
}

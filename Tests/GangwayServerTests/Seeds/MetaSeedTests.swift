// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing

/// The curl commands of Meta's pages, as they are printed there, asked of the simulator with host and credentials replaced.
/// Source: seeds 001 (onboarding as a Solution Partner) and 003 (managing WABAs).
@Suite(.timeLimit(.minutes(5)))
struct MetaSeedTests {
    private static let host = "https://graph.facebook.com"

    private static func command(
        _ printed: String, slips: [SeedCommand.Slip] = [], _ answer: String, status: Int = 200
    ) -> SeedCommand {
        SeedCommand(printed: printed, host: host, slips: slips, status: status, answer: answer)
    }

    // MARK: 001

    /// The page shows `<BUSINESS_TOKEN>` alone for an answer; Meta's reference has it in JSON.
    private static let exchange = command(
        #"curl --get 'https://graph.facebook.com/v21.0/oauth/access_token' \ -d 'client_id=<APP_ID>' \ -d 'client_secret=<APP_SECRET>' \ -d 'code=<CODE>'"#,
        slips: [SeedCommand.lostLineEnds], #"{"access_token": "<starts with EAA>", "token_type": "bearer"}"#)
    private static let subscribe = command(
        #"curl -X POST 'https://graph.facebook.com/v21.0/<WABA_ID>/subscribed_apps' \ -H 'Authorization: Bearer <BUSINESS_TOKEN>'"#,
        slips: [SeedCommand.lostLineEnds], #"{ "success": true }"#)
    private static let share = command(
        #"curl -X POST 'https://graph.facebook.com/<API_VERSION>/<EXTENDED_CREDIT_LINE_ID>/whatsapp_credit_sharing_and_attach?waba_currency=<CUSTOMER_BUSINESS_CURRENCY>&waba_id=<CUSTOMER_WABA_ID>' \ -H 'Authorization: Bearer <SYSTEM_TOKEN>'"#,
        slips: [SeedCommand.lostLineEnds], #"{ "allocation_config_id": "<digits>", "waba_id": "<digits>" }"#)
    private static let register = command(
        #"curl 'https://graph.facebook.com/v21.0/<BUSINESS_PHONE_NUMBER_ID>/register' \ -H 'Content-Type: application/json' \ -H 'Authorization: Bearer <BUSINESS_TOKEN>' \ -d ' { "messaging_product": "whatsapp", "pin": "<DESIRED_PIN>" }'"#,
        slips: [SeedCommand.lostLineEnds], #"{ "success": true }"#)
    private static let message = command(
        #"curl 'https://graph.facebook.com/v21.0/<BUSINESS_PHONE_NUMBER_ID>/messages' \ -H 'Content-Type: application/json' \ -H 'Authorization: Bearer <BUSINESS_TOKEN>' \ -d ' { "messaging_product": "whatsapp", "recipient_type": "individual", "to": "<WHATSAPP_USER_NUMBER>", "type": "text", "text": { "body": "<BODY_TEXT>" } }'"#,
        slips: [SeedCommand.lostLineEnds],
        #"{ "messaging_product": "whatsapp", "contacts": [ { "input": "+16505551234", "wa_id": "16505551234" } ], "messages": [ { "id": "<starts with wamid.>" } ] }"#
    )

    private struct Users: Decodable {
        struct User: Decodable { let id: String }
        let data: [User]
    }

    @Test func `a Solution Partner's commands are answered as printed`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let (graph, app) = (server.credentials.graphURL, server.credentials.metaApp)
            let signup = try await server.sandbox.signUp()
            let exchanged = try await Self.exchange.run(
                at: graph,
                ["<APP_ID>": app.appID, "<APP_SECRET>": app.appSecret, "<CODE>": try #require(signup.code)])
            let token = exchanged.text("access_token")
            try await Self.subscribe.run(at: graph, ["<WABA_ID>": signup.waba_id, "<BUSINESS_TOKEN>": token])
            try await assignSystemUser(to: signup, server)
            let shared = try await Self.share.run(
                at: graph,
                [
                    "<API_VERSION>": "v21.0", "<EXTENDED_CREDIT_LINE_ID>": app.extendedCreditLineID,
                    "<CUSTOMER_BUSINESS_CURRENCY>": "USD", "<CUSTOMER_WABA_ID>": signup.waba_id,
                    "<SYSTEM_TOKEN>": app.systemToken,
                ])
            #expect(shared.text("waba_id") == signup.waba_id)
            let number = ["<BUSINESS_PHONE_NUMBER_ID>": signup.phone_number_id, "<BUSINESS_TOKEN>": token]
            try await Self.register.run(at: graph, number.merging(["<DESIRED_PIN>": "581063"]) { $1 })
            try await Self.message.run(
                at: graph,
                number.merging(["<WHATSAPP_USER_NUMBER>": "+16505551234", "<BODY_TEXT>": "Hello"]) { $1 })
        }
    }

    /// The page of seed 001 leaves it out; without it Meta refuses to share. Source: Meta, share and revoke credit lines.
    private func assignSystemUser(to signup: SignupAnswer, _ server: LocalServer) async throws {
        let app = server.credentials.metaApp
        let graph = Caller(baseURL: server.credentials.graphURL, key: app.systemToken)
        let users: Users = try await graph.get("/v21.0/\(app.businessID)/system_users")
        let user = try #require(users.data.first).id
        let _: AnyAnswer = try await graph.post(
            "/v21.0/\(signup.waba_id)/assigned_users", #"{"user": "\#(user)", "tasks": ["MANAGE"]}"#)
    }

    // MARK: 003

    private static let splitURL = SeedCommand.Slip(
        printed: "v21.0\n/", mended: "v21.0/", why: "a line end in the middle of the address")

    private static let debug = command(
        #"""
        curl \
        'https://graph.facebook.com/v21.0
        /debug_token?input_token=EAAFl...' \
        -H 'Authorization: Bearer EAAJi...'
        """#,
        slips: [splitURL],
        // The printed answer has a comment in it, which JSON does not know.
        #"""
        { "data" : { "app_id" : "<digits>", "application" : "<text>", "data_access_expires_at" : "<number>",
          "expires_at" : "<number>", "issued_at?": "<number>",
          "granular_scopes" : ["<each>", { "scope" : "<text>", "target_ids?" : ["<each>", "<digits>"] }],
          "is_valid" : true, "scopes" : ["<each>", "<text>"], "type" : "<text>", "user_id" : "<digits>" } }
        """#)

    /// Printed with numbers for ids, a comma behind the last element, in one place without one between the cursors, and once
    /// with a typographic quotation mark; Meta's reference has ids in quotation marks.
    private static let list = #"""
        { "data": ["<each>", { "id": "<id>", "name": "<text>", "currency": "<text>", "timezone_id": "<digits>",
          "message_template_namespace": "<text>" }],
          "paging?": { "cursors": { "before": "<text>", "after": "<text>" }, "next?": "<text>" } }
        """#

    private static func listing(_ edge: String, more: String = "", slips: [SeedCommand.Slip] = []) -> SeedCommand {
        command(
            """
            curl \\
            'https://graph.facebook.com/v21.0
            /805021500648488/\(edge)' \\
            -H 'Authorization: Bearer EAAJi...'\(more)
            """,
            slips: [splitURL] + slips, list)
    }

    private static let filter = #"[{"field":"creation_time","operator":"GREATER_THAN","value":"1604962813"}]"#
    private static let filtered = listing(
        "owned_whatsapp_business_accounts", more: " \\\n-H 'Content-Type: application/json' \\\n-d '\(filter)'",
        slips: [
            .init(
                printed: "-d '\(filter)'", mended: "-G --data-urlencode 'filtering=\(filter)'",
                why: "-d makes it a POST; the text above it says ?filtering=")
        ])
    private static let review = command(
        #"""
        curl \
        'https://graph.facebook.com/v21.0
        /106526625562206?fields=account_review_status' \
        -H 'Authorization: Bearer EAAJi...' \
        """#,
        slips: [
            splitURL,
            .init(
                printed: "EAAJi...' \\", mended: "EAAJi...'", why: "a backslash at the end, before the printed answer"),
        ],
        #"{ "account_review_status": "<one of PENDING|APPROVED|REJECTED>", "id": "<digits>" }"#)

    @Test func `the commands that manage WABAs are answered as printed`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let (graph, app) = (server.credentials.graphURL, server.credentials.metaApp)
            let signup = try await server.sandbox.signUp()
            let exchanged = try await Self.exchange.run(
                at: graph,
                ["<APP_ID>": app.appID, "<APP_SECRET>": app.appSecret, "<CODE>": try #require(signup.code)])
            let debugged = try await Self.debug.run(
                at: graph, ["EAAFl...": exchanged.text("access_token"), "EAAJi...": app.systemToken])
            #expect(debugged.text.contains(signup.waba_id), "the newest WABA")
            let business = ["805021500648488": app.businessID, "EAAJi...": app.systemToken]
            let clients = try await Self.listing("client_whatsapp_business_accounts/").run(at: graph, business)
            #expect(clients.text.contains(signup.waba_id))
            try await Self.listing("owned_whatsapp_business_accounts/").run(at: graph, business)
            try await Self.filtered.run(at: graph, business)
            try await Self.listing("owned_whatsapp_business_accounts?sort=creation_time_ascending").run(
                at: graph, business)
            try await Self.review.run(
                at: graph, ["106526625562206": signup.waba_id, "EAAJi...": app.systemToken])
        }
    }
}

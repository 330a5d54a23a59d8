// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing

/// Splashify's documented command, run by the real curl; only host, customer and key differ. Source: Splashify, "TP-Signup".
@Suite(.sandboxes(1))
struct DocumentedCurlTests {
    /// As printed, up to its line breaks.
    private static let command = #"""
        curl -X POST \
          "https://api.splashifypro.com/api/v1/partner/customers/$CUSTOMER_ID/whatsapp/tp-signup" \
          -H "Authorization: Bearer $SPLASHIFY_API_KEY" \
          -H "Content-Type: application/json" \
          -d '{ "entry": [{ "changes": [{ "value": { "event": "PARTNER_ADDED", "waba_info": { "waba_id": "123456789012345", "solution_id": "987654321012345", "phone_number": "+919999999999", "data_localization_region": "IN" } } }] }], "auto_subscribe": false, "object": "tech_partner" }'
        """#

    struct Change: Sendable, CustomStringConvertible {
        let description: String
        let from: String
        let to: String
        let status: String
        let answer: String
    }

    static let refusals = [
        Change(
            description: "no waba_id", from: #""waba_id": "123456789012345", "#, to: "", status: "400",
            answer: #"{ "success": false, "message": "entry[0].changes[0].value.waba_info.waba_id is required" }"#),
        Change(
            description: "a wrong key", from: "$SPLASHIFY_API_KEY", to: "pk_test_wrong", status: "401",
            answer: #"{ "success": false, "message": "unauthorized" }"#),
        Change(
            description: "a foreign customer", from: "$CUSTOMER_ID", to: "5b0a4f0e-5d0c-4f6e-9d57-0d1a3c0f6a11",
            status: "404", answer: #"{ "success": false, "message": "customer not found" }"#),
    ]

    @Test(.timeLimit(.minutes(2)), arguments: ServerDatabase.all)
    func `the documented command is answered as printed and ends in the documented event`(
        _ database: ServerDatabase
    ) async throws {
        try await withServer(database) { server, sandbox, receiver, folder in
            let partner = try await Partner.subscribe(receiver, to: server)
            // Twice: "Re-submitting the same waba_id is safe".
            for _ in 1...2 {
                let (status, answer) = try await run(Self.command, at: server, folder)
                #expect(status == "200")
                #expect(answer == .object(["success": .bool(true)]))
            }
            let signup = try await sandbox.signUp(
                #"{"flow": "tech_partner", "waba": {"id": "123456789012345"}, "phone_number": "+919999999999"}"#)
            let event = try await partner.end(at: server)
            #expect(event.type == EventName.onboarded)
            #expect(event.data.waba_id == "123456789012345")
            #expect(event.data.phone_number_id == signup.phone_number_id)
            #expect(try partner.ids(of: EventName.onboarded).count == 1)
        }
    }

    @Test(.timeLimit(.minutes(2)), arguments: refusals)
    func `what is wrong is answered as printed`(_ change: Change) async throws {
        try await withServer(.sqlite) { server, _, _, folder in
            let command = Self.command.replacing(change.from, with: change.to)
            let (status, answer) = try await run(command, at: server, folder)
            #expect(status == change.status)
            #expect(answer == (try JSONDecoder().decode(Answer.self, from: Data(change.answer.utf8))))
        }
    }

    private func withServer(
        _ database: ServerDatabase,
        _ body: @Sendable (ServerProcess, SandboxCaller, WebhookReceiver, String) async throws -> Void
    ) async throws {
        let pool = try #require(SandboxPool.current)
        try await pool.with { sandbox in
            try await database.with { setting, folder in
                let place = ServerProcess.Place(graphURL: sandbox.url, database: setting, folder: folder)
                let server = try await ServerProcess.start(at: place)
                defer { server.process.kill() }
                try await WebhookReceiver.with { receiver in try await body(server, sandbox.caller, receiver, folder) }
            }
        }
    }

    private func run(_ command: String, at server: ServerProcess, _ folder: String) async throws -> (String, Answer) {
        let local = command.replacing("https://api.splashifypro.com", with: server.credentials.baseURL)
            .replacing("$CUSTOMER_ID", with: server.credentials.customer.id)
            .replacing("$SPLASHIFY_API_KEY", with: server.credentials.partner.apiKey)
        let shell = try ChildProcess(
            "/bin/sh", ["-c", local + #" -s -S -w '\n%{http_code}\n'"#], errorsPath: folder + "/curl.log",
            keepsOutput: true)
        defer { shell.kill() }
        let lines = try await shell.output(within: .seconds(60))
        #expect(await shell.exit(within: .seconds(10)) == .code(0), "\(shell.errors)")
        let body = lines.dropLast().joined(separator: "\n")
        return (lines.last ?? "", try JSONDecoder().decode(Answer.self, from: Data(body.utf8)))
    }

    /// A flat JSON object.
    enum Answer: Decodable, Equatable {
        case object([String: Answer])
        case bool(Bool)
        case text(String)

        init(from decoder: any Decoder) throws {
            let single = try decoder.singleValueContainer()
            if let value = try? single.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? single.decode(String.self) {
                self = .text(value)
            } else {
                self = .object(try single.decode([String: Answer].self))
            }
        }
    }
}

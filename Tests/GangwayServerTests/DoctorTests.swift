// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import GraphClient
import TestSupport
import Testing

/// The preflight against the simulator: each finding provoked where the simulator can provoke it; the rules themselves are in
/// `DoctorRulesTests`.
@Suite(.serialized, .timeLimit(.minutes(5))) struct DoctorTests {
    struct Report: Decodable {
        struct Finding: Decodable {
            let check: String
            let severity: String
            let text: String
            let remedy: String?
            let source: String
        }

        let status: String
        let findings: [Finding]

        func finding(_ check: String) -> Finding? { findings.first { $0.check == check } }
        var bad: [String] { findings.filter { $0.severity == "error" || $0.severity == "warning" }.map(\.check) }
    }

    private func report(_ server: LocalServer) async throws -> Report {
        try await server.operator.get("/api/v1/doctor")
    }

    @Test(arguments: ServerDatabase.all) func `a fresh test world is well`(database: ServerDatabase) async throws {
        try await LocalServer.with(database) { server in
            let report = try await report(server)
            // How full this machine's disk is says nothing about the rule, nor does a test's PostgreSQL without fsync.
            let passed = database == .postgres ? ["disk_space", "database_durability"] : ["disk_space"]
            #expect(report.bad.filter { !passed.contains($0) } == [], "\(report.findings)")
            let checks = [
                "database_durability", "schema_version", "disk_space", "key_file", "clock_skew", "api_version",
                "embedded_signup_version", "app_secret", "system_token", "permissions", "system_user_role",
                "credit_line", "customer_budget", "app_live", "callback", "webhook_fields", "allowed_domains",
            ]
            #expect(report.findings.map(\.check) == checks)
            #expect(report.findings.allSatisfy { !$0.source.isEmpty })
            #expect(report.finding("callback")?.severity == "ok")
            #expect(report.finding("app_live")?.severity == "note")
        }
    }

    /// A rule of the simulator, and what the preflight makes of it.
    @Test(
        arguments: [
            (#"{"operation": "app_subscriptions", "code": 190, "status": 401}"#, "app_secret", "error"),
            (#"{"operation": "app_subscriptions", "code": 2, "status": 503}"#, "app_secret", "warning"),
            (#"{"operation": "app_subscriptions", "drop": "before"}"#, "app_secret", "warning"),
            (
                #"{"operation": "app_subscriptions", "content_type": "application/json", "body": "{\"data\": []}", "status": 200}"#,
                "callback", "error"
            ),
            (
                #"{"operation": "app_subscriptions", "status": 200, "content_type": "application/json", "body": "{\"data\": [{\"object\": \"whatsapp_business_account\", \"callback_url\": \"https://old.example.com/hook\", \"active\": true, \"fields\": [{\"name\": \"messages\"}]}]}"}"#,
                "webhook_fields", "error"
            ),
            (
                #"{"operation": "debug_token", "status": 200, "content_type": "application/json", "body": "{\"data\": {\"is_valid\": false, \"scopes\": []}}"}"#,
                "system_token", "error"
            ),
            (
                #"{"operation": "debug_token", "status": 200, "content_type": "application/json", "body": "{\"data\": {\"is_valid\": true, \"app_id\": \"1\", \"scopes\": []}}"}"#,
                "system_token", "error"
            ),
            (
                #"{"operation": "debug_token", "status": 200, "content_type": "application/json", "body": "{\"data\": {\"is_valid\": true, \"app_id\": \"634974688087057\", \"scopes\": [\"whatsapp_business_management\"]}}"}"#,
                "permissions", "error"
            ),
            (
                #"{"operation": "list_system_users", "status": 200, "content_type": "application/json", "body": "{\"data\": [{\"id\": \"100081234567890\", \"role\": \"EMPLOYEE\"}]}"}"#,
                "system_user_role", "warning"
            ),
            (
                #"{"operation": "list_system_users", "status": 200, "content_type": "application/json", "body": "{\"data\": []}"}"#,
                "system_user_role", "error"
            ),
            (
                #"{"operation": "list_credit_lines", "status": 200, "content_type": "application/json", "body": "{\"data\": []}"}"#,
                "credit_line", "error"
            ),
            (#"{"operation": "list_client_wabas", "code": 200, "status": 403}"#, "app_live", "error"),
            (#"{"operation": "list_client_wabas", "code": 10, "status": 403}"#, "app_live", "error"),
        ] as [(String, String, String)])
    func `what is wrong at Meta is found`(rule: String, check: String, severity: String) async throws {
        try await LocalServer.with(.sqlite) { server in
            try await server.sandbox.addFault(rule)
            let report = try await report(server)
            let finding = try #require(report.finding(check))
            #expect(finding.severity == severity, "\(finding)")
            #expect(finding.remedy != nil)
            #expect(report.status == (report.findings.contains { $0.severity == "error" } ? "error" : "warning"))
            #expect(!"\(report)".contains("EAAJB0k"))
        }
    }

    @Test func `an app without a system token, a credit line or a system user is told so`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let body =
                #"{"kind": "solution_partner", "business_id": "2729063490586005", "app_secret": "0123456789abcdef"}"#
            let _: AnyAnswer = try await server.operator.put("/api/v1/apps/1234567890123456", body)
            let report = try await report(server)
            for check in ["app_secret", "system_token", "system_user_role", "credit_line"] {
                #expect(report.findings.contains { $0.check == check && $0.severity == "error" }, "\(check)")
            }
        }
    }

    @Test func `a public address that Meta does not call is an error`() async throws {
        try await LocalServer.with(.sqlite, change: { $0.publicURL = "https://gangway.invalid" }) { server in
            let finding = try #require(try await report(server).finding("callback"))
            // Nobody answers there, so the start could not subscribe it.
            #expect(finding.severity == "error" && finding.remedy?.contains("https://gangway.invalid/webhooks") == true)
        }
    }

    @Test func `a key file that others can read is an error`() async throws {
        try await ServerDatabase.sqlite.with { setting, folder in
            try await LocalServer.run(at: setting, in: folder) { server in
                #expect(chmod(folder + "/data/keys", 0o644) == 0)
                let open = try await report(server)
                #expect(open.finding("key_file")?.severity == "error")
                #expect(chmod(folder + "/data/keys", 0o600) == 0)
                #expect(try await report(server).finding("key_file")?.severity == "ok")
            }
        }
    }

    @Test func `time that passes brings the end of a version near`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let _: AnyAnswer = try await server.operator.post("/api/v1/clock", #"{"advance_seconds": 31536000}"#)
            #expect(try await report(server).finding("api_version")?.severity == "ok")
        }
        try await LocalServer.with(.sqlite, change: { $0.graphVersion = GraphVersion("v21.0") ?? .v26 }) { server in
            let finding = try #require(try await report(server).finding("api_version"))
            #expect(finding.text.contains("2027-01-21"))
            let _: AnyAnswer = try await server.operator.post("/api/v1/clock", #"{"advance_seconds": 31536000}"#)
            #expect(try await report(server).finding("api_version")?.severity == "error")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import Logging
import SQLEngine
import TestSupport
import Testing

/// The preflight's findings about the server itself, each brought about for real. What cannot be, as a full disk, is in
/// `NativePreflightTests`.
@Suite(.serialized, .timeLimit(.minutes(5))) struct DoctorServerTests {
    private typealias Report = DoctorTests.Report

    private func report(_ server: LocalServer) async throws -> Report {
        try await server.operator.get("/api/v1/doctor")
    }

    @Test(
        arguments: [
            (-3600.0, "error", "behind"), (3600.0, "error", "ahead of"), (-20.0, "warning", "behind"),
            (0.0, "ok", "in step"),
        ])
    func `Meta's Date tells how wrong this machine's clock is`(
        machineAhead: Double, severity: String, text: String
    ) async throws {
        try await WrongClockServer.with(aheadSeconds: -machineAhead) { url in
            try await LocalServer.with(.sqlite, change: { $0.sandbox = .at(url) }) { server in
                let finding = try #require(try await report(server).finding("clock_skew"))
                #expect(finding.severity == severity && finding.text.contains(text), "\(finding)")
                #expect((finding.remedy?.contains("NTP") == true) == (severity != "ok"))
            }
        }
    }

    @Test func `a Meta that cannot be reached tells no time`() async throws {
        try await LocalServer.with(.sqlite, change: { $0.sandbox = .at("http://127.0.0.1:1") }) { server in
            let report = try await report(server)
            #expect(report.finding("clock_skew")?.severity == "warning")
            #expect(report.finding("clock_skew")?.remedy?.contains("reach Meta") == true)
            #expect(report.finding("app_secret")?.severity == "warning")
        }
    }

    private static let known = "SELECT MAX(version) AS version FROM schema_migration"

    /// As in a rolling upgrade, and as after a restore.
    @Test(arguments: ServerDatabase.all)
    func `a schema that is newer or older than this program is an error`(_ database: ServerDatabase) async throws {
        try await database.with { setting, folder in
            try await LocalServer.run(at: setting, in: folder) { server in
                try await change(setting, folder) { sql in
                    let row = "INSERT INTO schema_migration (version, name, applied_at) VALUES (9999, 'newer', 0)"
                    try sql.execute(row)
                }
                let newer = try #require(try await report(server).finding("schema_version"))
                #expect(newer.severity == "error" && newer.text.contains("9999"))
                #expect(newer.remedy?.contains("restore a backup") == true)

                let last = try await change(setting, folder) { sql in
                    try sql.execute("DELETE FROM schema_migration WHERE version = 9999")
                    let last = try sql.first(Self.known)?.int("version") ?? 0
                    try sql.execute("DELETE FROM schema_migration WHERE version = ?", [.int(last)])
                    return last
                }
                let older = try #require(try await report(server).finding("schema_version"))
                #expect(older.severity == "error" && older.text.contains("migration \(last) is missing"))
                #expect(older.remedy?.contains("gangway migrate") == true)

                try await change(setting, folder) { sql in
                    let row = "INSERT INTO schema_migration (version, name, applied_at) VALUES (?, 'again', 0)"
                    try sql.execute(row, [.int(last)])
                }
                #expect(try await report(server).finding("schema_version")?.severity == "ok")
            }
        }
    }

    /// A commit is waited for whatever the database says; what the server itself does not write down cannot be mended from here.
    @Test(arguments: ServerDatabase.all.filter { $0 == .postgres })
    func `a PostgreSQL that may lose commits is an error unless the session can mend it`(
        _ database: ServerDatabase
    ) async throws {
        try await database.with { setting, folder in
            let fsync = try await change(setting, folder) { sql in
                try sql.execute(
                    """
                    DO $$ BEGIN
                        EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database());
                    END $$
                    """)
                return try sql.first("SELECT setting FROM pg_settings WHERE name = 'fsync'")?.text("setting")
            }
            try await LocalServer.run(at: setting, in: folder) { server in
                let finding = try #require(try await report(server).finding("database_durability"))
                #expect(finding.text.contains("synchronous_commit=on") && finding.text.contains("fsync=\(fsync ?? "")"))
                if fsync == "off" { #expect(finding.severity == "error" && finding.remedy?.contains("fsync") == true) }
            }
        }
    }

    @Test(arguments: ServerDatabase.all)
    func `the new customers that Meta allows run out, and come back after seven days`(
        _ database: ServerDatabase
    ) async throws {
        try await LocalServer.with(database) { server in
            try await allow(5, server)
            let preview = #"{"customer_id": "\#(server.credentials.customer.id)", "code": "c", "currency": "EUR"}"#
            var shown: [String] = []
            var warned: [String] = []
            for _ in 0..<5 {
                let (_, run) = try await server.onboard()
                #expect(run.state == "live", "\(run)")
                let finding = try #require(try await report(server).finding("customer_budget"))
                shown.append(finding.severity)
                let plan: DryRunTests.Preview = try await server.partner.post(
                    "/api/v1/onboardings?dry_run=true", preview)
                warned.append(plan.warnings.map(\.kind).joined())
                guard shown.count == 5 else { continue }
                let date = try #require(plan.warnings.first?.allowed_at)
                #expect(finding.remedy?.contains(date) == true && finding.remedy?.contains("new_customers_max") == true)
                #expect(plan.warnings.first?.remedy.text.contains(date) == true)
            }
            #expect(shown == ["ok", "ok", "ok", "warning", "error"])
            #expect(warned == ["", "", "", "customer_budget_low", "customer_budget_exhausted"])
            let known = try await waba(server)
            let moved: DryRunTests.Preview = try await server.partner.post(
                "/api/v1/onboardings?dry_run=true",
                preview.replacing(#""code": "c""#, with: #""code": "c", "waba_id": "\#(known)""#))
            #expect(moved.warnings.isEmpty, "a WABA on record brings nobody new")

            let _: AnyAnswer = try await server.operator.post("/api/v1/clock", #"{"advance_seconds": 604800}"#)
            #expect(try await report(server).finding("customer_budget")?.severity == "ok")
        }
    }

    // MARK: Support

    private func waba(_ server: LocalServer) async throws -> String {
        let list: ListAnswer<OnboardingAnswer> = try await server.partner.get("/api/v1/onboardings")
        return try #require(list.data.first?.waba_id)
    }

    private func allow(_ count: Int, _ server: LocalServer) async throws {
        let app = server.credentials.metaApp
        let _: AnyAnswer = try await server.operator.put(
            "/api/v1/apps/\(app.appID)",
            """
            {"kind": "solution_partner", "business_id": "\(app.businessID)", "system_user_id": "100081234567890", \
            "extended_credit_line_id": "\(app.extendedCreditLineID)", "new_customers_max": \(count)}
            """)
    }

    /// Behind the running server's back.
    @discardableResult
    private func change<T: Sendable>(
        _ setting: String?, _ folder: String, _ body: @escaping @Sendable (any SQLTransaction) throws -> T
    ) async throws -> T {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let target = try DatabaseTarget(setting: setting, dataDirectory: folder + "/data", world: "test")
        let database = try await target.open(connections: 1, logger: logger)
        do {
            let result = try await database.write(body)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Foundation
import GangwayServer
import NIOHTTP1
import SQLEngine

/// Lists and reports with a thousand onboardings and with a million, the same requests, each size on a server of its own.
struct ListsBench {
    let options: CommonOptions
    let lists: ListsOptions

    func run(in workspace: Workspace) async throws {
        let small = try await medians(1_000, workspace)
        let large = try await medians(lists.rows, workspace)
        let rows = Request.all.map { request in
            let (few, many) = (small[request.name] ?? 0, large[request.name] ?? 0)
            return [
                request.name, Report.fixed(few * 1000, 2), Report.fixed(many * 1000, 2), Report.fixed(many / few, 2),
            ]
        }
        Report.table(
            "Lists (\(options.engine)): median of \(lists.repeats) requests, 50 rows a page",
            ["request", "ms, 1,000 onboardings", "ms, \(Report.grouped(Double(lists.rows)))", "ratio"], rows)
    }

    private func medians(_ size: Int, _ workspace: Workspace) async throws -> [String: Double] {
        let part = workspace.part("lists-\(size)", options)
        let first = try await Server.start(options, in: part)
        let caller = Caller(connections: 1)
        _ = try await SampleOnboarding(server: first, caller: caller).run()
        await first.process.stop()
        let seconds = try await seed(size, part)
        Report.line("\(Report.grouped(Double(size))) onboardings seeded in \(Report.fixed(seconds, 1)) s")
        let server = try await Server.start(options, in: part)
        var medians: [String: Double] = [:]
        for request in Request.all { medians[request.name] = try await measure(request, size, server, caller) }
        await caller.shutDown()
        await server.process.stop()
        return medians
    }

    private func measure(_ request: Request, _ size: Int, _ server: Server, _ caller: Caller) async throws -> Double {
        let key = request.isOperators ? server.credentials.operator.key : server.credentials.partner.apiKey
        let path = request.path.replacing("{customer}", with: Seed.customer(size / 2))
            .replacing("{waba}", with: Seed.waba(size / 2)).replacing("{onboarding}", with: Seed.onboarding(size / 2))
            .replacing("{app}", with: server.credentials.metaApp.appID)
        var asked = HTTPClientRequest(url: server.baseURL + path)
        asked.headers.add(name: "authorization", value: "Bearer \(key)")
        let clock = ContinuousClock()
        var seconds: [Double] = []
        for index in 0..<(lists.repeats + 3) {
            let begun = clock.now
            _ = try await caller.send(asked)
            // The first ones warm caches and connections.
            if index >= 3 { seconds.append(begun.duration(to: clock.now) / .seconds(1)) }
        }
        return Samples(seconds).median
    }

    private func seed(_ size: Int, _ workspace: Workspace) async throws -> Double {
        let database = try await Server.database(options, in: workspace)
        let begun = ContinuousClock.now
        for seed in Seed.all { try await database.write { try seed.insert(size, $0) } }
        let seconds = begun.duration(to: .now) / .seconds(1)
        await database.close()
        return seconds
    }

    struct Request {
        let name: String
        let path: String
        let isOperators: Bool

        static let all: [Request] =
            ["partner", "operator"].flatMap { who in
                [
                    "customers", "onboardings", "onboardings?state=failed", "onboardings?state=cancelled",
                    "onboardings?customer_id={customer}", "onboardings?waba_id={waba}", "onboardings/{onboarding}",
                    "wabas", "wabas?sort=creation_time_ascending", "wabas?state=restricted",
                    "wabas?review_status=REJECTED",
                    "wabas?customer_id={customer}", "wabas/{waba}", "phone_numbers", "phone_numbers?waba_id={waba}",
                    "events", "events?type=whatsapp.onboarding.failed", "events?onboarding_id={onboarding}",
                    "deliveries", "deliveries?state=failed", "deliveries?state=pending", "activities",
                    "activities?target={onboarding}",
                ].map { Request(name: "\(who): \($0)", path: "/api/v1/" + $0, isOperators: who == "operator") }
            } + [
                Request(name: "operator: apps/{app}/budgets", path: "/api/v1/apps/{app}/budgets", isOperators: true),
                Request(name: "metrics, from the second time on", path: "/metrics", isOperators: true),
            ]
    }
}

/// Copies of what a sample onboarding left, `n.i` seconds older each.
private struct Seed {
    let table: String
    /// Which of its rows are copied.
    var condition = "1 = 1"
    /// Expressions over `n.i` and the copied row `t`.
    let changes: [String: String]

    static func customer(_ i: Int) -> String {
        "00000000-0000-7000-8000-" + String(String(1_000_000_000_000 + i).suffix(12))
    }
    static func waba(_ i: Int) -> String { String(5_000_000_000_000 + i) }
    static func onboarding(_ i: Int) -> String { "onb_000000000000000" + String(10_000_000_000 + i) }

    private static let customerID = "'00000000-0000-7000-8000-' || substr(CAST(1000000000000 + n.i AS TEXT), 2)"
    private static let wabaID = "CAST(5000000000000 + n.i AS TEXT)"
    private static func id(_ prefix: String) -> String {
        "'\(prefix)_000000000000000' || CAST(10000000000 + n.i AS TEXT)"
    }
    /// 100 rows of any size: a page of 50 is compared with a page of 50.
    private static func rarely(_ rare: String, _ usual: String) -> String {
        "CASE WHEN n.i % \(every) = 7 THEN '\(rare)' ELSE \(usual) END"
    }
    private static let every = "{every}"

    static let all: [Seed] = [
        Seed(
            table: "customer",
            changes: [
                "id": customerID, "email": "NULL", "email_key": "NULL", "phone": "NULL", "phone_key": "NULL",
                "external_id": "'e' || CAST(n.i AS TEXT)", "created_at": "t.created_at - n.i * 1000",
            ]),
        // Before its run is copied, so that `t` is still the one row.
        Seed(table: "onboarding_step", condition: "t.seq <= 2", changes: ["onboarding_id": id("onb")]),
        Seed(
            table: "onboarding",
            changes: [
                "id": id("onb"), "customer_id": customerID, "claimed_waba_id": wabaID, "proven_waba_id": wabaID,
                "state": rarely("failed", "t.state"), "created_at": "t.created_at - n.i * 1000",
            ]),
        Seed(
            table: "waba",
            changes: [
                "id": wabaID, "customer_id": customerID, "business_id": wabaID,
                "state": rarely("restricted", "t.state"),
                "review_status": rarely("REJECTED", "'APPROVED'"), "created_at": "t.created_at - n.i * 1000",
            ]),
        Seed(
            table: "phone_number",
            changes: [
                "id": "CAST(6000000000000 + n.i AS TEXT)", "waba_id": wabaID, "number": "NULL",
                "created_at": "t.created_at - n.i * 1000",
            ]),
        Seed(
            table: "event", condition: "t.type = 'whatsapp.waba_onboarded'",
            changes: [
                "id": id("evt"), "onboarding_id": id("onb"), "type": rarely("whatsapp.onboarding.failed", "t.type"),
                "dedupe_key": "'bench' || CAST(n.i AS TEXT)", "occurred_at": "t.occurred_at - n.i * 1000",
            ]),
        Seed(
            table: "activity", condition: "t.action = 'onboarding.begun'",
            changes: [
                // As if sealed: the sealing job is not what is measured.
                "id": id("act"), "target": id("onb"), "chain_position": "1000000000 + n.i", "hash": "'bench'",
                "at": "t.at - n.i * 1000",
            ]),
    ]

    func insert(_ size: Int, _ tx: any SQLTransaction) throws {
        guard let row = try tx.first("SELECT * FROM \(table) t WHERE \(condition) LIMIT 1") else {
            throw BenchFailure(description: "the sample onboarding left no row in \(table) where \(condition)")
        }
        let every = String(max(1, size / 100))
        let values = row.columns.map { (changes[$0] ?? "t.\($0)").replacing(Self.every, with: every) }
        try tx.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(size))
            INSERT INTO \(table) (\(row.columns.joined(separator: ", ")))
            SELECT \(values.joined(separator: ", ")) FROM (SELECT * FROM \(table) t WHERE \(condition)) t CROSS JOIN n
            """)
        guard table == "event" else { return }
        // One delivery each; the sample has no endpoint whose deliveries could be copied.
        try tx.execute(
            """
            INSERT INTO delivery (id, event_id, endpoint_id, partner_id, state, attempt, due_at, headers, body,
                is_manual, created_at, finished_at)
            SELECT 'dlv_' || substr(id, 5), id, 'ep_0000000000000000000000000a', partner_id,
                CASE WHEN type = 'whatsapp.onboarding.failed' THEN 'failed'
                    WHEN CAST(substr(dedupe_key, 6) AS INTEGER) % \(every) = 3 THEN 'pending' ELSE 'succeeded' END,
                1, occurred_at + 9000000000000, '{}', ?, 0, occurred_at, occurred_at
            FROM event WHERE dedupe_key LIKE 'bench%'
            """, [.blob([])])
    }
}

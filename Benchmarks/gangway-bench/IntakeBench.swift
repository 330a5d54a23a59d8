// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import SQLEngine

/// Signed notifications, each stored durably before its 200, beside a POST of the same bytes to the same server that only
/// reads them. The worker that applies notifications runs all the while, as in production; what it has left over is applied
/// before the next round of the other, which would be slowed by it. At the end the server is killed with SIGKILL, and every
/// acknowledged notification must be found in the database.
struct IntakeBench {
    let options: CommonOptions
    let intake: IntakeOptions
    let connections: Int

    private struct Round {
        let result: LoadGenerator.Result
        let processorMicroseconds: Double
    }

    func run(in workspace: Workspace) async throws {
        let place = workspace.part("intake-\(connections)", options)
        let waba = try await prepare(place)
        let stored = try await storedCount(place)
        let server = try await Server.start(options, in: place)
        let rounds = try await measure(server, waba, place)
        let resident = server.process.residentMiB()
        await server.process.killHard()
        report(rounds.empty, rounds.durable, resident: resident)
        try await prove(rounds.durable, before: stored, place)
    }

    /// A first start, and a customer whose messages the worker will have to apply.
    private func prepare(_ workspace: Workspace) async throws -> SampleOnboarding.Result {
        let server = try await Server.start(options, in: workspace)
        let caller = Caller(connections: 4)
        let waba = try await SampleOnboarding(server: server, caller: caller).run()
        await caller.shutDown()
        await server.process.stop()
        return waba
    }

    private func measure(
        _ server: Server, _ waba: SampleOnboarding.Result, _ workspace: Workspace
    ) async throws -> (empty: [Round], durable: [Round]) {
        let generator = LoadGenerator(workspace: workspace, connections: connections, seconds: intake.seconds)
        let requests = MessageRequests(
            appSecret: server.credentials.metaApp.appSecret, wabaID: waba.wabaID, phoneNumberID: waba.phoneNumberID)
        let host = server.baseURL.replacingOccurrences(of: "http://", with: "")
        let file = workspace.file("requests")
        var (empty, durable): ([Round], [Round]) = ([], [])
        for round in 0...intake.rounds {
            if round > 0 { try await drain(server) }
            for path in ["/livez", "/webhooks/meta/\(server.credentials.metaApp.appID)"] {
                let length = try requests.write(intake.notifications, round: round, path: path, host: host, to: file)
                let before = server.process.processorSeconds()
                let result = try await generator.run(file, length: length, host: server.baseURL)
                let used = (server.process.processorSeconds() - before) * 1_000_000 / max(1, result.requests)
                guard result.refused == 0, result.broken == 0 else {
                    throw BenchFailure(
                        description: "\(path): \(result.refused) refused, \(result.broken) broken connections")
                }
                // The first round warms up; what it stored counts for the proof.
                let measured = Round(result: result, processorMicroseconds: used)
                if path == "/livez" { empty.append(measured) } else { durable.append(measured) }
                Report.line(
                    "  \(round == 0 ? "warm-up" : "round \(round)") \(path): \(Report.grouped(result.perSecond))/s")
            }
        }
        return (empty, durable)
    }

    /// Waits until everything is applied.
    private func drain(_ server: Server) async throws {
        let caller = Caller(connections: 1)
        let begun = ContinuousClock.now
        let before = try await Gauges.read(server.baseURL, caller)["gangway_ingest_backlog"] ?? 0
        var left = before
        while left > 0 {
            try await Task.sleep(for: .milliseconds(500))
            left = try await Gauges.read(server.baseURL, caller)["gangway_ingest_backlog"] ?? 0
        }
        // The last batch is claimed, not yet applied.
        try await Task.sleep(for: .milliseconds(500))
        await caller.shutDown()
        let seconds = begun.duration(to: .now) / .seconds(1)
        Report.line("  applied the \(Report.grouped(before)) left over in \(Report.fixed(seconds, 1)) s")
    }

    private func report(_ empty: [Round], _ durable: [Round], resident: Double?) {
        let floor = Samples(empty.dropFirst().map(\.result.perSecond))
        let rate = Samples(durable.dropFirst().map(\.result.perSecond))
        Report.table(
            "Intake (\(options.engine)): \(intake.rounds) interleaved rounds of \(intake.seconds) s, "
                + "\(connections) connections, body \(MessageRequests.bodyBytes) bytes",
            ["request", "per second, median (min–max)", "p50 ms", "p99 ms", "server CPU µs"],
            [row("POST that reads the body", empty), row("signed notification, stored durably", durable)])
        Report.line("ratio of the medians: \(Report.fixed(rate.median / floor.median, 2))")
        if let resident { Report.line("resident memory after the load: \(Report.fixed(resident, 0)) MiB") }
    }

    private func row(_ name: String, _ rounds: [Round]) -> [String] {
        let measured = Array(rounds.dropFirst())
        let rate = Samples(measured.map(\.result.perSecond))
        return [
            name, "\(Report.grouped(rate.median)) (\(Report.grouped(rate.least))–\(Report.grouped(rate.most)))",
            Report.fixed(Samples(measured.map(\.result.p50)).median / 1000, 1),
            Report.fixed(Samples(measured.map(\.result.p99)).median / 1000, 1),
            Report.fixed(Samples(measured.map(\.processorMicroseconds)).median, 0),
        ]
    }

    // MARK: Proof

    /// What waits plus what was applied: each message leaves one `change_seen` row when its notification is finished.
    private func storedCount(_ workspace: Workspace) async throws -> (waiting: Int, applied: Int) {
        let database = try await Server.database(options, in: workspace)
        let counts = try await database.read { tx in
            (
                try tx.query("SELECT COUNT(*) AS n FROM notification").first?.int("n") ?? 0,
                try tx.query("SELECT COUNT(*) AS n FROM change_seen").first?.int("n") ?? 0
            )
        }
        await database.close()
        return counts
    }

    private func prove(_ rounds: [Round], before: (waiting: Int, applied: Int), _ workspace: Workspace) async throws {
        let acknowledged = Int(rounds.reduce(0) { $0 + $1.result.requests })
        let after = try await storedCount(workspace)
        let found = after.waiting + after.applied - before.waiting - before.applied
        Report.line(
            "acknowledged \(acknowledged), found after SIGKILL \(found): \(after.waiting) waiting, "
                + "\(after.applied - before.applied) applied by the worker meanwhile")
        let repeats = rounds.contains { Int($0.result.requests) > intake.notifications }
        guard repeats || found >= acknowledged else {
            throw BenchFailure(description: "acknowledged notifications are missing")
        }
        if repeats {
            Report.line(
                "some rounds repeated notifications, so the two numbers cannot be compared: raise --notifications")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing

/// A reconciliation whose server is killed goes on where it was. Source: issue "The whole life of a WABA", reconciler.
@Suite(.sandboxes(1)) struct ReconcileKillTests {
    private static let recordCount = 240
    private static let foreignCount = 30

    private struct Run: Decodable, Sendable {
        let id: String
        let state: String
        let phase: String
        let listed: Int
        let checked: Int
        let drift: [String: Int]
    }

    private struct Imported: Decodable, Sendable {
        let id: String
        let state: String
        let outcomes: [String: Int]
    }

    @Test(.timeLimit(.minutes(5)), arguments: ServerDatabase.all)
    func `no page is lost and at most one is compared twice`(_ database: ServerDatabase) async throws {
        let pool = try #require(SandboxPool.current)
        try await pool.with { sandbox in
            try await database.with { setting, folder in
                let place = ServerProcess.Place(graphURL: sandbox.url, database: setting, folder: folder)
                var server = try await ServerProcess.start(at: place)
                defer { server.process.kill() }
                try await fill(server, sandbox.caller)
                try await sandbox.caller.addFault(#"{"operation": "read_waba", "times": 100000, "latency_ms": 60}"#)
                let begun: Run = try await server.operator.post("/api/v1/reconciliations", "{}")
                let before = try await reached(begun.id, server) { $0.phase == "records" && $0.checked >= 80 }
                server.process.kill()
                #expect(await server.process.exit(within: .seconds(10)) == .signal(SIGKILL))
                #expect(before.checked < Self.recordCount, "it was done before it was killed")

                server = try await ServerProcess.start(at: place)
                let ended = try await reached(begun.id, server) { $0.state != "running" && $0.state != "waiting" }
                #expect(ended.state == "finished")
                #expect(ended.checked == Self.recordCount)
                #expect(ended.listed == Self.recordCount + Self.foreignCount)
                #expect(ended.drift == ["foreign": Self.foreignCount])
                try await checkCalls(sandbox.caller)
            }
        }
    }

    private func fill(_ server: ServerProcess, _ sandbox: SandboxCaller) async throws {
        try await sandbox.seed(#"{"businesses": \#(Self.recordCount), "numbers": true}"#)
        let begun: Imported = try await server.operator.post(
            "/api/v1/imports", #"{"source": "meta", "partner_id": "\#(server.credentials.partner.id)"}"#)
        while true {
            let item: Imported = try await server.operator.get("/api/v1/imports/\(begun.id)")
            if item.state == "finished" {
                #expect(item.outcomes == ["imported": Self.recordCount])
                break
            }
            try #require(item.state != "failed")
            try await Task.sleep(for: .milliseconds(50))
        }
        try await sandbox.seed(#"{"businesses": \#(Self.foreignCount)}"#)
        try await sandbox.clearCalls()
    }

    private func reached(
        _ id: String, _ server: ServerProcess, _ isThere: (Run) -> Bool
    ) async throws -> Run {
        while true {
            let run: Run = try await server.operator.get("/api/v1/reconciliations/\(id)")
            if isThere(run) { return run }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// A page is 20 records.
    private func checkCalls(_ sandbox: SandboxCaller) async throws {
        let reads = try await sandbox.calls().filter { $0.operation == "read_waba" }
        #expect(reads.count <= Self.recordCount + 20)
        let counts = Dictionary(grouping: reads, by: { $0.ids.first ?? "" }).mapValues(\.count)
        #expect(counts.count == Self.recordCount)
        #expect(counts.values.allSatisfy { $0 <= 2 })
        #expect(counts.values.count { $0 == 2 } <= 20)
    }
}

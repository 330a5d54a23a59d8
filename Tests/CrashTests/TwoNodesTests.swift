// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing

/// Two servers on one PostgreSQL. Source: DESIGN, "A node that dies frees its claims in about 5 s".
@Suite(.enabled(if: ServerDatabase.all.contains(.postgres), "needs PostgreSQL"), .sandboxes(1))
struct TwoNodesTests {
    @Test(.timeLimit(.minutes(5)), arguments: [0, 1])
    func `the other node finishes what a killed one had begun`(victim: Int) async throws {
        let pool = try #require(SandboxPool.current)
        try await pool.with { sandbox in
            try await ServerDatabase.postgres.with { setting, folder in
                try await WebhookReceiver.with { receiver in
                    var nodes: [ServerProcess] = []
                    defer { for node in nodes { node.process.kill() } }
                    for name in ["first", "second"] {
                        let place = ServerProcess.Place(
                            graphURL: sandbox.url, database: setting, folder: folder, node: name)
                        nodes.append(try await ServerProcess.start(at: place, graceSeconds: 4))
                    }
                    try await play(nodes, victim: victim, sandbox.caller, receiver)
                }
            }
        }
    }

    private func play(
        _ nodes: [ServerProcess], victim: Int, _ sandbox: SandboxCaller, _ receiver: WebhookReceiver
    ) async throws {
        let survivor = nodes[1 - victim]
        let partner = try await Partner.subscribe(receiver, to: survivor)
        let key = survivor.credentials.partner.apiKey
        let callers = nodes.map { Caller(baseURL: $0.credentials.baseURL, key: key) }
        let fleet = try await Fleet.begin(
            50, at: sandbox, latencyMilliseconds: 200, by: callers, customer: survivor.credentials.customer.id,
            heardBy: partner)

        let killed = Date()
        nodes[victim].process.kill()
        #expect(await nodes[victim].process.exit(within: .seconds(10)) == .signal(SIGKILL))
        let stranded = try await fleet.unfinished(at: callers[1 - victim])
        #expect(!stranded.isEmpty, "nothing was left to take over")
        try await fleet.wentLive(partner)
        let waits = try await fleet.waits(of: stranded, since: killed, at: callers[1 - victim])
        #expect(try #require(waits.max()) < 10)
        try await fleet.checkCalls()
        try await fleet.checkEvents(partner, at: callers[1 - victim])
    }
}

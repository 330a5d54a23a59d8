// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing

/// SIGTERM while onboardings run.
@Suite(.sandboxes(1))
struct ShutdownTests {
    @Test(.timeLimit(.minutes(5)), arguments: ServerDatabase.all)
    func `a server that is told to end ends in time and loses nothing`(_ database: ServerDatabase) async throws {
        let pool = try #require(SandboxPool.current)
        try await pool.with { sandbox in
            try await database.with { setting, folder in
                let place = ServerProcess.Place(graphURL: sandbox.url, database: setting, folder: folder)
                try await WebhookReceiver.with { receiver in
                    try await play(at: place, sandbox.caller, receiver)
                }
            }
        }
    }

    private func play(
        at place: ServerProcess.Place, _ sandbox: SandboxCaller, _ receiver: WebhookReceiver
    ) async throws {
        let first = try await ServerProcess.start(at: place, extra: ["--drain-seconds", "1"])
        defer { first.process.kill() }
        let partner = try await Partner.subscribe(receiver, to: first)
        let fleet = try await Fleet.begin(
            20, at: sandbox, latencyMilliseconds: 500, by: [first.partner], customer: first.credentials.customer.id,
            heardBy: partner)

        first.process.send(SIGTERM)
        #expect(await first.process.exit(within: .seconds(15)) == .code(0), "\(first.process.errors)")
        #expect(try partner.ids(of: EventName.onboarded).count < 20, "nothing was left to do")
        let second = try await ServerProcess.start(at: place)
        defer { second.process.kill() }
        try await fleet.wentLive(partner)
        try await fleet.checkCalls()
        try await fleet.checkEvents(partner, at: second.partner)
    }

    @Test(.timeLimit(.minutes(5)), arguments: ServerDatabase.all)
    func `a server with nothing to do ends at once`(_ database: ServerDatabase) async throws {
        let pool = try #require(SandboxPool.current)
        try await pool.with { sandbox in
            try await database.with { setting, folder in
                let place = ServerProcess.Place(graphURL: sandbox.url, database: setting, folder: folder)
                let server = try await ServerProcess.start(at: place)
                defer { server.process.kill() }
                server.process.send(SIGTERM)
                #expect(await server.process.exit(within: .seconds(10)) == .code(0), "\(server.process.errors)")
            }
        }
    }
}

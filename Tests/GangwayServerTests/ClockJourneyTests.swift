// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import Logging
import Synchronization
import TestSupport
import Testing

/// Days pass for Gangway's own timers and the simulator together. Source: DESIGN, section 1 (a mode is a world).
struct ClockJourneyTests {
    private struct Clock: Decodable, Sendable {
        let now: String
        let offset_seconds: Int
    }

    private struct SandboxTime: Decodable, Sendable {
        let offset_ms: Int
    }

    private static func advance(_ seconds: Int, _ server: LocalServer) async throws -> Clock {
        try await server.operator.post("/api/v1/clock", #"{"advance_seconds": \#(seconds)}"#)
    }

    private static func sandboxOffset(_ server: LocalServer) async throws -> Int {
        let time: SandboxTime = try await Caller(baseURL: server.credentials.graphURL).get("/_sandbox/clock")
        return time.offset_ms
    }

    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `a number that Meta locked for 72 hours is registered within seconds`(_ database: ServerDatabase) async throws
    {
        try await LocalServer.with(database) { server in
            let _: AnyAnswer = try await Caller(baseURL: server.credentials.graphURL).post(
                "/_sandbox/scenarios", #"{"name": "number_locked_out"}"#)
            let signup = try await server.sandbox.signUp()
            let begun: OnboardingAnswer = try await server.partner.post(
                "/api/v1/onboardings",
                #"{"customer_id": "\#(server.credentials.customer.id)", "code": "\#(signup.code ?? "")", "currency": "USD"}"#
            )
            let waiting = try await server.reached("waiting", begun.id)
            let step = try #require(waiting.steps.first { $0.kind == "register_phone_number" })
            #expect(step.due_at != nil && step.detail?.contains("133016") == true, "\(waiting)")
            let clock = try await Self.advance(72 * 3600, server)
            #expect(clock.offset_seconds == 72 * 3600)
            _ = try await server.reached("live", begun.id)
            #expect(try await Self.sandboxOffset(server) >= 72 * 3_600_000)
        }
    }

    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `a delivery whose next attempt is hours away is made at once`(_ database: ServerDatabase) async throws {
        try await LocalServer.with(database) { server in
            try await WebhookReceiver.with { receiver in
                let failures = Mutex(3)
                receiver.answer { _ in
                    let isFailing = failures.withLock { left in
                        left -= 1
                        return left >= 0
                    }
                    return WebhookReceiver.Answer(isFailing ? 500 : 200)
                }
                let _: AnyAnswer = try await server.partner.post(
                    "/api/v1/endpoints",
                    #"{"url": "\#(receiver.url)", "events": ["whatsapp.waba_onboarded"]}"#)
                let signup = try await server.sandbox.signUp()
                let _: AnyAnswer = try await server.partner.post(
                    "/api/v1/onboardings",
                    #"{"customer_id": "\#(server.credentials.customer.id)", "code": "\#(signup.code ?? "")"}"#)
                var ids: Set<String> = []
                // Attempts are 5 s, 5 min and 30 min apart, spread by 20 %.
                for pause in [0, 7, 400, 2400] {
                    if pause > 0 {
                        try await settled(attempts: receiver.requests.count, server)
                        _ = try await Self.advance(pause, server)
                    }
                    ids.insert(try await receiver.next().headers["webhook-id"] ?? "")
                }
                #expect(ids.count == 1)
                // Receivers compare it with their own clock.
                let sent = Int(receiver.requests.last?.headers["webhook-timestamp"] ?? "") ?? 0
                #expect(abs(sent - Int(Date().timeIntervalSince1970)) < 60)
            }
        }
    }

    private struct Delivery: Decodable, Sendable {
        struct Attempt: Decodable, Sendable {
            let status: Int?
        }

        let id: String
        let state: String
        let attempts: [Attempt]?
    }

    /// So many failed attempts are written down, and the next has its date.
    private func settled(attempts: Int, _ server: LocalServer) async throws {
        try await server.activity.until {
            let list: ListAnswer<Delivery> = try await server.partner.get("/api/v1/deliveries")
            let id = try #require(list.data.first).id
            let delivery: Delivery = try await server.partner.get("/api/v1/deliveries/\(id)")
            return delivery.state == "pending" && delivery.attempts?.count == attempts
        }
    }

    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `the clock stays ahead after a restart, the simulator's too`(_ database: ServerDatabase) async throws {
        try await database.with { setting, folder in
            try await LocalServer.run(at: setting, in: folder) { server in
                _ = try await Self.advance(3600, server)
                #expect(try await Self.advance(60, server).offset_seconds == 3660)
            }
            // As if the simulator had lost its world.
            try FileManager.default.removeItem(atPath: folder + "/data/sandbox")
            try await LocalServer.run(at: setting, in: folder) { server in
                let clock: Clock = try await server.operator.get("/api/v1/clock")
                #expect(clock.offset_seconds == 3660)
                #expect(try await Self.sandboxOffset(server) >= 3_660_000)
            }
        }
    }

    /// Where there is PostgreSQL: SQLite has one node.
    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all.filter { $0 == .postgres })
    func `every node follows, and no node looks dead`(_ database: ServerDatabase) async throws {
        try await database.with { setting, folder in
            try await LocalServer.run(at: setting, in: folder) { first in
                let change: (inout ServerSettings) -> Void = {
                    $0.dataDirectory = folder + "/second"
                    $0.keyFile = folder + "/data/keys"
                    $0.sandbox = .at(first.credentials.graphURL)
                }
                try await LocalServer.run(at: setting, in: folder, change: change) { second in
                    _ = try await Self.advance(14 * 86400, second)
                    try await first.activity.until {
                        let clock: Clock = try await first.operator.get("/api/v1/clock")
                        return clock.offset_seconds == 14 * 86400
                    }
                    let signup = try await first.sandbox.signUp()
                    let begun: OnboardingAnswer = try await first.partner.post(
                        "/api/v1/onboardings",
                        #"{"customer_id": "\#(first.credentials.customer.id)", "code": "\#(signup.code ?? "")"}"#)
                    let live = try await first.reached("live", begun.id)
                    #expect(live.steps.allSatisfy { $0.attempt <= 1 }, "\(live)")
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [("0", 400), ("-5", 400), ("1e12", 400), ("\"72h\"", 400)])
    func `what is no step forward is refused`(_ step: String, _ status: Int) async throws {
        try await LocalServer.with(.sqlite) { server in
            do {
                let _: AnyAnswer = try await server.operator.post("/api/v1/clock", #"{"advance_seconds": \#(step)}"#)
                Issue.record("accepted")
            } catch let refused as Caller.Refused {
                #expect(refused.status == status)
            }
        }
    }

    @Test(.timeLimit(.minutes(5))) func `a partner has no say over time`() async throws {
        try await LocalServer.with(.sqlite) { server in
            await #expect(throws: Caller.Refused.self) {
                let _: AnyAnswer = try await server.partner.post("/api/v1/clock", #"{"advance_seconds": 60}"#)
            }
            let clock: Clock = try await server.operator.get("/api/v1/clock")
            #expect(clock.offset_seconds == 0)
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: [#"{"freeze": true}"#, #"{"speed": 60}"#])
    func `the simulator's clock does not run away from Gangway's`(_ body: String) async throws {
        try await LocalServer.with(.sqlite) { server in
            let simulator = Caller(baseURL: server.credentials.graphURL)
            do {
                let _: AnyAnswer = try await simulator.post("/_sandbox/clock", body)
                Issue.record("accepted")
            } catch let refused as Caller.Refused {
                #expect(refused.status == 409)
            }
            #expect(try await Self.advance(60, server).offset_seconds == 60)
        }
    }

    /// One of its own may stand still; then Gangway's clock is not moved past it.
    @Test(.timeLimit(.minutes(5))) func `a simulator that stands still is not left behind`() async throws {
        let sandbox = try SandboxServer(
            host: "127.0.0.1", port: 0, dataDirectory: nil, logger: Logger(label: "sandbox"))
        let running = Task { try await sandbox.run() }
        let url = try await sandbox.url()
        try await LocalServer.with(.sqlite, change: { $0.sandbox = .at(url) }) { server in
            let simulator = Caller(baseURL: url)
            let _: AnyAnswer = try await simulator.post("/_sandbox/clock", #"{"freeze": true}"#)
            do {
                _ = try await Self.advance(60, server)
                Issue.record("moved past a simulator that stands still")
            } catch let refused as Caller.Refused {
                #expect(refused.status == 502)
            }
            let clock: Clock = try await server.operator.get("/api/v1/clock")
            #expect(clock.offset_seconds == 0)
            let _: AnyAnswer = try await simulator.post("/_sandbox/clock", #"{"speed": 1}"#)
            #expect(try await Self.advance(60, server).offset_seconds == 60)
        }
        running.cancel()
        _ = await running.result
    }

    /// Whatever answers there, it is no simulator.
    @Test(.timeLimit(.minutes(5))) func `without a simulator no clock is moved`() async throws {
        try await WebhookReceiver.with { receiver in
            try await LocalServer.with(.sqlite, change: { $0.sandbox = .at(receiver.url) }) { server in
                do {
                    _ = try await Self.advance(60, server)
                    Issue.record("moved without the simulator")
                } catch let refused as Caller.Refused {
                    #expect(refused.status == 502)
                    #expect(refused.description.contains("sandbox_unavailable"))
                }
                let clock: Clock = try await server.operator.get("/api/v1/clock")
                #expect(clock.offset_seconds == 0)
            }
        }
    }
}

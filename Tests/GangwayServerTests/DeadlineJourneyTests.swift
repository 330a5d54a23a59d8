// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import TestSupport
import Testing

/// Dates of days and weeks, in seconds: the test world's clock is moved past them. Source: Meta, register (14 days) and
/// access tokens (60 days); Standard Webhooks 1.0.0, retry schedule.
@Suite(.timeLimit(.minutes(10))) struct DeadlineJourneyTests {
    private static let day = 86_400

    private struct Notice: Decodable, Sendable {
        struct Body: Decodable, Sendable {
            let days_left: Int
            let waba_id: String?
            let phone_number_id: String?
        }

        let data: Body
    }

    @Test(arguments: ServerDatabase.all)
    func `a verified number is announced 3 days, 1 day and no day before its 14 days are over`(
        _ database: ServerDatabase
    ) async throws {
        try await LocalServer.with(database) { server in
            struct Number: Decodable, Sendable { let id: String; let registration_due_at: String? }
            let signup = try await server.onboarded()
            let added: Number = try await server.partner.post(
                "/api/v1/phone_numbers",
                #"""
                {"waba_id": "\#(signup.waba_id)", "country_code": "49", "phone_number": "15112345678", "verified_name": "Shrub"}
                """#)
            let path = "/api/v1/phone_numbers/\(added.id)"
            let _: AnyAnswer = try await server.partner.post(path + "/request_code", "{}")
            let verified: Number = try await server.partner.post(path + "/verify_code", #"{"code": "345678"}"#)
            #expect(verified.registration_due_at != nil)
            try await advance(10 * Self.day, server)
            var told: [Int] = []
            for (index, step) in [Self.day * 3 / 2, Self.day * 2, Self.day].enumerated() {
                try await advance(step, server)
                told = try await notices("whatsapp.phone_number.registration_due", index + 1, server) {
                    $0.phone_number_id == added.id
                }
            }
            #expect(told == [0, 0, 2], "newest first: \(told)")
        }
    }

    @Test(arguments: ServerDatabase.all)
    func `a token of 60 days is announced 14 days, 3 days and no day before it ends`(
        _ database: ServerDatabase
    ) async throws {
        try await LocalServer.with(database) { server in
            let (signup, run) = try await server.onboard(#"{"token_expires_in": \#(60 * Self.day)}"#)
            #expect(run.state == "live", "\(run)")
            var told: [Int] = []
            for (index, step) in [47, 11, 3].enumerated() {
                try await advance(step * Self.day, server)
                told = try await notices("whatsapp.waba.token_expiring", index + 1, server) {
                    $0.waba_id == signup.waba_id
                }
            }
            #expect(told.count == 3 && told[0] == 0 && told[2] >= 12, "newest first: \(told)")
            struct Inspection: Decodable { let valid: Bool }
            let token: Inspection = try await server.partner.get("/api/v1/wabas/\(signup.waba_id)/token")
            #expect(!token.valid)
        }
    }

    @Test(arguments: ServerDatabase.all)
    func `a delivery that nobody takes is given up after ten attempts in four days`(
        _ database: ServerDatabase
    ) async throws {
        try await LocalServer.with(database) { server in
            try await WebhookReceiver.with { receiver in
                receiver.answer { _ in WebhookReceiver.Answer(500) }
                let _: EndpointAnswer = try await server.partner.post(
                    "/api/v1/endpoints", #"{"url": "\#(receiver.url)", "events": ["whatsapp.waba_onboarded"]}"#)
                _ = try await server.onboarded()
                var pauses: [Int] = []
                while true {
                    let delivery = try await delivery(server, afterAttempts: pauses.count + 1)
                    guard delivery.state == "pending" else {
                        #expect(delivery.state == "failed" && delivery.attempt == 10)
                        #expect(receiver.requests.count == 10)
                        break
                    }
                    let ended = try #require(delivery.attempts.last?.finished_at)
                    let due = try Self.seconds(delivery.due_at)
                    let now = try await now(server)
                    pauses.append(due - (try Self.seconds(ended)))
                    if due >= now { try await advance(due - now + 1, server) }
                }
                // Spread by a fifth; whole seconds on either side.
                let planned = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
                #expect(pauses.count == planned.count)
                for (pause, base) in zip(pauses, planned) {
                    #expect((base * 4 / 5 - 2...base * 6 / 5 + 2).contains(pause), "\(pauses)")
                }
            }
        }
    }

    // MARK: Support

    private struct Delivery: Decodable, Sendable {
        struct Attempt: Decodable, Sendable {
            let finished_at: String?
        }

        let id: String
        let state: String
        let attempt: Int
        let due_at: String
        let attempts: [Attempt]
    }

    /// The newest delivery, once so many attempts of it are written down and nothing is under way.
    private func delivery(_ server: LocalServer, afterAttempts count: Int) async throws -> Delivery {
        struct Listed: Decodable, Sendable { let id: String }
        return try await server.activity.answer {
            let list: ListAnswer<Listed> = try await server.partner.get("/api/v1/deliveries")
            guard let id = list.data.first?.id else { return nil }
            let delivery: Delivery = try await server.partner.get("/api/v1/deliveries/\(id)")
            let hasEnded = delivery.state == "pending" || delivery.state == "failed"
            return hasEnded && delivery.attempts.count == count ? delivery : nil
        }
    }

    /// Since 1970.
    private static func seconds(_ text: String) throws -> Int {
        let form = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
        return Int(try Date(text, strategy: form).timeIntervalSince1970)
    }

    private func now(_ server: LocalServer) async throws -> Int {
        struct Clock: Decodable, Sendable { let now: String }
        let clock: Clock = try await server.operator.get("/api/v1/clock")
        return try Self.seconds(clock.now)
    }

    private func advance(_ seconds: Int, _ server: LocalServer) async throws {
        let _: AnyAnswer = try await server.operator.post("/api/v1/clock", #"{"advance_seconds": \#(seconds)}"#)
    }

    /// Days left by each notice, newest first, once there are `count`; the test's time limit ends the asking.
    private func notices(
        _ type: String, _ count: Int, _ server: LocalServer, _ isMeant: (Notice.Body) -> Bool
    ) async throws -> [Int] {
        try await server.activity.answer {
            let events: ListAnswer<Notice> = try await server.partner.get("/api/v1/events?type=\(type)")
            let told = events.data.map(\.data).filter(isMeant).map(\.days_left)
            return told.count >= count ? told : nil
        }
    }
}

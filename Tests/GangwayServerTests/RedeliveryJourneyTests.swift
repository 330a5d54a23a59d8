// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Foundation
import GangwayServer
import NIOCore
import NIOHTTP1
import TestSupport
import Testing
import WebhookSignatures

/// Meta's door refuses for days; Meta calls again, less and less often, for 7 days. Source: Meta, webhooks/overview; reference
/// section 10 (retries, duplicates).
@Suite(.serialized, .timeLimit(.minutes(5))) struct RedeliveryJourneyTests {
    private static let day = 86_400

    @Test(arguments: ServerDatabase.all)
    func `a door mended after six days gets what it refused, and applies it once`(
        _ database: ServerDatabase
    ) async throws {
        try await LocalServer.with(database, change: Self.hearsNothingElse) { server in
            let (live, waiting) = try await beforeTheFault(server)
            try await breakDoor(server)
            try await somethingHappens(to: live, server)
            let attempts = try await refusals(server) { attempts in
                let next = attempts.last.flatMap(Self.nextAttempt) ?? 0
                return next >= attempts[0].at_ms / 1000 + 6 * Self.day
            }
            #expect(attempts.count >= 15 && attempts.allSatisfy { $0.status == 401 && $0.outcome == "retrying" })
            let times = attempts.map(\.at_ms)
            let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
            // The clock runs on meanwhile, so that equal steps may differ by moments.
            #expect(zip(gaps.dropFirst(), gaps).allSatisfy { $0 >= $1 - 60_000 }, "\(gaps)")
            #expect(try await events("whatsapp.waba.restricted", server).isEmpty)
            #expect(try await run(waiting, server).state == "waiting")

            try await mendDoor(server)
            try await advance(Self.day / 2, server)
            try await server.waitUntilLive(waiting, server.partner)
            let told = try await toldOf(live, "whatsapp.waba.restricted", server)
            #expect(told.count == 1)

            // Its 200 was lost on the way: the same bytes once more.
            let delivered = try #require(
                try await posts(server).last { $0.isViolation && $0.outcome == "delivered" })
            #expect(try await redeliver(delivered.seq, server) == 200)
            // Read after it, since the lane is read in order.
            try await server.sandbox.emit(
                #"{"field": "message_template_status_update", "event": "APPROVED", "waba_id": "\#(live.waba_id)"}"#)
            _ = try await toldOf(live, "whatsapp.template.status_updated", server)
            #expect(try await toldOf(live, "whatsapp.waba.restricted", server).map(\.id) == told.map(\.id))
            #expect(try await events("whatsapp.waba_onboarded", server).count == 2)
            let calls = try await server.sandbox.calls()
            #expect(calls.count { $0.effect == "shared_credit" } == 2)
        }
    }

    @Test(arguments: ServerDatabase.all)
    func `after seven days Meta gives up, and a reconciliation brings what was missed`(
        _ database: ServerDatabase
    ) async throws {
        try await LocalServer.with(database, change: Self.hearsNothingElse) { server in
            let (live, waiting) = try await beforeTheFault(server)
            try await breakDoor(server)
            try await server.sandbox.emit(
                #"{"field": "account_review_update", "event": "REJECTED", "waba_id": "\#(live.waba_id)"}"#)
            try await somethingHappens(to: live, server)
            let attempts = try await refusals(server) { $0.last?.outcome == "given_up" }
            let days = Double(attempts[attempts.count - 1].at_ms - attempts[0].at_ms) / Double(Self.day * 1000)
            #expect((6.4...7).contains(days), "\(days)")

            while try await pending(server) > 0 {
                try await advance(Self.day / 2, server)
                try await server.activity.pass(8)
            }
            try await mendDoor(server)
            let before = try await posts(server).count
            try await advance(Self.day, server)
            #expect(try await posts(server).count == before)
            #expect(try await rejections(of: live, server).isEmpty)
            #expect(try await run(waiting, server).state == "waiting")

            let found = try await server.reconcile()
            #expect(found.state == "finished" && found.rescued == 1, "\(found)")
            try await server.waitUntilLive(waiting, server.partner)
            #expect(try await rejections(of: live, server).count == 1)
        }
    }

    // MARK: Before and after

    /// Neither a poll nor a periodic reconciliation tells what a webhook did not.
    private static func hearsNothingElse(_ settings: inout ServerSettings) {
        settings.sharePollSeconds = 30 * 86_400
        settings.reconcileHours = 0
    }

    /// A live customer, and one who has asked for its tp-signup but shares its WABA in an hour.
    private func beforeTheFault(_ server: LocalServer) async throws -> (live: SignupAnswer, waiting: String) {
        let (live, run) = try await server.onboard(
            #"{"review": {"outcome": "APPROVED", "delay_ms": 0}, "name_review": {"outcome": "APPROVED", "delay_ms": 0}}"#
        )
        #expect(run.state == "live", "\(run)")
        let late = try await server.sandbox.signUp(#"{"flow": "tech_partner", "share_delay_ms": 3600000}"#)
        let solution = server.credentials.metaApp.solutionID
        let begun: OnboardingAnswer = try await server.partner.post(
            "/api/v1/onboardings",
            #"""
            {"customer_id": "\#(server.credentials.customer.id)", "flow": "tech_partner", "currency": "USD",
             "waba_id": "\#(late.waba_id)", "solution_id": "\#(solution)", "phone_number": "\#(late.number)"}
            """#)
        _ = try await server.reached("waiting", begun.id)
        // The last that a signup brings.
        try await server.activity.until {
            try await posts(server).contains { $0.isOf(live, "phone_number_quality_update") }
        }
        return (live, begun.id)
    }

    /// The late share, and a violation.
    private func somethingHappens(to live: SignupAnswer, _ server: LocalServer) async throws {
        try await advance(3601, server)
        try await server.sandbox.emit(
            #"{"field": "account_update", "event": "ACCOUNT_VIOLATION", "waba_id": "\#(live.waba_id)"}"#)
    }

    /// Twice another secret: after the first the former one would still be taken.
    private func breakDoor(_ server: LocalServer) async throws {
        for secret in ["00000000000000000000000000000001", "00000000000000000000000000000002"] {
            try await setSecret(secret, server)
        }
        try await knock(until: 401, server)
    }

    private func mendDoor(_ server: LocalServer) async throws {
        try await setSecret(server.credentials.metaApp.appSecret, server)
        try await knock(until: 200, server)
    }

    /// Meta's signature under nothing at all, since a door remembers its secrets for two seconds.
    private func knock(until status: Int, _ server: LocalServer) async throws {
        let body = #"{"object": "whatsapp_business_account", "entry": []}"#
        let signature = MetaSignature.header(body: Array(body.utf8), secret: server.credentials.metaApp.appSecret)
        try await server.activity.until { try await post(body, signature, server) == status }
    }

    private func setSecret(_ secret: String, _ server: LocalServer) async throws {
        let app = server.credentials.metaApp
        let _: AnyAnswer = try await server.operator.put(
            "/api/v1/apps/\(app.appID)",
            """
            {"kind": "solution_partner", "business_id": "\(app.businessID)", "system_user_id": "100081234567890", \
            "extended_credit_line_id": "\(app.extendedCreditLineID)", "app_secret": "\(secret)"}
            """)
    }

    // MARK: Meta's side

    private struct Post: Decodable, Sendable {
        let seq: Int
        let at_ms: Int
        let status: Int?
        let outcome: String
        let next_attempt_at: String?
        let body: String?
        let signature: String?

        var isViolation: Bool { body?.contains("ACCOUNT_VIOLATION") == true }

        func isOf(_ customer: SignupAnswer, _ field: String) -> Bool {
            body.map { $0.contains(customer.waba_id) && $0.contains(field) } ?? false
        }
    }

    private struct Posts: Decodable, Sendable {
        let data: [Post]
        let pending: Int
    }

    private struct Clock: Decodable, Sendable {
        let now_ms: Int
    }

    private func meta(_ server: LocalServer) -> Caller { Caller(baseURL: server.credentials.graphURL) }

    private func posts(_ server: LocalServer) async throws -> [Post] {
        let list: Posts = try await meta(server).get("/_sandbox/webhooks?bodies=true")
        return list.data
    }

    private func pending(_ server: LocalServer) async throws -> Int {
        let list: Posts = try await meta(server).get("/_sandbox/webhooks?limit=0")
        return list.pending
    }

    /// The violation's attempts, oldest first, the clock moved to each next one, until they are enough.
    private func refusals(_ server: LocalServer, until isEnough: ([Post]) -> Bool) async throws -> [Post] {
        var seen = 0
        while true {
            let attempts = try await server.activity.answer {
                let attempts = try await posts(server).filter(\.isViolation)
                return attempts.count > seen ? attempts : nil
            }
            seen = attempts.count
            if isEnough(attempts) { return attempts }
            let next = try #require(attempts.last.flatMap(Self.nextAttempt))
            let clock: Clock = try await meta(server).get("/_sandbox/clock")
            let left = next - clock.now_ms / 1000 + 1
            if left > 0 { try await advance(left, server) }
        }
    }

    /// In seconds since 1970.
    private static func nextAttempt(_ post: Post) -> Int? {
        post.next_attempt_at.flatMap { try? Date($0, strategy: .iso8601) }.map { Int($0.timeIntervalSince1970) }
    }

    /// As Meta does when it did not see our answer. Returns the status.
    private func redeliver(_ seq: Int, _ server: LocalServer) async throws -> Int {
        let sent: Post = try await meta(server).get("/_sandbox/webhooks/\(seq)")
        return try await post(sent.body ?? "", sent.signature ?? "", server)
    }

    private func post(_ body: String, _ signature: String, _ server: LocalServer) async throws -> Int {
        var request = HTTPClientRequest(
            url: "\(server.credentials.baseURL)/webhooks/meta/\(server.credentials.metaApp.appID)")
        request.method = .POST
        request.headers.add(name: "x-hub-signature-256", value: signature)
        request.body = .bytes(ByteBuffer(string: body))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        _ = try await response.body.collect(upTo: 1024)
        return Int(response.status.code)
    }

    // MARK: The partner's side

    private struct Told: Decodable, Sendable {
        struct Body: Decodable, Sendable {
            let waba_id: String?
            let decision: String?
        }

        let id: String
        let data: Body
    }

    private func advance(_ seconds: Int, _ server: LocalServer) async throws {
        let _: AnyAnswer = try await server.operator.post("/api/v1/clock", #"{"advance_seconds": \#(seconds)}"#)
    }

    private func run(_ id: String, _ server: LocalServer) async throws -> OnboardingAnswer {
        try await server.partner.get("/api/v1/onboardings/\(id)")
    }

    private func events(_ type: String, _ server: LocalServer) async throws -> [Told] {
        let list: ListAnswer<Told> = try await server.partner.get("/api/v1/events?type=\(type)")
        return list.data
    }

    private func rejections(of customer: SignupAnswer, _ server: LocalServer) async throws -> [Told] {
        try await events("whatsapp.waba.review_updated", server).filter {
            $0.data.waba_id == customer.waba_id && $0.data.decision == "REJECTED"
        }
    }

    /// As soon as there is one; the test's time limit ends the asking.
    private func toldOf(_ customer: SignupAnswer, _ type: String, _ server: LocalServer) async throws -> [Told] {
        try await server.activity.answer {
            let told = try await events(type, server).filter { $0.data.waba_id == customer.waba_id }
            return told.isEmpty ? nil : told
        }
    }
}

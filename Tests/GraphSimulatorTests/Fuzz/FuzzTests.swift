// SPDX-License-Identifier: Apache-2.0
import Foundation
import GraphSimulator
import NIOHTTP1
import Testing

/// No request can crash the simulator or change its world without authority.
@Suite(.timeLimit(.minutes(30)))
struct FuzzTests {
    private static let isSoak = ProcessInfo.processInfo.environment["GANGWAY_SOAK"] == "1"
    private static let rounds = isSoak ? 200_000 : 2500
    /// On a busy machine the short form ends sooner; the requests it made are the same.
    private static let shortForm = Duration.seconds(5)
    private static let fewestRounds = 300
    private static let seed: UInt64 =
        isSoak
        ? UInt64(Date().timeIntervalSince1970)
        : ProcessInfo.processInfo.environment["GANGWAY_FUZZ_SEED"].flatMap(UInt64.init) ?? 7

    @Test func theFuzzerKnowsEveryRouteAndEveryDocumentedRequest() async throws {
        let rows = try await Sandbox.run { try await $0.get("/_sandbox/operations").body["data"].list }
        let edges = rows.compactMap { row -> String? in
            let parts = row["path"].string.split(separator: "/")
            return parts.count == 2 && parts[0].hasPrefix("{") ? String(parts[1]) : nil
        }
        #expect(edges.count > 40)
        #expect(Set(edges).subtracting(GraphFuzzer.edges).sorted() == [])
        #expect(GraphFuzzer.documented.count > 60)
        let parameters = GraphFuzzer.documented.flatMap { request in
            request.target.split(separator: "?").dropFirst().flatMap { $0.split(separator: "&") }
                .map { String($0.prefix { $0 != "=" }) }
        }
        #expect(Set(parameters).subtracting(GraphFuzzer.parameters).sorted() == [])
    }

    /// Nobody, a token that does not exist, and a customer who has nothing to do with the victim.
    @Test func nobodyChangesTheWorldWithoutAuthority() async throws {
        try await Sandbox.run {
            // No review ends meanwhile.
            $0.reviewDelayMilliseconds = 86_400_000
        } _: { sandbox in
            let (ids, intruder) = try await sandbox.victim()
            var fuzzer = GraphFuzzer(seed: Self.seed, ids: ids, tokens: [nil, "EAAnobody", "1|2", intruder.token])
            // Webhooks of what was set up go to nobody and leave by themselves.
            while try await sandbox.get("/_sandbox/world").body["pending_webhooks"].int != 0 { await Task.yield() }
            let before = try await sandbox.get("/_sandbox/digest").text
            #expect(before.contains("digest"))
            let world = try await sandbox.get("/_sandbox/world/export").text
            #expect(world.contains(ids[0]))
            let start = ContinuousClock.now
            for round in 0..<Self.rounds where Self.goesOn(round, since: start) {
                let request = fuzzer.request()
                let answer = try await sandbox.send(request, Cast(words: [:]))
                let isWellFormed = Self.isEnvelope(answer)
                #expect(isWellFormed, "seed \(Self.seed), round \(round): \(request) → \(answer.status) \(answer.text)")
                guard isWellFormed else { return }
            }
            #expect(try await sandbox.get("/_sandbox/digest").text == before, "seed \(Self.seed)")
            // To the byte, tokens, events and clock included.
            let isSame = try await sandbox.get("/_sandbox/world/export").text == world
            #expect(isSame, "seed \(Self.seed)")
        }
    }

    /// With every right there is, the world changes and nothing breaks.
    @Test func everyAnswerIsGraphsWithEveryTokenToo() async throws {
        try await Sandbox.run {
            $0.callsPerHour = .init(beforeRegistration: 1_000_000, active: 1_000_000, credit: 1_000_000, app: 1_000_000)
        } _: { sandbox in
            let (ids, intruder) = try await sandbox.victim()
            let appToken = "\(sandbox.app.appID)|\(sandbox.app.appSecret)"
            var fuzzer = GraphFuzzer(
                seed: Self.seed &+ 1, ids: ids + [intruder.wabaID, intruder.phoneNumberID, intruder.businessID],
                tokens: [sandbox.app.systemToken, sandbox.app.partner.systemToken, intruder.token, appToken],
                cast: [
                    "waba": ids[0], "phone": ids[1], "business": ids[2], "app": sandbox.app.appID,
                    "partner": sandbox.app.businessID, "solution": sandbox.app.solutionID,
                ])
            var successes = 0
            var made = 0
            let start = ContinuousClock.now
            for round in 0..<Self.rounds where Self.goesOn(round, since: start) {
                let request = fuzzer.likelyRequest()
                made += 1
                let answer = try await sandbox.send(request, Cast(words: [:]))
                let isWellFormed = Self.isEnvelope(answer)
                #expect(isWellFormed, "seed \(Self.seed), round \(round): \(request) → \(answer.status) \(answer.text)")
                guard isWellFormed else { return }
                if answer.status == 200 { successes += 1 }
            }
            // A fuzzer that never gets through tests nothing.
            #expect(successes > made / 10)
            #expect(try await sandbox.onboard().token.hasPrefix("EAA"))
        }
    }

    private static func goesOn(_ round: Int, since start: ContinuousClock.Instant) -> Bool {
        isSoak || round < fewestRounds || ContinuousClock.now - start < shortForm
    }

    /// Graph's answer is JSON; an error carries message, type, code and trace.
    private static func isEnvelope(_ answer: Sandbox.Answer) -> Bool {
        guard answer.headers.first(name: "content-type") == "application/json; charset=UTF-8", answer.body.exists else {
            return false
        }
        let error = answer.body["error"]
        guard answer.status != 200 else { return true }
        guard (400..<600).contains(answer.status),
            answer.status != 500 || error["code"].int == 3 || error["code"].int ?? 0 > 1000
        else { return false }
        return !error["message"].string.isEmpty && !error["type"].string.isEmpty && error["code"].int != nil
            && error["fbtrace_id"].string.count == 23
    }
}

extension Sandbox {
    /// A customer with everything, whose ids are tried, and another with a token of their own.
    fileprivate func victim() async throws -> (ids: [String], intruder: Customer) {
        let customer = try await onboard()
        _ = try await assignSystemUser(to: customer)
        let allocation = try await shareCredit(with: customer).body["allocation_config_id"].string
        _ = try await register(customer)
        _ = try await post("/v26.0/\(customer.wabaID)/subscribed_apps", token: customer.token)
        let components = #"[{"type":"BODY","text":"Hello"}]"#
        let template = try await post(
            "/v26.0/\(customer.wabaID)/message_templates",
            #"{"name":"hello","language":"en","category":"UTILITY","components":\#(components)}"#, token: customer.token
        )
        let ids = [
            customer.wabaID, customer.phoneNumberID, customer.businessID, allocation, template.body["id"].string,
            app.extendedCreditLineID, app.solutionID, app.appID, app.businessID, app.systemUserID, app.partner.appID,
        ]
        #expect(ids.allSatisfy { !$0.isEmpty })
        return (ids, try await onboard())
    }
}

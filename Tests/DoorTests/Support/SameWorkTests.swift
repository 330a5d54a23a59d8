// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import HTTPTypes
import Services
import TestSupport
import Testing

/// What belongs to another and what belongs to nobody is answered alike and costs the same: the very same statements in the same
/// order, so that the time tells nothing either. Splashify alone tells another's WABA (403) from nobody's (404), as documented.
@Suite(.timeLimit(.minutes(5)))
struct SameWorkTests {
    /// A request that must look like any other of its list.
    private struct Try: Sendable {
        let name: String
        let call: @Sendable () async throws -> String
    }

    private func expectSame(_ tries: [Try], but own: Try, _ world: DoorWorld) async throws {
        var seen: [(answer: String, work: [String])] = []
        for item in tries + [own] {
            seen.append(try await least(item, world))
        }
        let first = seen[0]
        #expect(!first.work.isEmpty, "\(tries[0].name): nothing was recorded")
        for (item, one) in zip(tries, seen).dropFirst() {
            #expect(one.answer == first.answer, "\(item.name)")
            #expect(one.work == first.work, "\(item.name)")
        }
        // What is one's own costs more: a difference would be seen.
        #expect(seen[tries.count].answer != first.answer && seen[tries.count].work != first.work, "\(own.name)")
        try await expectSameTime(tries)
    }

    /// A key is remembered for a few seconds, which may end in the middle of any try: the one with the least work counts.
    private func least(_ item: Try, _ world: DoorWorld) async throws -> (answer: String, work: [String]) {
        var answer = try await item.call()
        var least: [String]?
        for _ in 0..<5 {
            let work = try await world.statements.during { answer = try await item.call() }
            if work.count < least?.count ?? .max { least = work }
        }
        return (answer, try #require(least))
    }

    /// Medians of interleaved calls. Hundreds of tests share the machine: what is looked for is work of another order.
    private func expectSameTime(_ tries: [Try]) async throws {
        var times = tries.map { _ in [Duration]() }
        for _ in 0..<60 {
            for (index, item) in tries.enumerated() {
                let start = ContinuousClock.now
                _ = try await item.call()
                times[index].append(ContinuousClock.now - start)
            }
        }
        let medians = times.map { $0.sorted()[$0.count / 2] }
        let (fastest, slowest) = (try #require(medians.min()), try #require(medians.max()))
        #expect(slowest / fastest < 3, "\(zip(tries.map(\.name), medians).map { "\($0): \($1)" })")
    }

    private static let nobody = "018c0000-0000-7000-8000-000000000000"

    // MARK: Sinch

    private func tries(_ world: DoorWorld, _ client: SinchClient, _ path: String) async throws -> [Try] {
        let foreign = try await SinchAccess.make(world, for: world.globex)
        let issued = try await client.raw(
            .post, "/oauth2/token", "grant_type=client_credentials", type: "application/x-www-form-urlencoded")
        let bearer = "Bearer " + (try #require(issued.json["access_token"] as? String))
        let basic = client.authorization
        let wrong = "Basic " + Data("\(foreign.key.id.rawValue):wrong".utf8).base64EncodedString()
        let unknown = "Basic " + Data("\(Self.nobody):wrong".utf8).base64EncodedString()
        let rows: [(String, String?, String)] = [
            ("another's project", basic, foreign.project.id.rawValue), ("nobody's project", basic, Self.nobody),
            ("no project at all", basic, "nonsense"),
            ("another's project, by token", bearer, foreign.project.id.rawValue),
            ("nobody's project, by token", bearer, Self.nobody), ("a wrong secret", wrong, client.project),
            ("an unknown key", unknown, client.project), ("another's key", foreign.basic, client.project),
            ("an unknown key, another's project", unknown, foreign.project.id.rawValue),
        ]
        return rows.map { name, authorization, project in
            Try(name: name) {
                let answer = try await client.with(authorization: authorization, project: project).call(.get, path)
                return "\(answer.status) \(answer.body)"
            }
        }
    }

    @Test func `Sinch's door does not tell another's project from nobody's`() async throws {
        try await DoorWorld.run { world in
            try await SinchClient.run(world) { client in
                let tries = try await tries(world, client, "/whatsapp/senders")
                let own = Try(name: "one's own") { try await client.call(.get, "/whatsapp/senders").text }
                try await expectSame(tries, but: own, world)
            }
        }
    }

    @Test func `nor another's sender and webhook`() async throws {
        try await SinchStage.run { stage in
            let foreign = try await SinchAccess.make(stage.world, for: stage.world.globex)
            let other = stage.client.with(authorization: foreign.basic, project: foreign.project.id.rawValue)
            let draft = SinchStage.numberBody.replacing("SUBMIT", with: "DRAFT")
            let sender = try await other.call(.post, "/whatsapp/senders", draft).id
            let webhook = try await other.call(
                .post, "/webhooks", #"{"target": "https://other.example/", "secret": "s", "triggers": ["ALL"]}"#
            ).id
            try await stage.draftSender()
            try await stage.webhook()
            let client = stage.client
            for (path, theirs, ours) in [
                ("/whatsapp/senders", sender, stage.id("sender")), ("/webhooks", webhook, stage.id("webhook")),
            ] {
                #expect(!theirs.isEmpty)
                let tries = [("another's", theirs), ("nobody's", Self.nobody)].map { name, id in
                    Try(name: "\(name) \(path)") {
                        let answer = try await client.call(.get, "\(path)/\(id)")
                        return "\(answer.status) \(answer.body)"
                    }
                }
                let own = Try(name: "one's own \(path)") { try await client.call(.get, "\(path)/\(ours)").text }
                try await expectSame(tries, but: own, stage.world)
            }
        }
    }

    // MARK: Kaleyra

    @Test func `Kaleyra's door does not tell another's SID from nobody's`() async throws {
        try await KaleyraScene.run { scene in
            let foreign = scene.foreign
            let rows: [(String, String, String?)] = [
                ("another's SID", foreign.account.sid.rawValue, scene.key),
                ("nobody's SID", "HX0000000000GW", scene.key),
                ("no SID at all", "%20", scene.key), ("another's key", scene.sid, foreign.secret.secret),
                ("an unknown key", scene.sid, "ka_test_unknown"), ("no key", scene.sid, nil),
                ("an unknown key, another's SID", foreign.account.sid.rawValue, "ka_test_unknown"),
            ]
            let tries = rows.map { name, sid, key in
                Try(name: name) {
                    let answer = try await scene.call(.get, "/v1/\(sid)/whatsapp/activation", key: key)
                    return "\(answer.status) \(answer.body)"
                }
            }
            let own = Try(name: "one's own") {
                try await scene.call(.get, scene.activationPath, key: scene.key).text
            }
            try await expectSame(tries, but: own, scene.world)
        }
    }

    @Test func `nor another's WABA and number`() async throws {
        try await KaleyraScene.run { scene in
            try await scene.giveNumber()
            let theirs = (WABAID("102290129340777"), PhoneNumberID("106540352242777"))
            let globex = scene.world.globex.seeded
            try await scene.world.store.seedWABA(theirs.0, of: globex)
            try await scene.world.store.seedPhoneNumber(theirs.1, printed: "+1 323-600-7777", on: theirs.0, of: globex)
            let rows: [(foreign: String, missing: String, own: String)] = [
                ("\(theirs.0)/number", "102290129340000/number", "\(KaleyraScene.waba)/number"),
                (
                    "13236007777/phone_number_details", "13236000000/phone_number_details",
                    "13236001237/phone_number_details"
                ),
            ]
            for row in rows {
                let tries = [("another's", row.foreign), ("nobody's", row.missing)].map { name, path in
                    Try(name: "\(name) \(path)") {
                        let answer = try await scene.call(.get, "/v2/\(scene.sid)/whatsapp/\(path)", key: scene.key)
                        return "\(answer.status) \(answer.body)"
                    }
                }
                let own = Try(name: row.own) {
                    try await scene.call(.get, "/v2/\(scene.sid)/whatsapp/\(row.own)", key: scene.key).text
                }
                try await expectSame(tries, but: own, scene.world)
            }
        }
    }

    // MARK: Splashify

    @Test func `Splashify's door does not tell another's customer from nobody's`() async throws {
        try await DoorWorld.run { world in
            try await SplashifyClient.run(world.worlds, key: world.acme.key) { client in
                let rows = [
                    ("another's customer", world.globex.customer.rawValue), ("nobody's customer", Self.nobody),
                ]
                let tries = rows.map { name, id in
                    Try(name: name) {
                        let answer = try await client.call(
                            .get, "/api/v1/partner/customers/\(id)/whatsapp/phone-numbers")
                        return "\(answer.status) \(answer.body)"
                    }
                }
                let own = Try(name: "one's own") {
                    let id = world.acme.customer.rawValue
                    return try await client.call(.get, "/api/v1/partner/customers/\(id)/whatsapp/phone-numbers").text
                }
                try await expectSame(tries, but: own, world)
            }
        }
    }
}

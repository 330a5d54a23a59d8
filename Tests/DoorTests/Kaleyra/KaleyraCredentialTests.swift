// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import HTTPTypes
import Services
import TestSupport
import Testing

/// Whatever is wrong with SID or key, the answer is the same, and takes as long.
@Suite(.timeLimit(.minutes(5))) struct KaleyraCredentialTests {
    /// What a stranger may present: SID and key, of the scene.
    private func presented(_ scene: KaleyraScene) -> [(name: String, sid: String, key: String?)] {
        let foreign = scene.foreign
        let slip = String(scene.key.dropLast()) + (scene.key.hasSuffix("a") ? "b" : "a")
        return [
            ("another's SID", foreign.account.sid.rawValue, scene.key),
            ("another's key", scene.sid, foreign.secret.secret),
            ("no such SID", "HX0000000000GW", scene.key), ("no SID at all", "%20", scene.key),
            ("a slip in the key", scene.sid, slip), ("no key", scene.sid, nil), ("an empty key", scene.sid, ""),
            ("a key of the other world", scene.sid, scene.key.replacing("ka_test_", with: "ka_live_")),
            ("a partner's key", scene.sid, scene.world.acme.key),
            ("the operator's key", scene.sid, scene.world.operatorKey),
            ("a long key", scene.sid, String(repeating: "k", count: 4000)),
        ]
    }

    @Test func `all wrong credentials are answered alike, everywhere`() async throws {
        try await KaleyraScene.run { scene in
            try await scene.giveNumber()
            let before = try await scene.stored()
            let words = canonical(KaleyraText.state("RBC001", "Wrong SID or API key."))
            let form = KaleyraForm()
            for (name, sid, key) in presented(scene) {
                let activation = try await scene.call(
                    .post, "/v1/\(sid)/whatsapp/activation", key: key, type: form.contentType, form.bytes)
                let numbers = try await scene.call(
                    .get, "/v2/\(sid)/whatsapp/\(KaleyraScene.waba)/number", key: key)
                for answer in [activation, numbers] {
                    #expect(answer.status == 401, "\(name)")
                    #expect(answer.body == words, "\(name)")
                }
            }
            #expect(try await scene.stored() == before)
            #expect(scene.world.graph.calls.isEmpty)
        }
    }

    @Test func `a rotated key opens nothing any more`() async throws {
        try await KaleyraScene.run { scene in
            let rotated = try await scene.world.services.activationAccounts.rotateKey(
                of: scene.account.account.sid, by: .system)
            #expect(try await scene.submit().status == 401)
            let answer = try await scene.call(.get, scene.activationPath, key: rotated.secret.secret)
            #expect(answer.status == 404)
        }
    }

    /// Both rows are looked up whatever was presented, and nothing is remembered. The medians of interleaved calls lie close
    /// together; a lookup left out would halve one.
    @Test func `the time tells nothing`() async throws {
        try await KaleyraScene.run { scene in
            let accounts = scene.world.services.activationAccounts
            let cases: [(String, String)] = [
                (scene.foreign.account.sid.rawValue, scene.key), (scene.sid, scene.foreign.secret.secret),
                ("HX0000000000GW", "ka_test_unknown"), (scene.sid, "x"), ("", ""),
            ]
            var times = cases.map { _ in [Duration]() }
            for _ in 0..<200 {
                for (index, (sid, key)) in cases.enumerated() {
                    times[index].append(
                        await ContinuousClock().measure {
                            _ = try? await accounts.authenticate(sid: sid, key: key)
                        })
                }
            }
            let medians = times.map { $0.sorted()[$0.count / 2] }
            let (fastest, slowest) = (try #require(medians.min()), try #require(medians.max()))
            #expect(slowest / fastest < 1.8, "\(medians)")
        }
    }

    /// An account that speaks for one customer sees nothing of its partner's others.
    @Test func `an account reaches its own customer's WABAs alone`() async throws {
        try await KaleyraScene.run { scene in
            try await scene.giveNumber()
            let services = scene.world.services
            let other = try await services.customers.create(
                Customers.Draft(name: "Another"), by: scene.world.acmePrincipal)
            guard case .fresh(let customer) = other else { return }
            let narrow = try await services.activationAccounts.create(
                for: scene.world.acme.partner, customer: customer.id, isVerified: true, by: .system)
            let unknown = KaleyraText.refused("WA400", "waba_id", "The WABA ID is not found.")
            for sid in [narrow, scene.foreign] {
                let answer = try await scene.call(
                    .get, "/v2/\(sid.account.sid)/whatsapp/\(KaleyraScene.waba)/number", key: sid.secret.secret)
                #expect(answer.body == canonical(unknown))
                let details = try await scene.call(
                    .get, "/v2/\(sid.account.sid)/whatsapp/13236001237/phone_number_details", key: sid.secret.secret)
                #expect(
                    details.body
                        == canonical(
                            KaleyraText.refused("WA400", "phone_number", "The WhatsApp Number is not found.")))
            }
            #expect(scene.world.graph.calls.isEmpty)
        }
    }
}

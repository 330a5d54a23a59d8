// SPDX-License-Identifier: Apache-2.0
import GangwayServer
import TestSupport
import Testing

/// A number by hand, against the simulator. Source: graph-api.md sections 8.2 and 8.3.
struct NumberJourneyTests {
    private struct Number: Decodable {
        let id: String
        let status: String?
        let code_verification_status: String?
    }

    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `a number is added, verified, registered, locked out, and has its PIN changed`(
        _ database: ServerDatabase
    ) async throws {
        try await LocalServer.with(database) { server in
            let signup = try await server.onboarded()
            let added: Number = try await server.partner.post(
                "/api/v1/phone_numbers",
                #"""
                {"waba_id": "\#(signup.waba_id)", "country_code": "49", "phone_number": "15112345678", "verified_name": "Shrub"}
                """#)
            let path = "/api/v1/phone_numbers/\(added.id)"
            let early = try await refusal(server, path + "/register")
            #expect(early.contains("not_verified"))
            let _: AnyAnswer = try await server.partner.post(path + "/request_code", "{}")
            let wrong = try await refusal(server, path + "/verify_code", #"{"code": "000000"}"#)
            #expect(wrong.contains("wrong_code"))
            // The sandbox sends the number's last six digits.
            let verified: Number = try await server.partner.post(path + "/verify_code", #"{"code": "345678"}"#)
            #expect(verified.code_verification_status == "VERIFIED")
            let live: Number = try await server.partner.post(path + "/register", "{}")
            #expect(live.status == "CONNECTED")

            let off: Number = try await server.partner.post(path + "/deregister", "{}")
            #expect(off.status == "DISCONNECTED")
            let mismatch = try await refusal(server, path + "/register", #"{"pin": "000001"}"#)
            #expect(mismatch.contains("pin_mismatch"))
            let _: AnyAnswer = try await server.partner.post(path + "/pin", #"{"pin": "000001"}"#)
            let again: Number = try await server.partner.post(path + "/register", #"{"pin": "000001"}"#)
            #expect(again.status == "CONNECTED")
            // One early, one register, one deregister, one mismatch, one again: five are left.
            for _ in 1...5 { _ = try? await server.partner.post(path + "/deregister", "{}") as Number }
            let before = try await server.registrations(of: added.id)
            let held = try await refusal(server, path + "/deregister")
            #expect(held.contains("too_many_registrations") && held.contains("next_allowed_at"))
            #expect(try await server.registrations(of: added.id) == before)
        }
    }

    private struct Named: Decodable {
        let verified_name: String?
        let requested_name: String?
        let requested_name_status: String?
    }

    @Test(.timeLimit(.minutes(10)), arguments: ["APPROVED", "REJECTED"])
    func `a display name is reviewed by Meta and told`(decision: String) async throws {
        try await LocalServer.with(.sqlite) { server in
            let signup = try await server.onboarded()
            let path = "/api/v1/phone_numbers/\(signup.phone_number_id)"
            let before: Named = try await server.partner.get(path)
            let asked: Named = try await server.partner.post(path + "/display_name", #"{"display_name": "Shrub & Co"}"#)
            #expect(asked.requested_name_status == "PENDING_REVIEW")
            let _: AnyAnswer = try await Caller(baseURL: server.credentials.graphURL).post(
                "/_sandbox/webhooks",
                #"""
                {"event": "phone_number_name_update", "decision": "\#(decision)", "phone_number_id": "\#(signup.phone_number_id)"}
                """#)
            let now = try await server.activity.answer {
                let now: Named = try await server.partner.get(path)
                return now.requested_name_status == "PENDING_REVIEW" ? nil : now
            }
            #expect(now.verified_name == (decision == "APPROVED" ? "Shrub & Co" : before.verified_name))
            #expect(now.requested_name == (decision == "APPROVED" ? nil : "Shrub & Co"))
        }
    }

    private struct Keys: Decodable {
        struct Key: Decodable {
            let id: String
        }

        let data_keys: [Key]
        let left: Int
    }

    @Test(.timeLimit(.minutes(10)), arguments: ServerDatabase.all)
    func `secrets are sealed again while the server runs, and still open`(_ database: ServerDatabase) async throws {
        try await LocalServer.with(database) { server in
            let signup = try await server.onboarded()
            let before: Keys = try await server.operator.get("/api/v1/encryption")
            let _: Keys = try await server.operator.post(
                "/api/v1/encryption/rotate", #"{"new_key_encryption_key": true}"#)
            let now = try await server.activity.answer {
                let now: Keys = try await server.operator.get("/api/v1/encryption")
                return now.data_keys.count > 1 ? nil : now
            }
            #expect(now.left == 0)
            #expect(now.data_keys[0].id != before.data_keys[0].id)
            let _: AnyAnswer = try await server.partner.post(
                "/api/v1/phone_numbers/\(signup.phone_number_id)/pin/reveal", "{}")
            let _: SignupAnswer = try await server.onboarded()
        }
    }

    private func refusal(_ server: LocalServer, _ path: String, _ body: String = "{}") async throws -> String {
        let error = await #expect(throws: Caller.Refused.self) {
            let _: AnyAnswer = try await server.partner.post(path, body)
        }
        return error?.description ?? ""
    }
}

extension LocalServer {
    /// A customer who signed up and is live.
    func onboarded() async throws -> SignupAnswer {
        let signup = try await sandbox.signUp()
        let begun: OnboardingAnswer = try await partner.post(
            "/api/v1/onboardings",
            #"{"customer_id": "\#(credentials.customer.id)", "code": "\#(signup.code ?? "")", "currency": "USD"}"#)
        try await waitUntilLive(begun.id, partner)
        return signup
    }

    /// Registrations and deregistrations that reached the sandbox.
    func registrations(of number: String) async throws -> Int {
        try await sandbox.calls().filter {
            ["register", "deregister"].contains($0.operation) && $0.ids.contains(number)
        }.count
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct NativeOnboardingTests {
    @Test("an accepted onboarding shows its plan and its steps, and no secret ever")
    func begin() async throws {
        try await DoorWorld.native { world, api in
            let begun = try await api.post(
                "onboardings",
                """
                {"customer_id":"\(world.acme.customer)","code":"code-canary","waba_id":102290129340398,
                 "phone_number_id":"106540352242922","business_id":"506914307656634","pin":"482913","currency":"INR",
                 "region":"de","phone_number":"+1 555-078-3881",
                 "options":{"enable_template_analytics":true,
                   "callback":{"uri":"https://hooks.example.com/meta","verify_token":"verify-canary"}}}
                """)
            #expect(begun.status == 202)
            let id = try #require(begun["id"])
            let found = try await api.get("onboardings/\(id)")
            for answer in [begun, found] {
                #expect(answer["state"] == "running")
                #expect(answer["plan"] == "embedded_signup")
                #expect(answer["customer_id"] == world.acme.customer.rawValue)
                #expect(answer["waba_id"] == "102290129340398")
                #expect(answer["phone_number_id"] == "106540352242922")
                #expect(answer["phone_number"] == "+15550783881")
                #expect(answer["business_id"] == "506914307656634")
                #expect(answer["currency"] == "INR")
                #expect(answer["region"] == "DE")
                #expect(answer["options.callback_uri"] == "https://hooks.example.com/meta")
                #expect(answer["steps.0.kind"] == "exchange_code")
                #expect(answer["steps.0.state"] == "pending")
                #expect(answer["steps.0.attempt"] == "0")
                for secret in ["canary", "482913"] { #expect(!answer.text.contains(secret)) }
            }
            #expect(found.count("timeline") == 0)
            let kinds = (0..<20).compactMap { found["steps.\($0).kind"] }
            #expect(
                kinds == [
                    "exchange_code", "inspect_token", "discover_assets", "subscribe_app", "override_callback",
                    "assign_system_user", "share_credit_line", "verify_credit_line", "register_phone_number",
                    "enable_template_analytics", "announce",
                ])
            #expect(try await api.get("onboardings?state=running&waba_id=102290129340398").count("data") == 1)
            #expect(try await api.get("onboardings?state=live").count("data") == 0)
        }
    }

    @Test("a stopped run says who must do what, and is resumed with what was missing")
    func resume() async throws {
        try await DoorWorld.native { world, api in
            let id = try await world.estates().acme.onboarding.rawValue
            let stopped = try await api.get("onboardings/\(id)")
            #expect(stopped["state"] == "action_required")
            #expect(stopped["reason"] == "pin_mismatch")
            #expect(stopped["remedy.actor"] == "customer")
            #expect(stopped["remedy.text"] == FailureReason.pinMismatch.remedy.text)
            #expect(stopped["steps.0.reason"] == "pin_mismatch")
            #expect(try await api.post("onboardings/\(id)/resume", #"{"pin":"1"}"#).status == 400)
            let resumed = try await api.post("onboardings/\(id)/resume", #"{"pin":"482913","currency":"EUR"}"#)
            #expect(resumed.status == 202)
            #expect(resumed["state"] == "running")
            #expect(resumed["currency"] == "EUR")
            #expect(resumed["reason"] == nil)
            let again = try await api.post("onboardings/\(id)/resume", "")
            #expect(again.status == 409)
            #expect(again["code"] == "not_resumable")
            let sealed: RegistrationPIN? = try await world.store.read { tx in
                try tx.secrets.get(.pin, of: .onboarding(OnboardingID(id)))
            }
            #expect(sealed == RegistrationPIN("482913"))
        }
    }

    @Test("a cancelled run stays cancelled and the partner is told")
    func cancel() async throws {
        try await DoorWorld.native { world, api in
            let id = try await world.estates().acme.onboarding.rawValue
            let cancelled = try await api.post("onboardings/\(id)/cancel", "{}")
            #expect(cancelled.status == 200)
            #expect(cancelled["state"] == "cancelled")
            #expect(cancelled["finished_at"] != nil)
            let again = try await api.post("onboardings/\(id)/cancel", "")
            #expect(again.status == 409)
            #expect(again["code"] == "not_cancellable")
            let events = try await api.get("events?onboarding_id=\(id)&type=whatsapp.onboarding.cancelled")
            #expect(events.count("data") == 1)
            #expect(events["data.0.data.onboarding_id"] == id)
        }
    }

    @Test("a tech_partner onboarding asks Meta for the solution within the request")
    func enrol() async throws {
        try await DoorWorld.native { world, api in
            let solution = "774485461512159"
            let body = """
                {"customer_id":"\(world.acme.customer)","flow":"tech_partner","waba_id":"102290129340398",
                 "solution_id":"\(solution)","phone_number":"+15550783881"}
                """
            world.graph.answer("read_solution", with: .failure(.refusal("read_solution")))
            let refused = try await api.post("onboardings", body)
            #expect(refused.status == 422)
            #expect(refused["code"] == "refused_by_meta")
            #expect(refused["meta.code"] == "100")
            #expect(refused["meta.subcode"] == "33")
            #expect(refused["meta.message"] == "(#100) refused")

            world.graph.answer("read_solution", with: .failure(.silence("read_solution")))
            let silent = try await api.post("onboardings", body)
            #expect(silent.status == 502)
            #expect(silent["code"] == "meta_unavailable")

            world.graph.answer("read_solution", with: .json(#"{"id":"\#(solution)","status":"ACTIVE"}"#))
            let foreign = try await api.post("onboardings", body)
            #expect(foreign.status == 422)
            #expect(try await api.get("onboardings").count("data") == 0)

            _ = try await api.with(world.operatorKey)
                .post("partners/\(world.acme.partner)/solutions", #"{"solution_id":"\#(solution)"}"#)
            let accepted = try await api.post("onboardings", body)
            #expect(accepted.status == 202)
            #expect(accepted["plan"] == "tech_partner")
            let again = try await api.post("onboardings", body)
            #expect(again["id"] == accepted["id"])
            #expect(try await api.get("onboardings").count("data") == 1)
        }
    }

    @Test("a partner that is switched off begins nothing")
    func switchedOff() async throws {
        try await DoorWorld.native { world, api in
            let path = "partners/\(world.acme.partner)"
            let off = try await api.with(world.operatorKey).post("\(path)/disable", "")
            #expect(off["whatsapp_enabled"] == "0")
            let body = #"{"customer_id":"\#(world.acme.customer)","code":"c"}"#
            let refused = try await api.post("onboardings", body)
            #expect(refused.status == 403)
            #expect(refused["code"] == "whatsapp_disabled")
            _ = try await api.with(world.operatorKey).post("\(path)/enable", "")
            #expect(try await api.post("onboardings", body).status == 202)
        }
    }

    @Test("another partner's customer is no customer")
    func foreignCustomer() async throws {
        try await DoorWorld.native { world, api in
            let answer = try await api.post("onboardings", #"{"customer_id":"\#(world.globex.customer)","code":"c"}"#)
            #expect(answer.status == 404)
            #expect(answer["code"] == "customer_not_found")
            #expect(try await api.get("onboardings").count("data") == 0)
        }
    }
}

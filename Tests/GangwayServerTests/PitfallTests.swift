// SPDX-License-Identifier: Apache-2.0
import Foundation
import GangwayServer
import GraphClient
import TestSupport
import Testing

/// What integrators struggle with most, rehearsed against the simulator: the run ends well, or in a named state with its remedy.
/// Source: graph-api.md section 15. Of P8 only the server's part is here.
@Suite(.serialized, .timeLimit(.minutes(10))) struct PitfallTests {
    struct Remedy: Decodable { let actor: String; let text: String }
    struct Stop: Decodable { let reason: String?; let remedy: Remedy? }

    @Test func `P1 the app is subscribed before the override, and both are read back`() async throws {
        try await LocalServer.with(.sqlite) { server in
            try await WebhookReceiver.with { receiver in
                receiver.answer { request in
                    let items = URLComponents(string: request.path)?.queryItems
                    return WebhookReceiver.Answer(200, body: items?.first { $0.name == "hub.challenge" }?.value ?? "")
                }
                let (signup, run) = try await server.onboard(members: callback(receiver.url))
                #expect(run.state == "live", "\(run)")
                let order = try await server.sandbox.calls()
                    .filter { $0.ids.contains(signup.waba_id) }.compactMap(\.effect)
                    .filter { $0 == "subscribed" || $0 == "overrode_callback" }
                #expect(order == ["subscribed", "overrode_callback"])
            }
        }
    }

    @Test func `P1 where the app's own messages field is off the run says so`() async throws {
        // Meta never reached this server, so the app is not subscribed at all.
        try await LocalServer.with(.sqlite, change: { $0.publicURL = ReconciliationTests.nowhere }) { server in
            let (_, run) = try await server.onboard(members: callback("https://hooks.example.com/meta"))
            try await expectStop(run, "callback_refused", by: "partner", server)
            #expect(run.description.contains("Before override"), "\(run)")
        }
    }

    @Test func `P2 a token whose scopes are named otherwise is judged by use`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let signup = try await server.sandbox.signUp()
            let scope = #"{\"scope\":\"whatsapp_business_manage_events\",\"target_ids\":[\"\#(signup.waba_id)\"]}"#
            let answer =
                #"{\"data\":{\"app_id\":\"\#(server.credentials.metaApp.appID)\",\"is_valid\":true,"#
                + #"\"expires_at\":0,\"granular_scopes\":[\#(scope)]}}"#
            try await server.sandbox.addFault(
                #"{"operation": "debug_token", "times": 9, "status": 200, "body": "\#(answer)"}"#)
            let run = try await begin(signup, server)
            #expect(run.state == "live", "\(run)")
            #expect(run.waba_id == signup.waba_id)
        }
    }

    @Test func `P3 a code that is over asks for a new one, and goes on with it`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let signup = try await server.sandbox.signUp()
            try await server.sandbox.advance(seconds: 31)
            let run = try await begin(signup, server)
            try await expectStop(run, "code_expired", by: "customer", server)
            let again = try await server.sandbox.signUp(#"{"waba": {"id": "\#(signup.waba_id)"}}"#)
            let _: OnboardingAnswer = try await server.partner.post(
                "/api/v1/onboardings/\(run.id)/resume", #"{"code": "\#(again.code ?? "")"}"#)
            #expect(try await server.rested(run.id).state == "live")
        }
    }

    @Test func `P3 a double submit exchanges the code once`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let signup = try await server.sandbox.signUp()
            async let left = begin(signup, server)
            async let right = begin(signup, server)
            let runs = try await [left, right]
            #expect(runs.count { $0.state == "live" } == 1, "\(runs)")
            let stopped = try #require(runs.first { $0.state != "live" })
            try await expectStop(stopped, "code_used", by: "customer", server)
            #expect(try await server.sandbox.calls().count { $0.operation == "exchange_code" } == 1)
        }
    }

    @Test func `P4 a code of a redirecting dialog is told from a spent one`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let (_, run) = try await server.onboard(#"{"redirect_uri": "https://partner.example/done"}"#)
            try await expectStop(run, "redirect_uri_mismatch", by: "partner", server)
        }
    }

    @Test func `P5 an unknown PIN costs one try, and the right one goes on`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let (signup, run) = try await server.onboard(#"{"pin": "482913"}"#)
            try await expectStop(run, "pin_mismatch", by: "customer", server)
            #expect(try await server.registrations(of: signup.phone_number_id) == 1)
            let _: OnboardingAnswer = try await server.partner.post(
                "/api/v1/onboardings/\(run.id)/resume", #"{"pin": "482913"}"#)
            #expect(try await server.rested(run.id).state == "live")
            #expect(try await server.registrations(of: signup.phone_number_id) == 2)
        }
    }

    @Test func `P5 a lock of Meta is waited out, not hammered`() async throws {
        try await LocalServer.with(.sqlite) { server in
            try await server.sandbox.addFault(#"{"operation": "register", "times": 50, "code": 133016}"#)
            let signup = try await server.sandbox.signUp()
            let begun = try await accept(signup, server)
            let run = try await server.found(begun.id) { run in
                run.steps.contains { $0.kind == "register_phone_number" && $0.due_at != nil }
            }
            let step = run.steps.first { $0.kind == "register_phone_number" }
            #expect(step?.detail?.contains("72 hours") == true, "\(run)")
            #expect(try await server.registrations(of: signup.phone_number_id) == 1)
        }
    }

    @Test func `P6 a number of the phone app is never registered, and synced once`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let signup = try await server.sandbox.signUp(#"{"flow": "business_app"}"#)
            // The event of such a signup names the WABA alone.
            let run = try await begin(
                signup, server,
                members:
                    #", "signup_event": "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING", "waba_id": "\#(signup.waba_id)""#)
            #expect(run.state == "live" && run.phone_number_id == signup.phone_number_id, "\(run)")
            let calls = try await server.sandbox.calls()
            #expect(calls.count { $0.operation == "register" } == 0)
            #expect(calls.count { $0.effect == "requested_sync" } == 2)
        }
    }

    @Test func `P6 a signup without a number says that the customer must add one`() async throws {
        try await LocalServer.with(.sqlite) { server in
            struct Signup: Decodable { let code: String }
            let signup: Signup = try await Caller(baseURL: server.credentials.graphURL).post(
                "/_sandbox/signups", #"{"with_number": false}"#)
            let begun: OnboardingAnswer = try await server.partner.post(
                "/api/v1/onboardings",
                #"""
                {"customer_id": "\#(server.credentials.customer.id)", "code": "\#(signup.code)", "currency": "USD",
                 "signup_event": "FINISH_ONLY_WABA"}
                """#)
            let run = try await server.rested(begun.id)
            try await expectStop(run, "phone_number_missing", by: "customer", server)
        }
    }

    @Test func `P7 names in review and a pending account are notes, not failures`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let (signup, run) = try await server.onboard(
                #"{"review": {"outcome": "PENDING"}, "name_review": {"outcome": "PENDING"}}"#)
            #expect(run.state == "live", "\(run)")
            // Long after the verification has lapsed the number still sends: `status` decides.
            try await server.sandbox.advance(seconds: 20 * 86_400)
            let checked = try await server.reconcile()
            #expect(checked.drift.isEmpty, "\(checked)")
            let found: ListAnswer<NumberNote> = try await server.partner.get(
                "/api/v1/phone_numbers?waba_id=\(signup.waba_id)")
            #expect(found.data.map(\.status) == ["CONNECTED"])
            #expect(found.data.map(\.name_status) == ["PENDING_REVIEW"])
        }
    }

    @Test func `P8 without a session event the token tells which WABA and number are meant`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let (signup, run) = try await server.onboard()
            #expect(run.state == "live" && run.waba_id == signup.waba_id, "\(run)")
            #expect(run.phone_number_id == signup.phone_number_id)
        }
    }

    @Test func `P9 missing access is the operator's to mend, and the run goes on`() async throws {
        try await LocalServer.with(.sqlite) { server in
            try await server.sandbox.addFault(#"{"operation": "read_waba", "times": 50, "code": 200}"#)
            let (_, run) = try await server.onboard()
            try await expectStop(run, "permission_missing", by: "operator", server)
            try await server.sandbox.clearFaults()
            let _: OnboardingAnswer = try await server.partner.post("/api/v1/onboardings/\(run.id)/resume", "{}")
            #expect(try await server.rested(run.id).state == "live")
        }
    }

    @Test func `P9 a number that is not the WABA's is named as such`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let signup = try await server.sandbox.signUp()
            let run = try await begin(signup, server, members: #", "phone_number_id": "\#(signup.waba_id)""#)
            try await expectStop(run, "phone_number_not_on_waba", by: "partner", server)
            let _: OnboardingAnswer = try await server.partner.post(
                "/api/v1/onboardings/\(run.id)/resume", #"{"phone_number_id": "\#(signup.phone_number_id)"}"#)
            #expect(try await server.rested(run.id).state == "live")
        }
    }

    @Test func `P10 a share whose answer is lost is settled by reading, and money moves once`() async throws {
        try await LocalServer.with(.sqlite) { server in
            try await server.sandbox.addFault(#"{"operation": "share_credit", "times": 1, "drop": "after"}"#)
            let (signup, run) = try await server.onboard()
            #expect(run.state == "live", "\(run)")
            let calls = try await server.sandbox.calls().filter { $0.ids.contains(signup.waba_id) }
            #expect(calls.count { $0.operation == "share_credit" } == 1)
            let assigned = try #require(calls.firstIndex { $0.effect == "assigned_user" })
            let shared = try #require(calls.firstIndex { $0.effect == "shared_credit" })
            #expect(assigned < shared, "the system user is put on the WABA first")
        }
    }

    @Test func `P10 a refused share is the operator's, a tech provider's customer is told to pay`() async throws {
        try await LocalServer.with(.sqlite) { server in
            try await server.sandbox.addFault(#"{"operation": "share_credit", "times": 1, "code": 100}"#)
            try await expectStop(try await server.onboard().run, "credit_line_refused", by: "operator", server)
            let app = server.credentials.metaApp
            let _: AnyAnswer = try await server.operator.put(
                "/api/v1/apps/\(app.appID)", #"{"kind": "tech_provider", "business_id": "\#(app.businessID)"}"#)
            let (_, run) = try await server.onboard()
            #expect(run.state == "live", "\(run)")
            let events: ListAnswer<Onboarded> = try await server.partner.get(
                "/api/v1/events?type=whatsapp.waba_onboarded")
            let action = try #require(events.data.first?.data.actions.first)
            #expect(action.actor == "customer" && action.text.contains("payment method"))
        }
    }

    @Test func `P11 who leaves is let go of in order, and the next provider can register the number`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let (signup, _) = try await server.onboard()
            let leaving: OnboardingAnswer = try await server.partner.post(
                "/api/v1/wabas/\(signup.waba_id)/offboard", "{}")
            #expect(try await server.rested(leaving.id).state == "offboarded")
            let order = try await server.sandbox.calls().compactMap(\.effect)
                .filter { ["unsubscribed", "deregistered", "revoked_credit"].contains($0) }
            #expect(order == ["unsubscribed", "deregistered", "revoked_credit"])
            let (next, run) = try await server.onboard(#"{"waba": {"id": "\#(signup.waba_id)"}}"#)
            #expect(run.state == "live" && next.waba_id == signup.waba_id, "\(run)")
        }
    }

    @Test func `P11 a customer who removes the partner costs no more credit`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let (signup, _) = try await server.onboard()
            try await server.sandbox.emit(
                #"{"event": "PARTNER_REMOVED", "waba_id": "\#(signup.waba_id)"}"#)
            struct Node: Decodable { let state: String }
            try await server.activity.until {
                try await (server.partner.get("/api/v1/wabas/\(signup.waba_id)") as Node).state == "disconnected"
            }
            let leaving: OnboardingAnswer = try await server.partner.post(
                "/api/v1/wabas/\(signup.waba_id)/offboard", "{}")
            #expect(try await server.rested(leaving.id).state == "offboarded")
            #expect(try await server.sandbox.calls().count { $0.effect == "revoked_credit" } == 1)
        }
    }

    @Test func `P12 ids printed as numbers keep every digit`() async throws {
        try await LocalServer.with(.sqlite) { server in
            try await server.sandbox.addFault(#"{"operation": "*", "times": 10000, "ids_as_numbers": true}"#)
            let (signup, run) = try await server.onboard(#"{"waba": {"id": "90071992547409931"}}"#)
            #expect(run.state == "live", "\(run)")
            #expect(run.waba_id == "90071992547409931" && run.waba_id == signup.waba_id)
            #expect(run.phone_number_id == signup.phone_number_id)
            let checked = try await server.reconcile()
            #expect(checked.drift.isEmpty && checked.checked == 1, "\(checked)")
        }
    }

    @Test func `P13 a bad change loses no other, and a repeated one is told once`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let (signup, _) = try await server.onboard(Self.unreviewed)
            let waba = signup.waba_id
            try await server.sandbox.emit(
                #"""
                {"duplicate": 3, "changes": [
                    {"field": "account_update", "entry_id": "\#(waba)", "value": {"event": {"not": "a text"}}},
                    {"field": "phone_number_quality_update", "entry_id": "\#(waba)", "value": {"display_phone_number": 7}},
                    {"field": "account_review_update", "entry_id": "\#(waba)", "value": {"decision": "DEFERRED"}}]}
                """#)
            try await told("DEFERRED", of: waba, times: 1, server)
            try await server.sandbox.emit(
                #"{"field": "account_review_update", "entry_id": "\#(waba)", "value": {"decision": "LIMIT_REACHED"}}"#)
            // Once a later word is heard, the copies of the former are through.
            try await told("LIMIT_REACHED", of: waba, times: 1, server)
            try await told("DEFERRED", of: waba, times: 1, server)
        }
    }

    @Test(arguments: ["v21.0", "v26.0"])
    func `P14 the version is a setting, and words that nobody knows yet are kept`(version: String) async throws {
        let version = try #require(GraphVersion(version))
        try await LocalServer.with(.sqlite, change: { $0.graphVersion = version }) { server in
            let (signup, run) = try await server.onboard(Self.unreviewed)
            #expect(run.state == "live", "\(run)")
            try await server.sandbox.emit(
                #"{"field": "account_update", "entry_id": "\#(signup.waba_id)", "value": {"event": "BRAND_NEW"}}"#)
            try await server.sandbox.emit(
                #"{"field": "account_review_update", "entry_id": "\#(signup.waba_id)", "value": {"decision": "NEW_WORD"}}"#
            )
            try await told("NEW_WORD", of: signup.waba_id, times: 1, server)
            struct Node: Decodable { let state: String; let review_status: String? }
            let node: Node = try await server.partner.get("/api/v1/wabas/\(signup.waba_id)")
            #expect(node.state == "live" && node.review_status == "NEW_WORD")
        }
    }

    // MARK: Support

    /// Meta's own decision must not come between those of a test.
    private static let unreviewed = #"{"review": {"outcome": "PENDING"}}"#

    private struct NumberNote: Decodable, Sendable {
        let status: String?
        let name_status: String?
    }

    private struct Onboarded: Decodable, Sendable {
        struct Body: Decodable, Sendable { let actions: [Action] }
        struct Action: Decodable, Sendable { let actor: String; let text: String }
        let data: Body
    }

    private struct Review: Decodable, Sendable {
        struct Body: Decodable, Sendable { let waba_id: String?; let decision: String? }
        let data: Body
    }

    private func callback(_ url: String) -> String {
        #", "options": {"callback": {"uri": "\#(url)", "verify_token": "sesame"}}"#
    }

    private func accept(
        _ signup: SignupAnswer, _ server: LocalServer, members: String = ""
    ) async throws -> OnboardingAnswer {
        try await server.partner.post(
            "/api/v1/onboardings",
            #"{"customer_id": "\#(server.credentials.customer.id)", "code": "\#(signup.code ?? "")", "currency": "USD"\#(members)}"#
        )
    }

    private func begin(
        _ signup: SignupAnswer, _ server: LocalServer, members: String = ""
    ) async throws -> OnboardingAnswer {
        try await server.rested(try await accept(signup, server, members: members).id)
    }

    private func expectStop(
        _ run: OnboardingAnswer, _ reason: String, by actor: String, _ server: LocalServer
    ) async throws {
        #expect(run.state == "action_required" && run.reason == reason, "\(run)")
        let stop: Stop = try await server.partner.get("/api/v1/onboardings/\(run.id)")
        #expect(stop.remedy?.actor == actor && stop.remedy?.text.isEmpty == false)
    }

    /// Waits until the review was told, and counts how often; the test's time limit ends the asking.
    private func told(_ decision: String, of waba: String, times: Int, _ server: LocalServer) async throws {
        let told = try await server.activity.answer {
            let events: ListAnswer<Review> = try await server.partner.get(
                "/api/v1/events?type=whatsapp.waba.review_updated&limit=100")
            let told = events.data.count { $0.data.waba_id == waba && $0.data.decision == decision }
            return told >= times ? told : nil
        }
        #expect(told == times)
    }
}

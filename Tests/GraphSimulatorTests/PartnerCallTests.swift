// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Source: reference sections 3.2, 7.5 and 9.2.
@Suite(.timeLimit(.minutes(1)))
struct PartnerCallTests {
    private static func create(_ sandbox: Sandbox) async throws -> String {
        let order = #"""
            {"owner_permissions":["MESSAGING"],"partner_app_id":"\#(sandbox.app.partner.appID)",
            "partner_permissions":["MANAGE_TEMPLATES"],"solution_name":"Two of us"}
            """#
        let answer = try await sandbox.post(
            "/v26.0/\(sandbox.app.appID)/whatsapp_business_solution", order, token: sandbox.app.systemToken)
        return answer.body["solution_id"].string
    }

    @Test func aSolutionIsAcceptedByItsPartnerAndEndedByBoth() async throws {
        try await Sandbox.run { sandbox in
            let (owner, partner) = (sandbox.app.systemToken, sandbox.app.partner.systemToken)
            let path = "/v26.0/\(try await Self.create(sandbox))"
            func state() async throws -> [String] {
                let body = try await sandbox.get(path, token: owner).body
                return [body["status"].string, body["status_for_pending_request"].string]
            }
            #expect(try await state() == ["INITIATED", "PENDING_ACTIVATION"])
            #expect(try await sandbox.post("\(path)/accept", token: owner).errorCode == 200)
            #expect(try await sandbox.post("\(path)/accept", token: partner).status == 200)
            #expect(try await state() == ["ACTIVE", "NONE"])
            #expect(try await sandbox.post("\(path)/accept", token: partner).errorCode == 100)
            #expect(try await sandbox.post("\(path)/send_deactivation_request", token: owner).status == 200)
            #expect(try await state() == ["ACTIVE", "PENDING_DEACTIVATION"])
            #expect(try await sandbox.post("\(path)/accept_deactivation_request", token: owner).errorCode == 200)
            #expect(try await sandbox.post("\(path)/reject_deactivation_request", token: partner).status == 200)
            #expect(try await state() == ["ACTIVE", "NONE"])
            _ = try await sandbox.post("\(path)/send_deactivation_request", token: partner)
            #expect(try await sandbox.post("\(path)/accept_deactivation_request", token: owner).status == 200)
            #expect(try await state() == ["DEACTIVATED", "NONE"])
            let listed = try await sandbox.get(
                "/v26.0/\(sandbox.app.partner.appID)/whatsapp_business_solutions", ["role": "PARTNER"], token: partner)
            #expect(listed.body["data"].list.count == 1)
        }
    }

    @Test func aWABAMovesToASolutionAfterNinetyDays() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let path = "/v26.0/\(customer.wabaID)"
            let intent = #"{"solution_id":"\#(sandbox.app.solutionID)"}"#
            let asked = try await sandbox.post("\(path)/set_solution_migration_intent", intent, token: customer.token)
            #expect(asked.body.keys == ["id"])
            #expect(try await sandbox.get("\(path)/solutions", token: customer.token).body["data"].list.isEmpty)
            try await sandbox.advance(seconds: 90 * 86_400 + 1)
            let solutions = try await sandbox.get("\(path)/solutions", token: customer.token)
            #expect(solutions.body["data"][0]["id"].string == sandbox.app.solutionID)
            let again = try await sandbox.post("\(path)/set_solution_migration_intent", intent, token: customer.token)
            #expect(again.errorCode == 2_593_085)
        }
    }

    /// Source: Meta, pre-verified phone numbers (sharing and unsharing).
    @Test func `a pre-verified number is shared with another partner and taken back`() async throws {
        try await Sandbox.run { sandbox in
            let (owner, partner) = (sandbox.app.systemToken, sandbox.app.partner.systemToken)
            let portfolio = "/v26.0/\(sandbox.app.businessID)"
            let added = try await sandbox.post(
                "\(portfolio)/add_phone_numbers", query: ["phone_number": "15550783881"], token: owner)
            let id = added.body["id"].string
            let share = ["preverified_id": id, "partner_business_id": sandbox.app.partner.businessID]
            func seen() async throws -> [String] {
                let list = try await sandbox.get(
                    "/v26.0/\(sandbox.app.partner.businessID)/preverified_numbers", token: partner)
                return list.body["data"].list.map(\.["id"].string)
            }
            #expect(try await seen().isEmpty)
            #expect(try await sandbox.get("/v26.0/\(id)", token: partner).errorSubcode == 33)
            let path = "\(portfolio)/share_preverified_numbers"
            let shared = try await sandbox.post(path, query: share, token: owner)
            #expect(shared.text == #"{"success":true}"#)
            #expect(try await seen() == [id])
            #expect(try await sandbox.get("/v26.0/\(id)", token: partner).status == 200)
            for status in ["VERIFIED": 0, "NOT_VERIFIED": 1] {
                let list = try await sandbox.get(
                    "\(portfolio)/preverified_numbers", ["code_verification_status": status.key], token: owner)
                #expect(list.body["data"].list.count == status.value)
            }
            #expect(try await sandbox.delete(path, share, token: owner).text == #"{"success":true}"#)
            #expect(try await seen().isEmpty)
            for (wrong, code) in [
                (["preverified_id": id], 100),
                (["preverified_id": "1", "partner_business_id": sandbox.app.partner.businessID], 100),
                (["preverified_id": id, "partner_business_id": sandbox.app.businessID], 100),
            ] {
                let refused = try await sandbox.post(path, query: wrong, token: owner)
                #expect(refused.errorCode == code)
            }
            // Nobody else's portfolio.
            #expect(try await sandbox.post(path, query: share, token: partner).errorCode != nil)
        }
    }

    @Test func aPartnerVouchesForABusiness() async throws {
        @Sendable func upload(_ type: String, _ client: String) -> String {
            "--B\r\nContent-Disposition: form-data; name=\"end_business_id\"\r\n\r\n\(client)\r\n"
                + "--B\r\nContent-Disposition: form-data; name=\"business_documents[]\"; filename=\"a.pdf\"\r\n"
                + "Content-Type: \(type)\r\n\r\n%PDF-1.7\r\n--B--\r\n"
        }
        try await Sandbox.run {
            $0.reviewDelayMilliseconds = 600_000
        } _: { sandbox in
            let customer = try await sandbox.onboard()
            let path = "/v26.0/\(sandbox.app.businessID)/self_certify_whatsapp_business"
            func send(_ type: String) async throws -> Sandbox.Answer {
                try await sandbox.send(
                    RawRequest(
                        client: "curl -F", method: .POST, target: path,
                        headers: [
                            "Content-Type": "multipart/form-data; boundary=B",
                            "Authorization": "Bearer \(sandbox.app.systemToken)",
                        ], body: upload(type, customer.businessID), expected: ""), Cast(words: [:]))
            }
            #expect(try await send("text/plain").errorCode == 100)
            let sent = try await send("application/pdf")
            #expect(sent.body.keys == ["success", "message", "verification_attempts"])
            #expect(try await send("application/pdf").errorCode == 100)
            let list = "/v26.0/\(sandbox.app.businessID)/self_certified_whatsapp_business_submissions"
            let pending = try await sandbox.get(list, token: sandbox.app.systemToken)
            #expect(pending.body["data"][0]["verification_status"].string == "PENDING")
            try await sandbox.advance(seconds: 601)
            let settled = try await sandbox.get(list, token: sandbox.app.systemToken)
            #expect(settled.body["data"][0]["verification_status"].string == "APPROVED")
        }
    }

    @Test func aPreverifiedNumberIsTakenByACustomer() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let system = sandbox.app.systemToken
            let added = try await sandbox.post(
                "/v26.0/\(sandbox.app.businessID)/add_phone_numbers", #"{"phone_number":"+1 555 012 3456"}"#,
                token: system)
            let id = added.body["id"].string
            let path = "/v26.0/\(id)"
            #expect(try await sandbox.get(path, token: customer.token).errorSubcode == 33)
            let take = #"{"preverified_id":"\#(id)"}"#
            let numbers = "/v26.0/\(customer.wabaID)/phone_numbers"
            #expect(try await sandbox.post(numbers, take, token: customer.token).errorCode == 133006)
            _ = try await sandbox.post(
                "\(path)/request_code", query: ["code_method": "SMS", "language": "en_US"], token: system)
            #expect(
                try await sandbox.post("\(path)/verify_code", query: ["code": "123456"], token: system).status == 200)
            #expect(try await sandbox.post("\(path)/register", token: system).errorSubcode == 33)
            #expect(try await sandbox.post(numbers, take, token: customer.token).body["id"].string == id)
            #expect(try await sandbox.get(path, token: customer.token).status == 200)
            let left = try await sandbox.get("/v26.0/\(sandbox.app.businessID)/preverified_numbers", token: system)
            #expect(left.body["data"].list.isEmpty)
        }
    }

    @Test(arguments: ["smb_app_state_sync", "history"])
    func whatWasAskedForFollowsByWebhook(_ kind: String) async throws {
        let receiver = WebhookReceiver()
        try await Sandbox.run(calling: receiver) { sandbox, _ in
            let customer = try await sandbox.onboard(#"{"flow":"business_app","send_webhooks":false}"#)
            _ = try await sandbox.post("/v26.0/\(customer.wabaID)/subscribed_apps", token: customer.token)
            let asked = try await sandbox.post(
                "/v26.0/\(customer.phoneNumberID)/smb_app_data",
                #"{"messaging_product":"whatsapp","sync_type":"\#(kind)"}"#, token: customer.token)
            #expect(asked.status == 200)
            let delivery = await receiver.take(1)[0]
            #expect(delivery.fields == [kind])
            #expect(delivery.value["metadata"]["phone_number_id"].string == customer.phoneNumberID)
        }
    }

    @Test func aSystemUserMakesItselfAnExpiringToken() async throws {
        try await Sandbox.run { sandbox in
            let system = sandbox.app.systemToken
            let path = "/v26.0/\(sandbox.app.systemUserID)/access_tokens"
            let order = "business_app=\(sandbox.app.appID)&scope=business_management&set_token_expires_in_60_days=true"
            #expect(try await sandbox.send(.POST, path, token: system, form: order).errorCode == 100)
            let proof = Sandbox.proof(system, sandbox.app.appSecret)
            let made = try await sandbox.send(.POST, path, token: system, form: "\(order)&appsecret_proof=\(proof)")
            let token = made.body["access_token"].string
            #expect(try await sandbox.get("/v26.0/me", token: token).body["id"].string == sandbox.app.systemUserID)
            let list = "/v26.0/\(sandbox.app.businessID)/client_whatsapp_business_accounts"
            #expect(try await sandbox.get(list, token: token).errorCode == 10)
            try await sandbox.advance(seconds: 60 * 86_400)
            #expect(try await sandbox.get("/v26.0/me", token: token).errorSubcode == 463)
        }
    }
}

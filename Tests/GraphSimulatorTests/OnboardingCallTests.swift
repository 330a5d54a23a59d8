// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Source: seed 001 (onboarding as a Solution Partner), requests as printed; only the host differs.
/// Slips of the print mended here: none in the requests that follow.
@Suite(.timeLimit(.minutes(1)))
struct OnboardingCallTests {
    @Test func aSolutionPartnersFiveStepsGoThroughAsPrinted() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.signUp()
            let exchanged = try await sandbox.get(
                "/v21.0/oauth/access_token",
                ["client_id": sandbox.app.appID, "client_secret": sandbox.app.appSecret, "code": customer.code])
            #expect(exchanged.status == 200)
            #expect(exchanged.body.keys == ["access_token", "token_type"])
            #expect(exchanged.headers.first(name: "facebook-api-version") == "v21.0")
            #expect(exchanged.headers.first(name: "content-type") == "application/json; charset=UTF-8")
            let token = exchanged.body["access_token"].string
            #expect(token.hasPrefix("EAA"))

            let subscribed = try await sandbox.send(.POST, "/v21.0/\(customer.wabaID)/subscribed_apps", token: token)
            #expect(subscribed.text == #"{"success":true}"#)

            #expect(try await sandbox.shareCredit(with: customer).errorCode == 200)
            #expect(try await sandbox.assignSystemUser(to: customer).status == 200)
            let shared = try await sandbox.shareCredit(with: customer)
            #expect(shared.status == 200)
            #expect(shared.body.keys == ["allocation_config_id", "waba_id"])
            #expect(shared.body["waba_id"].string == customer.wabaID)

            let registered = try await sandbox.send(
                .POST, "/v21.0/\(customer.phoneNumberID)/register", token: token,
                json: #"{ "messaging_product": "whatsapp", "pin": "212834" }"#)
            #expect(registered.text == #"{"success":true}"#)

            let sent = try await sandbox.send(
                .POST, "/v21.0/\(customer.phoneNumberID)/messages", token: token,
                json: #"""
                    { "messaging_product": "whatsapp", "recipient_type": "individual", "to": "+16505551234", "type": "text",
                      "text": { "body": "Hello" } }
                    """#)
            #expect(sent.status == 200)
            #expect(sent.body["contacts"][0]["wa_id"].string == "16505551234")
            #expect(sent.body["messages"][0]["id"].string.hasPrefix("wamid."))
        }
    }
}

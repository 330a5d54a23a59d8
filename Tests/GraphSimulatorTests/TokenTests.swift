// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Source: reference sections 3.4 and 4.
@Suite(.timeLimit(.minutes(1)))
struct TokenTests {
    @Test func aCodeWorksOnce() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let again = try await sandbox.exchange(customer.code)
            #expect(again.status == 400)
            #expect(again.errorCode == 100)
            #expect(again.errorSubcode == 36009)
            #expect(again.body["error"]["message"].string == "This authorization code has been used.")
            #expect(
                again.headers.first(name: "WWW-Authenticate")
                    == #"OAuth "Facebook Platform" "invalid_code" "This authorization code has been used.""#)
            #expect(again.headers.first(name: "Cache-Control") == "no-store")
        }
    }

    @Test(arguments: [(15, 200), (30, 400)])
    func aCodeLivesThirtySeconds(_ seconds: Int, _ status: Int) async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.signUp()
            try await sandbox.advance(seconds: seconds)
            let answer = try await sandbox.exchange(customer.code)
            #expect(answer.status == status)
            #expect(answer.errorSubcode == (status == 200 ? nil : 36007))
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var change: [String: String]
        var code: Int
        var subcode: Int?
        var message: String
        var testDescription: String { message }
    }

    @Test(arguments: [
        Refusal(change: ["client_secret": "wrong"], code: 1, message: "Error validating client secret."),
        Refusal(change: ["client_id": "1"], code: 101, message: "Error validating application."),
        Refusal(change: ["code": "garbage"], code: 100, message: "Invalid verification code format."),
        Refusal(
            change: ["redirect_uri": "https://example.com/"], code: 100, subcode: 36008,
            message: "Error validating verification code."),
    ])
    func wrongExchangesAreRefusedAndLeaveTheCodeUnused(_ refusal: Refusal) async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.signUp()
            let query = ["client_id": sandbox.app.appID, "client_secret": sandbox.app.appSecret, "code": customer.code]
            let answer = try await sandbox.get(
                "/v26.0/oauth/access_token", query.merging(refusal.change) { $1 })
            #expect(answer.status == 400)
            #expect(answer.errorCode == refusal.code)
            #expect(answer.errorSubcode == refusal.subcode)
            #expect(answer.body["error"]["message"].string.hasPrefix(refusal.message))
            #expect(answer.body["error"]["type"].string == "OAuthException")
            #expect(try await sandbox.exchange(customer.code).status == 200)
        }
    }

    @Test func anExpiringTokenDiesWithTheClock() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.signUp(#"{"token_expires_in":5183944}"#)
            let exchanged = try await sandbox.exchange(customer.code)
            #expect(exchanged.body["expires_in"].int == 5_183_944)
            let token = exchanged.body["access_token"].string
            #expect(try await sandbox.get("/v26.0/\(customer.wabaID)", token: token).status == 200)
            try await sandbox.advance(seconds: 5_183_945)
            let dead = try await sandbox.get("/v26.0/\(customer.wabaID)", token: token)
            #expect(dead.status == 401)
            #expect(dead.errorCode == 190)
            #expect(dead.errorSubcode == 463)
            let data = try await sandbox.get(
                "/v26.0/debug_token", ["input_token": token], token: sandbox.app.systemToken
            ).body["data"]
            #expect(data["is_valid"].bool == false)
            #expect(data["error"]["subcode"].int == 463)
        }
    }

    @Test func aLongLivedTokenReplacesAValidOne() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard(#"{"token_expires_in":3600}"#)
            let query = [
                "grant_type": "fb_exchange_token", "client_id": sandbox.app.appID,
                "client_secret": sandbox.app.appSecret,
                "fb_exchange_token": customer.token,
            ]
            let long = try await sandbox.get("/v26.0/oauth/access_token", query)
            #expect(long.body["expires_in"].int == 5_183_944)
            try await sandbox.advance(seconds: 3601)
            let new = long.body["access_token"].string
            #expect(try await sandbox.get("/v26.0/\(customer.wabaID)", token: new).status == 200)
            #expect(try await sandbox.get("/v26.0/oauth/access_token", query).errorSubcode == 463)
        }
    }

    @Test func theAppTokenInspectsTokens() async throws {
        try await Sandbox.run { sandbox in
            let answer = try await sandbox.get(
                "/v26.0/oauth/access_token",
                [
                    "grant_type": "client_credentials", "client_id": sandbox.app.appID,
                    "client_secret": sandbox.app.appSecret,
                ])
            let token = answer.body["access_token"].string
            #expect(token.hasPrefix("\(sandbox.app.appID)|"))
            let inspected = try await sandbox.get(
                "/v26.0/debug_token", ["input_token": sandbox.app.systemToken, "access_token": token])
            #expect(inspected.body["data"]["is_valid"].bool == true)
        }
    }

    /// The proof is computed here from the definition, with the vector of the reference beside it.
    @Test func aHostedSignupsTokenNeedsTheRightProof() async throws {
        #expect(
            Sandbox.proof("EAAJtesttoken", "614fc2afde15eee07a26b2fe3eaee9b9")
                == "7a8494b29e59bf27b7e653f0a7b6bb2ebb4e01dce85f67c4cc0c8c6e5ac26244")
        let right = Sandbox.proof(SandboxApp.sample.systemToken, SandboxApp.sample.appSecret)
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.signUp(#"{"flow":"hosted"}"#)
            #expect(customer.code.isEmpty)
            let path = "/v26.0/\(customer.businessID)/system_user_access_tokens"
            let system = sandbox.app.systemToken
            let wrong = try await sandbox.send(
                .POST, path, token: system, form: "appsecret_proof=00&fetch_only=true")
            #expect(wrong.errorCode == 100)
            let answer = try await sandbox.send(
                .POST, path, token: system, form: "appsecret_proof=\(right)&fetch_only=true")
            let token = answer.body["access_token"].string
            #expect(try await sandbox.get("/v26.0/\(customer.wabaID)", token: token).status == 200)
            let again = try await sandbox.send(
                .POST, path, token: system, form: "appsecret_proof=\(right)&fetch_only=true")
            #expect(again.body["access_token"].string == token)
            let stranger = try await sandbox.send(
                .POST, "/v26.0/100000000000001/system_user_access_tokens", token: system,
                form: "appsecret_proof=\(right)&fetch_only=true")
            #expect(stranger.errorSubcode == 33)
        }
    }

    @Test func aTokenSeesItsCustomerAndNobodyElses() async throws {
        try await Sandbox.run { sandbox in
            let own = try await sandbox.onboard()
            let other = try await sandbox.onboard()
            #expect(try await sandbox.get("/v26.0/\(own.phoneNumberID)", token: own.token).status == 200)
            for id in [other.wabaID, other.phoneNumberID, other.businessID, sandbox.app.businessID] {
                #expect(try await sandbox.get("/v26.0/\(id)", token: own.token).errorSubcode == 33)
            }
            _ = try await sandbox.post(
                "/_sandbox/webhooks", #"{"event":"PARTNER_APP_UNINSTALLED","waba_id":"\#(own.wabaID)"}"#)
            #expect(try await sandbox.get("/v26.0/\(own.wabaID)", token: own.token).errorSubcode == 458)
            _ = try await sandbox.post(
                "/_sandbox/webhooks", #"{"event":"PARTNER_REMOVED","waba_id":"\#(other.wabaID)"}"#)
            #expect(try await sandbox.get("/v26.0/\(other.wabaID)", token: other.token).errorSubcode == 33)
        }
    }

    @Test func aSolutionsWABAIsUnseenUntilItIsShared() async throws {
        try await Sandbox.run { sandbox in
            let id = "102290129340398"
            let system = sandbox.app.systemToken
            #expect(try await sandbox.get("/v26.0/\(id)", token: system).errorSubcode == 33)
            let customer = try await sandbox.signUp(#"{"flow":"tech_partner","waba_id":"\#(id)"}"#)
            #expect(customer.wabaID == id)
            #expect(try await sandbox.get("/v26.0/\(id)", token: system).status == 200)
            #expect(try await sandbox.get("/v26.0/\(id)", token: sandbox.app.partner.systemToken).status == 200)
            let solution = "/v26.0/\(sandbox.app.solutionID)"
            #expect(try await sandbox.get(solution, token: system).body["status"].string == "ACTIVE")
            #expect(
                try await sandbox.get("/v26.0/\(id)/solutions", token: system).body["data"][0]["id"].string
                    == sandbox.app.solutionID)
            let granted = try await sandbox.get(
                "\(solution)/access_token", ["business_id": customer.businessID], token: system)
            let token = granted.body["access_token"].string
            #expect(try await sandbox.get("/v26.0/\(id)/phone_numbers", token: token).status == 200)
        }
    }
}

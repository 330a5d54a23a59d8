// SPDX-License-Identifier: Apache-2.0
import Conformance
import Foundation
import GangwayServer
import TestSupport
import Testing

/// Our own server asked what Kaleyra and Sinch document, over HTTP. Source: the pages that each case names.
@Suite(.timeLimit(.minutes(5)))
struct VendorConformanceTests {
    private struct Named: Decodable { let id: String }
    private struct AccessKey: Decodable {
        let id: String
        let secret: String
    }
    private struct Account: Decodable {
        let sid: String
        let api_key: String
    }

    @Test func `what Kaleyra documents is answered to the letter`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let live = try await server.goLive(customer: server.credentials.customer.id)
            let account: Account = try await server.operator.post(
                "/api/v1/partners/\(server.credentials.partner.id)/kaleyra_accounts", "{}")
            try await expectAgreement(
                .kaleyra, server,
                [
                    "kaleyra.business_id": "7700112233445577", "kaleyra.wa_number": "+13236001237",
                    "kaleyra.live_sid": account.sid, "kaleyra.live_api_key": account.api_key,
                    "kaleyra.waba_id": live.waba_id, "kaleyra.phone_number_id": live.phone_number_id,
                    "kaleyra.live_number": live.number, "kaleyra.country_code": "49", "kaleyra.number": "15112345671",
                    "kaleyra.otp": "345671",
                ])
        }
    }

    @Test func `what Sinch documents is answered to the letter`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let partner = "/api/v1/partners/\(server.credentials.partner.id)"
            let live = try await server.goLive(customer: server.credentials.customer.id)
            let fresh: Named = try await server.operator.post(partner + "/projects", #"{"name": "Fresh"}"#)
            // The sample's key opens one project.
            let key: AccessKey = try await server.operator.post(partner + "/access_keys", "{}")
            let _: AnyAnswer = try await server.operator.put(partner + "/long_lived_tokens", "")
            // Codes live for half a minute, and slow machines take longer to come to them.
            let signup = try await server.sandbox.signUp(#"{"code_ttl": 600}"#)
            let second = try await server.sandbox.signUp(#"{"code_ttl": 600}"#)
            try await expectAgreement(
                .sinch, server,
                [
                    "sinch.key_id": key.id, "sinch.key_secret": key.secret, "sinch.new_project_id": fresh.id,
                    "sinch.business_id": "506914307656634",
                    "sinch.webhook_url": "https://example.com/hooks", "sinch.code": try #require(signup.code),
                    "sinch.waba_id": signup.waba_id, "sinch.phone_number_id": signup.phone_number_id,
                    "sinch.second_code": try #require(second.code), "sinch.number": "15112345672",
                    "sinch.otp": "345672", "sinch.solution_id": server.credentials.metaApp.solutionID,
                    "sinch.own_waba_id": live.waba_id, "sinch.own_number_id": live.phone_number_id,
                    "sinch.template_name": "hello_world",
                ])
        }
    }

    /// Nothing differs, and nothing was left out for want of a value.
    private func expectAgreement(_ dialect: Dialect, _ server: LocalServer, _ values: [String: String]) async throws {
        let runner = ConformanceRunner(baseURL: server.credentials.baseURL, allowsChanges: true, isStrict: true)
        let json = try JSONEncoder().encode(server.credentials)
        let report = await runner.run(dialect, with: try ConformanceValues(json: json, adding: values))
        for line in report.lines where line.result != .agrees {
            Issue.record("\(line.result) \(line.id) (\(line.source)): \(line.notes.joined(separator: "; "))")
        }
        #expect(report.lines.count == dialect.cases.count)
    }
}

extension LocalServer {
    /// A customer's WABA with a number that can send, through the native door.
    func goLive(customer: String) async throws -> SignupAnswer {
        let signup = try await sandbox.signUp()
        let begun: OnboardingAnswer = try await partner.post(
            "/api/v1/onboardings",
            #"{"customer_id": "\#(customer)", "code": "\#(signup.code ?? "")", "currency": "USD"}"#)
        try await waitUntilLive(begun.id, partner)
        return signup
    }
}

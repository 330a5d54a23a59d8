// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1

typealias SceneMaker = @Sendable (Sandbox, String) async throws -> Scene

/// For each example the world in which its request gets its answer.
enum ExampleScenes {
    static let all: [String: SceneMaker] = [
        people, money, inspection, refusals, sending, exchanges, numbers, registration, partners, subscriptions, lists,
        accounts,
    ]
    .reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }

    static let customer: SceneMaker = { sandbox, _ in try await sandbox.scene() }

    static let people: [String: SceneMaker] = [
        "assigned-users: list": { sandbox, _ in try await sandbox.scene(assigned: true) },
        "assigned-users: add": customer,
        "assigned-users: remove": { sandbox, _ in try await sandbox.scene(assigned: true) },
        "assigned-users: system users of the business": customer,
        "business-profile: read": { sandbox, _ in
            let scene = try await sandbox.scene()
            try await sandbox.must(
                .POST, "/v26.0/\(scene.phone)/whatsapp_business_profile", token: scene.token,
                json: #"""
                    {"messaging_product":"whatsapp","about":"Succulents and more","address":"1 Hacker Way",
                    "description":"Plants for everyone","email":"info@example.com","vertical":"RETAIL",
                    "websites":["https://www.example.com/"],"profile_picture_handle":"4::aW"}
                    """#)
            return scene
        },
        "business-profile: write": customer,
        "coexistence: contacts": { sandbox, _ in try await sandbox.scene(coexistence) },
        "coexistence: history": { sandbox, _ in try await sandbox.scene(coexistence) },
        "coexistence: second request": { sandbox, _ in
            let scene = try await sandbox.scene(coexistence)
            try await sandbox.must(
                .POST, "/v26.0/\(scene.phone)/smb_app_data", token: scene.token,
                json: #"{"messaging_product":"whatsapp","sync_type":"history"}"#)
            return scene
        },
        "coexistence: after 24 h": { sandbox, _ in
            let scene = try await sandbox.scene(coexistence)
            try await sandbox.advance(seconds: 86_401)
            return scene
        },
    ]

    static let coexistence = #","flow":"business_app""#

    static let money: [String: SceneMaker] = [
        "credit-line: list credit lines": customer,
        "credit-line: share and attach in one call": { sandbox, _ in try await sandbox.scene(assigned: true) },
        "credit-line: two-step a: owner business": customer,
        "credit-line: two-step b: share": customer,
        "credit-line: two-step c: attach": { sandbox, _ in
            let scene = try await sandbox.scene()
            try await sandbox.must(
                .POST,
                "/v26.0/\(sandbox.app.extendedCreditLineID)/whatsapp_credit_sharing?receiving_business_id="
                    + Scene.Name.business, token: sandbox.app.systemToken)
            return scene
        },
        "credit-line: verify 1": { sandbox, _ in try await sandbox.scene(funded: true) },
        "credit-line: verify 2: equal ids mean shared": { sandbox, _ in try await sandbox.scene(funded: true) },
        "credit-line: find allocation": { sandbox, _ in try await sandbox.scene(funded: true) },
        "credit-line: revoke": { sandbox, _ in try await sandbox.scene(funded: true) },
        "credit-line: check revocation": { sandbox, _ in
            let scene = try await sandbox.scene(funded: true)
            try await sandbox.must(
                .DELETE, "/v26.0/\(scene.names[Scene.Name.allocation] ?? "")", token: sandbox.app.systemToken)
            return scene
        },
        "credit-line: missing role (inferred error)": customer,
    ]

    static let inspection: [String: SceneMaker] = [
        "debug-token: valid business token": customer,
        "debug-token: several WABAs, newest first": { sandbox, _ in
            _ = try await sandbox.scene()
            return try await sandbox.scene(waba: "105954558954427", phone: nil)
        },
        "debug-token: own system token: no target_ids": { sandbox, _ in
            var scene = try await sandbox.scene()
            scene.names[Scene.Name.businessToken] = sandbox.app.systemToken
            return scene
        },
        "debug-token: invalid token (shape not verified on Meta page)": expired,
    ]

    static let expired: SceneMaker = { sandbox, _ in
        let scene = try await sandbox.scene(#","token_expires_in":3600"#)
        try await sandbox.advance(seconds: 3601)
        return scene
    }

    static func happening(_ event: String) -> SceneMaker {
        { sandbox, _ in
            let scene = try await sandbox.scene()
            try await sandbox.must(
                .POST, "/_sandbox/webhooks", json: #"{"event":"\#(event)","waba_id":"\#(Scene.Name.waba)"}"#)
            return scene
        }
    }

    /// Errors that no state of the world brings about are planned.
    static func planned(_ fault: String, onlyOn operation: String = "*") -> SceneMaker {
        { sandbox, _ in
            let scene = try await sandbox.scene()
            try await sandbox.must(
                .POST, "/_sandbox/faults", json: #"{"match":{"operation":"\#(operation)"},\#(fault)}"#)
            return scene
        }
    }

    static let refusals: [String: SceneMaker] = [
        "errors: token expired": expired,
        "errors: app removed by the customer": happening("PARTNER_APP_UNINSTALLED"),
        "errors: token invalidated by password change": happening("password_changed"),
        "errors: cannot authenticate": planned(#""code":0"#),
        "errors: permission not granted": { sandbox, _ in
            try await sandbox.scene(#","scopes":["whatsapp_business_messaging"]"#)
        },
        "errors: permission range": planned(#""code":200"#),
        "errors: object missing or not visible": { sandbox, _ in
            let other = try await sandbox.onboard()
            var scene = try await sandbox.scene()
            scene.names[Scene.Name.businessToken] = other.token
            return scene
        },
        "errors: parameter missing": planned(
            #""code":100,"message":"(#100) The parameter messaging_product is required.""#),
        "errors: with user texts": planned(
            #""code":100,"subcode":2388103,"message":"Invalid parameter","is_transient":false,"#
                + #""user_title":"Cannot migrate number","user_message":"The number cannot be migrated in its present state.""#
        ),
        "errors: app rate limit": planned(#""code":4,"retry_after":19"#),
        "errors: WABA rate limit": planned(#""code":80007,"retry_after":19"#),
        "errors: custom rate limit": planned(#""code":613"#),
        "errors: throughput": planned(#""code":130429"#),
        "errors: pair limit": planned(#""code":131056"#),
        "errors: account locked": planned(#""code":131031"#),
        "errors: temporary outage": planned(#""status":503"#),
        "errors: internal": planned(#""code":131000"#),
        "errors: not JSON: proxy or edge failure": planned(
            #""status":502,"body":"<html><body>Bad Gateway</body></html>""#),
        "rate-limit-headers: normal": customer,
        "rate-limit-headers: throttled": { sandbox, _ in
            let scene = try await sandbox.scene()
            for _ in 0..<200 { try await sandbox.must(.GET, "/v26.0/\(Scene.Name.waba)", token: scene.token) }
            return scene
        },
    ]

    static let sending: [String: SceneMaker] = [
        "messages: text": { sandbox, _ in try await sandbox.scene(registered: true) },
        "messages: template": { sandbox, _ in try await sandbox.scene(funded: true, registered: true) },
        "messages: number not registered": customer,
        "messages: no payment method or credit line": { sandbox, _ in try await sandbox.scene(registered: true) },
        "messages: template missing in language": { sandbox, _ in
            let scene = try await sandbox.scene(funded: true, registered: true)
            try await sandbox.must(
                .DELETE, "/v26.0/\(Scene.Name.waba)/message_templates?name=hello_world", token: scene.token)
            return scene
        },
        "messages: recipient not allowed on test number": planned(#""code":131030"#, onlyOn: "send_message"),
    ]
}

extension Scene {
    var phone: String { names[Name.phone] ?? "" }
    var token: String { names[Name.businessToken] ?? "" }
}

extension Sandbox {
    /// The examples' customer, aboard.
    func scene(
        _ more: String = "", waba: String = Scene.Name.waba, phone: String? = "15550783881", assigned: Bool = false,
        funded: Bool = false, registered: Bool = false
    ) async throws -> Scene {
        let number = phone.map { #","phone_number":"\#($0)""# } ?? ""
        let customer = try await onboard(
            #"{"waba_id":"\#(waba)","waba":{"name":"Lucky Shrub"},"business":{"id":"\#(Scene.Name.business)","#
                + #""name":"Lucky Shrub"},"name_review":{"outcome":"PENDING"}\#(number)\#(more)}"#)
        var names = [
            Scene.Name.phone: customer.phoneNumberID, Scene.Name.businessToken: customer.token,
            Scene.Name.systemToken: app.systemToken,
        ]
        if assigned || funded { _ = try await assignSystemUser(to: customer) }
        if funded {
            names[Scene.Name.allocation] = try await shareCredit(with: customer).body["allocation_config_id"].string
        }
        if registered { _ = try await register(customer) }
        return Scene(names)
    }

    func must(
        _ method: HTTPMethod, _ path: String, token: String? = nil, json: String? = nil
    ) async throws {
        let answer = try await send(method, path, token: token, json: json)
        guard (200..<300).contains(answer.status) else { throw Unexpected(answer: answer) }
    }
}

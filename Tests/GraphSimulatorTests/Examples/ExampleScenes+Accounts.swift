// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1

extension ExampleScenes {
    static func signedUp(_ more: String = "", after seconds: Int = 0, isUsed: Bool = false) -> SceneMaker {
        { sandbox, _ in
            let customer = try await sandbox.signUp(#"{"waba_id":"\#(Scene.Name.waba)"\#(more)}"#)
            if isUsed { _ = try await sandbox.exchange(customer.code) }
            if seconds > 0 { try await sandbox.advance(seconds: seconds) }
            return Scene([Scene.Name.code: customer.code])
        }
    }

    static let exchanges: [String: SceneMaker] = [
        "oauth: exchange code, non-expiring business token": signedUp(),
        "oauth: exchange code, 60-day token": signedUp(#","token_expires_in":5183944"#),
        "oauth: code expired": signedUp(after: 31),
        "oauth: code used twice": signedUp(isUsed: true),
        "oauth: redirect_uri mismatch": signedUp(#","redirect_uri":"https://example.com/back""#),
        "oauth: code malformed": { _, _ in Scene([Scene.Name.code: "garbage"]) },
        "oauth: wrong app secret (message and code not verified)": { sandbox, url in
            var scene = try await signedUp()(sandbox, url)
            scene.names[sandbox.app.appSecret] = "0123456789abcdef0123456789abcdef"
            return scene
        },
        "oauth: long-lived exchange": { sandbox, _ in
            var scene = try await sandbox.scene()
            scene.names[Scene.Name.shortLivedToken] = scene.token
            return scene
        },
        "oauth: app access token": customer,
        "oauth: business token without code (hosted signup)": { sandbox, _ in
            var scene = try await sandbox.scene()
            scene.names[Scene.Name.proof] = Sandbox.proof(sandbox.app.systemToken, sandbox.app.appSecret)
            return scene
        },
    ]

    static let numbers: [String: SceneMaker] = [
        "phone-numbers: list, default fields": { sandbox, _ in try await sandbox.scene(registered: true) },
        "phone-numbers: fresh number, not registered": customer,
        "phone-numbers: registered number": { sandbox, _ in
            let scene = try await sandbox.scene(registered: true)
            try await sandbox.must(
                .POST, "/_sandbox/webhooks",
                json: #"{"event":"phone_number_name_update","phone_number_id":"\#(scene.phone)"}"#)
            return scene
        },
        "phone-numbers: coexistence number": { sandbox, _ in try await sandbox.scene(coexistence) },
        "phone-numbers: old live number whose verification reads EXPIRED": { sandbox, _ in
            let scene = try await sandbox.scene(registered: true)
            try await sandbox.advance(seconds: 15 * 86_400)
            return scene
        },
    ]

    static let unverified = #","verified":false"#

    static let registration: [String: SceneMaker] = [
        "registration: create number": { sandbox, _ in try await sandbox.scene(#","with_number":false"#, phone: nil) },
        "registration: request code": { sandbox, _ in try await sandbox.scene(unverified) },
        "registration: request code, already verified": customer,
        "registration: verify code": { sandbox, _ in
            // The code is the number's last six digits.
            let scene = try await sandbox.scene(unverified, phone: "15550123830")
            try await sandbox.must(
                .POST, "/v26.0/\(scene.phone)/request_code?code_method=SMS&language=en_US", token: scene.token)
            return scene
        },
        "registration: register": customer,
        "registration: register with data region": customer,
        "registration: PIN mismatch": { sandbox, _ in try await sandbox.scene(#","pin":"999999""#) },
        "registration: not verified": { sandbox, _ in try await sandbox.scene(unverified) },
        "registration: over 10 requests in 72 h": { sandbox, _ in
            let scene = try await sandbox.scene()
            for _ in 0..<10 {
                try await sandbox.must(
                    .POST, "/v26.0/\(scene.phone)/register", token: scene.token,
                    json: #"{"messaging_product":"whatsapp","pin":"212834"}"#)
            }
            return scene
        },
        "registration: over 10 requests, variant flagged transient (do not retry)": planned(
            #""code":133016,"is_transient":true"#),
        "registration: server busy": planned(#""code":133004"#),
        "registration: recently deleted": planned(#""code":133015"#),
        "registration: deregister": { sandbox, _ in try await sandbox.scene(registered: true) },
        "registration: deregister of a coexistence number": { sandbox, _ in try await sandbox.scene(coexistence) },
        "registration: set PIN": customer,
    ]

    static let created: SceneMaker = { sandbox, _ in
        let order = #"""
            {"owner_permissions":["MESSAGING","MANAGE_PHONE"],"partner_app_id":"\#(sandbox.app.partner.appID)",
            "partner_permissions":["MANAGE_TEMPLATES","VIEW_TEMPLATES"],"solution_name":"Lucky Shrub Solution"}
            """#
        let answer = try await sandbox.post(
            "/v26.0/\(sandbox.app.appID)/whatsapp_business_solution", order, token: sandbox.app.systemToken)
        var scene = try await sandbox.scene()
        scene.names[Scene.Name.solution] = answer.body["solution_id"].string
        return scene
    }

    static let partners: [String: SceneMaker] = [
        "solutions: create": customer,
        "solutions: list": created,
        "solutions: read": created,
        "solutions: accept": { sandbox, url in
            var scene = try await created(sandbox, url)
            scene.names[Scene.Name.systemToken] = sandbox.app.partner.systemToken
            return scene
        },
        "solutions: granular token": { sandbox, _ in
            _ = try await sandbox.signUp(
                #"{"flow":"tech_partner","business":{"id":"\#(Scene.Name.business)"}}"#)
            return Scene([
                Scene.Name.systemToken: sandbox.app.systemToken, Scene.Name.solution: sandbox.app.solutionID,
            ])
        },
        "solutions: move a WABA to a solution": { sandbox, _ in
            var scene = try await sandbox.scene()
            scene.names[Scene.Name.solution] = sandbox.app.solutionID
            return scene
        },
    ]

    static let subscribed: SceneMaker = { sandbox, _ in
        let scene = try await sandbox.scene()
        try await sandbox.must(.POST, "/v26.0/\(Scene.Name.waba)/subscribed_apps", token: scene.token)
        return scene
    }

    static let overridden: SceneMaker = { sandbox, url in
        let scene = try await subscribed(sandbox, url)
        let override = #""override_callback_uri":"\#(url)","verify_token":"s3cret""#
        try await sandbox.must(
            .POST, "/v26.0/\(Scene.Name.waba)/subscribed_apps", token: scene.token, json: "{\(override)}")
        try await sandbox.must(
            .POST, "/v26.0/\(scene.phone)", token: scene.token, json: #"{"webhook_configuration":{\#(override)}}"#)
        return scene
    }

    static let subscriptions: [String: SceneMaker] = [
        "subscribed-apps: subscribe": customer,
        "subscribed-apps: set override": subscribed,
        "subscribed-apps: override before subscription": customer,
        "subscribed-apps: list without override": subscribed,
        "subscribed-apps: list with override": overridden,
        "subscribed-apps: unsubscribe": subscribed,
        "subscribed-apps: phone number override": customer,
        "subscribed-apps: phone number webhook configuration": overridden,
    ]

    static func seeded(_ count: Int, isOwned: Bool = false) -> SceneMaker {
        { sandbox, _ in
            try await sandbox.must(
                .POST, "/_sandbox/seed", json: #"{"businesses":\#(count),"owned":\#(isOwned),"start":1604962900}"#)
            return Scene([Scene.Name.systemToken: sandbox.app.systemToken])
        }
    }

    static let lists: [String: SceneMaker] = [
        "waba-lists: client list, first page": seeded(3),
        "waba-lists: client list, last page": { sandbox, url in
            var scene = try await seeded(3)(sandbox, url)
            let first = try await sandbox.get(
                "/v26.0/\(sandbox.app.businessID)/client_whatsapp_business_accounts", ["limit": "2"],
                token: sandbox.app.systemToken)
            scene.names[Scene.Name.after] = first.body["paging"]["cursors"]["after"].string
            return scene
        },
        "waba-lists: ids printed as numbers": { sandbox, url in
            try await sandbox.must(
                .POST, "/_sandbox/faults", json: #"{"match":{"operation":"*"},"ids_as_numbers":true}"#)
            return try await seeded(1)(sandbox, url)
        },
        "waba-lists: filter by creation time": seeded(2),
        "waba-lists: owned list sorted": seeded(2, isOwned: true),
        "waba-lists: empty list": customer,
        "waba-lists: no advanced access": planned(
            #""code":200,"message":"(#200) You do not have the necessary permissions required to perform this action.""#
        ),
    ]

    static let accounts: [String: SceneMaker] = [
        "waba: default fields": customer,
        "waba: selected fields": { sandbox, _ in
            let scene = try await sandbox.scene(funded: true)
            try await sandbox.must(
                .POST, "/v26.0/\(Scene.Name.waba)?is_enabled_for_insights=true", token: scene.token)
            try await sandbox.must(
                .POST, "/_sandbox/webhooks",
                json: #"{"event":"account_review_update","waba_id":"\#(Scene.Name.waba)"}"#)
            return scene
        },
        "waba: health": customer,
        "waba: enable template insights: id comes as a number": customer,
        "waba: foreign or missing id": customer,
        "waba: unknown field": customer,
    ]
}

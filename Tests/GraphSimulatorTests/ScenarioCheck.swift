// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// What a client sees of each scenario.
enum ScenarioCheck {
    typealias Check = @Sendable (Rehearsing) async throws -> Void

    static let all: [String: Check] = signups.merging(calls) { $1 }.merging(lost) { $1 }.merging(network) { $1 }
        .merging(webhooks) { $1 }

    private static let signups: [String: Check] = [
        "code_expired": { run in
            let customer = try await run.sandbox.signUp()
            #expect(try await run.sandbox.exchange(customer.code).errorSubcode == 36007)
        },
        "token_expires": { run in
            let customer = try await run.sandbox.onboard()
            #expect(try await run.waba(customer).status == 200)
            try await run.sandbox.advance(seconds: 3600)
            #expect(try await run.waba(customer).errorSubcode == 463)
        },
        "pin_mismatch": { run in
            let customer = try await run.sandbox.onboard()
            for _ in 0..<5 {
                #expect(try await run.sandbox.register(customer).errorCode == 133005)
                try await run.sandbox.advance(seconds: 2)
            }
            #expect(try await run.sandbox.register(customer).errorCode == 133008)
            try await run.sandbox.advance(seconds: 12 * 3600)
            #expect(try await run.sandbox.register(customer, pin: "482913").status == 200)
        },
        "number_not_verified": { run in
            let customer = try await run.sandbox.onboard()
            #expect(try await run.sandbox.register(customer).errorCode == 133006)
        },
        "number_locked_out": { run in
            let customer = try await run.sandbox.onboard()
            #expect(try await run.sandbox.register(customer).errorCode == 133016)
            try await run.sandbox.advance(seconds: 72 * 3600)
            #expect(try await run.sandbox.register(customer).status == 200)
        },
        "number_missing": { run in
            let customer = try await run.sandbox.onboard()
            let list = try await run.sandbox.get("/v26.0/\(customer.wabaID)/phone_numbers", token: customer.token)
            #expect(list.status == 200)
            #expect(list.body["data"].list.isEmpty)
        },
        "review_rejected_after_2_days": { run in
            let customer = try await run.sandbox.onboard()
            try await run.sandbox.advance(seconds: 48 * 3600 - 60)
            #expect(
                try await run.waba(customer, "account_review_status").body["account_review_status"].string == "PENDING")
            try await run.sandbox.advance(seconds: 60)
            #expect(await run.webhook("account_review_update")?.value["decision"].string == "REJECTED")
            #expect(
                try await run.waba(customer, "account_review_status").body["account_review_status"].string == "REJECTED"
            )
        },
        "display_name_rejected": { run in
            let customer = try await run.sandbox.onboard()
            try await run.sandbox.advance(seconds: 24 * 3600)
            #expect(await run.webhook("phone_number_name_update")?.value["decision"].string == "REJECTED")
            #expect(try await run.number(customer, "name_status") == "DECLINED")
        },
        "share_delayed": { run in
            let customer = try await run.sandbox.onboard()
            #expect(try await run.waba(customer).errorSubcode == 33)
            try await run.sandbox.advance(seconds: 600)
            #expect(await run.webhook("PARTNER_ADDED") != nil)
            #expect(try await run.waba(customer).status == 200)
        },
        "partner_added_lost": { run in
            let customer = try await run.sandbox.onboard()
            #expect(try await run.waba(customer).status == 200)
            // The first webhook is a later one: nothing told of the share.
            try await run.sandbox.advance(seconds: 600)
            #expect(await run.receiver.take(1).first?.name.hasSuffix("_update") == true)
        },
    ]

    private static let calls: [String: Check] = [
        "override_before_subscribe": { run in
            let customer = try await run.sandbox.onboard()
            #expect(try await run.subscribe(customer).status == 200)
            let override = #"{"override_callback_uri":"\#(run.callback)","verify_token":"meatyhamhock"}"#
            let refused = try await run.subscribe(customer, override)
            #expect(refused.errorCode == 100)
            #expect(refused.body["error"]["message"].string.contains("Before override"))
            #expect(try await run.subscribe(customer).status == 200)
            #expect(try await run.subscribe(customer, override).status == 200)
        },
        "credit_refused": { run in
            let customer = try await run.fundable()
            for _ in 0..<3 {
                let refused = try await run.sandbox.shareCredit(with: customer)
                #expect(refused.status == 403)
                #expect(refused.errorCode == 200)
            }
        },
        "payment_method_missing": { run in
            let customer = try await run.sandbox.onboard()
            #expect(try await run.sandbox.register(customer).status == 200)
            let message = #"""
                {"messaging_product":"whatsapp","to":"16505551234","type":"template",
                 "template":{"name":"hello_world","language":{"code":"en_US"}}}
                """#
            let answer = try await run.sandbox.post(
                "/v26.0/\(customer.phoneNumberID)/messages", message, token: customer.token)
            #expect(answer.errorCode == 131_042)
        },
        "register_unavailable": { run in
            let customer = try await run.sandbox.onboard()
            for _ in 0..<2 {
                let answer = try await run.sandbox.register(customer)
                #expect(answer.status == 503)
                #expect(answer.errorCode == 133_004)
            }
            #expect(try await run.sandbox.register(customer).status == 200)
        },
        "throttled": { run in
            let customer = try await run.sandbox.onboard()
            // The exchange was the first of the ten.
            for _ in 0..<9 { #expect(try await run.waba(customer).status == 200) }
            let refused = try await run.waba(customer)
            #expect(refused.errorCode == 80007)
            let usage = refused.headers.first(name: "X-Business-Use-Case-Usage") ?? ""
            #expect(usage.contains(#""estimated_time_to_regain_access":60"#), "\(usage)")
            try await run.sandbox.advance(seconds: 3600)
            for _ in 0..<10 { #expect(try await run.waba(customer).status == 200) }
            #expect(try await run.waba(customer).errorCode == 80007)
        },
        "ids_as_numbers": { run in
            let customer = try await run.sandbox.onboard()
            #expect(try await run.waba(customer).text == #"{"id":\#(customer.wabaID)}"#)
            #expect(try await run.waba(customer).text == #"{"id":\#(customer.wabaID)}"#)
        },
        "partner_removed_mid_run": { run in
            let customer = try await run.sandbox.onboard()
            #expect(try await run.subscribe(customer).status == 200)
            #expect(await run.webhook("PARTNER_REMOVED")?.value["waba_info"]["waba_id"].string == customer.wabaID)
            #expect(try await run.waba(customer).errorSubcode == 33)
        },
        "app_uninstalled_mid_run": { run in
            let customer = try await run.sandbox.onboard()
            #expect(try await run.subscribe(customer).status == 200)
            #expect(await run.webhook("PARTNER_APP_UNINSTALLED") != nil)
            #expect(try await run.waba(customer).errorSubcode == 458)
        },
        "password_changed_mid_run": { run in
            let customer = try await run.sandbox.onboard()
            #expect(try await run.subscribe(customer).status == 200)
            #expect(try await run.waba(customer).errorSubcode == 460)
        },
    ]

    private static let lost: [String: Check] = [
        "exchange_answer_lost": { run in
            let customer = try await run.sandbox.signUp()
            #expect(await run.breaks { try await run.sandbox.exchange(customer.code) })
            #expect(try await run.sandbox.exchange(customer.code).errorSubcode == 36009)
        },
        "credit_answer_lost": { run in
            let customer = try await run.fundable()
            #expect(await run.breaks { try await run.sandbox.shareCredit(with: customer) })
            #expect(try await run.sandbox.shareCredit(with: customer).errorCode == 100)
            #expect(try await run.sandbox.get("/_sandbox/world").body["allocations"].list.count == 1)
        },
        "register_answer_lost": { run in
            let customer = try await run.sandbox.onboard()
            #expect(await run.breaks { try await run.sandbox.register(customer) })
            #expect(try await run.number(customer, "status") == "CONNECTED")
        },
    ]

    private static let network: [String: Check] = [
        "graph_brownout": { run in
            let customer = try await run.sandbox.signUp()
            var token = ""
            while token.isEmpty {
                token = try await run.sandbox.exchange(customer.code).body["access_token"].string
            }
            let path = "/v26.0/\(customer.wabaID)"
            var codes: Set<Int> = []
            for _ in 0..<40 where codes.count < 2 {
                let answer = try await run.sandbox.get(path, token: token)
                codes.insert(answer.status)
            }
            #expect(codes == [200, 503])
            let faults = try await run.sandbox.get("/_sandbox/faults").body["data"].list
            #expect(faults.count == 2 && faults.allSatisfy { $0["latency"].exists })
            try await run.sandbox.advance(seconds: 600)
            for _ in 0..<20 { #expect(try await run.sandbox.get(path, token: token).status == 200) }
            let spent = try await run.sandbox.get("/_sandbox/faults").body["data"].list.map { $0["matched"].int }
            #expect(spent == faults.map { $0["matched"].int })
        },
        "slow_graph": { run in
            let customer = try await run.sandbox.onboard()
            #expect(try await run.waba(customer).status == 200)
            let rule = try await run.sandbox.get("/_sandbox/faults").body["data"][0]
            #expect(rule["latency"]["percentiles_ms"].keys.count == 4)
            #expect(rule["matched"].int == 2)
        },
        "connections_dropped": { run in
            let customer = try await run.sandbox.signUp(#"{"with_number":true}"#)
            var broken = 0
            var whole = 0
            for _ in 0..<400 where broken == 0 || whole == 0 {
                let isBroken = await run.breaks {
                    try await run.sandbox.get(
                        "/v26.0/\(customer.wabaID)", ["fields": "id"], token: run.sandbox.app.systemToken)
                }
                if isBroken { broken += 1 } else { whole += 1 }
            }
            #expect(broken > 0 && whole > 0)
        },
        "answers_cut": { run in
            let customer = try await run.sandbox.signUp()
            #expect(await run.breaks { try await run.sandbox.exchange(customer.code) })
            for _ in 0..<2 {
                #expect(await run.breaks { try await run.sandbox.exchange(customer.code) })
            }
            #expect(try await run.sandbox.exchange(customer.code).errorSubcode == 36009)
        },
        "proxy_page": { run in
            let customer = try await run.sandbox.signUp()
            for _ in 0..<3 {
                let page = try await run.sandbox.exchange(customer.code)
                #expect(page.status == 502)
                #expect(page.headers.first(name: "content-type") == "text/html")
            }
            #expect(try await run.sandbox.exchange(customer.code).status == 200)
        },
        "wrong_content_type": { run in
            let customer = try await run.sandbox.signUp()
            let answer = try await run.sandbox.exchange(customer.code)
            #expect(answer.headers.first(name: "content-type") == "text/html; charset=utf-8")
            #expect(answer.body["access_token"].exists)
        },
    ]

    private static let webhooks: [String: Check] = [
        "webhooks_lost": { run in
            let customer = try await run.sandbox.onboard()
            try await run.sandbox.advance(seconds: 600)
            #expect(
                try await run.waba(customer, "account_review_status").body["account_review_status"].string == "APPROVED"
            )
            #expect(try await run.sandbox.get("/_sandbox/world").body["pending_webhooks"].int == 0)
            try await run.sandbox.advance(seconds: 3600)
            _ = try await run.sandbox.signUp(#"{"business":{"id":"506914307656634"}}"#)
            // The first that comes is of the second signup.
            #expect(await run.receiver.take(1).first?.text.contains("506914307656634") == true)
        },
        "webhooks_late": { run in
            let customer = try await run.sandbox.onboard()
            try await run.sandbox.advance(seconds: 3599 - 60)
            #expect((try await run.sandbox.get("/_sandbox/world").body["pending_webhooks"].int ?? 0) > 0)
            try await run.sandbox.advance(seconds: 61)
            #expect(await run.receiver.take(1).first?.text.contains(customer.wabaID) == true)
        },
    ]
}

// SPDX-License-Identifier: Apache-2.0

extension Scenario {
    /// Every scenario, in the order of an onboarding. Names are documented: never renamed.
    package static let all: [Scenario] =
        signupScenarios + callScenarios + lostAnswers + midRun + network + webhookScenarios

    private static let signupScenarios = [
        Scenario(
            name: "code_expired", summary: "The customer's code is over before it can be exchanged.",
            expectation: "exchange_code answers 400, code 100, subcode 36007; a new signup is needed",
            signup: ["code_ttl": 0]),
        Scenario(
            name: "token_expires", summary: "Business tokens live for one hour instead of for ever.",
            expectation: "an hour later every call answers 401, code 190, subcode 463",
            signup: ["token_expires_in": 3600]),
        Scenario(
            name: "pin_mismatch", summary: "Numbers that come aboard have the two-step PIN 482913 already.",
            expectation:
                "register answers 133005 to any other PIN; five wrong ones lock the number for 12 hours (133008)",
            signup: ["pin": "482913"]),
        Scenario(
            name: "number_not_verified", summary: "The customer never entered the verification code.",
            expectation: "register answers 133006 until request_code and verify_code are done",
            signup: ["verified": false]),
        Scenario(
            name: "number_locked_out", summary: "Somebody tried to register the number too often.",
            expectation: "register answers 133016 for 72 hours", signup: ["locked_seconds": 259_200]),
        Scenario(
            name: "number_missing", summary: "Customers end the signup without adding a number.",
            expectation: "the WABA's list of phone numbers is empty", signup: ["with_number": false]),
        Scenario(
            name: "review_rejected_after_2_days", summary: "Meta's account review takes two days and says no.",
            expectation: "48 hours later account_review_update REJECTED; account_review_status says so",
            signup: ["review": ["outcome": "REJECTED", "delay_ms": 172_800_000]]),
        Scenario(
            name: "display_name_rejected", summary: "Meta refuses the display name after a day.",
            expectation: "24 hours later phone_number_name_update REJECTED; name_status is DECLINED",
            signup: ["name_review": ["outcome": "REJECTED", "delay_ms": 86_400_000]]),
        Scenario(
            name: "share_delayed", summary: "Ten minutes pass before the partner can see the WABA.",
            expectation: "the WABA answers 100, subcode 33 until then; PARTNER_ADDED comes as late",
            signup: ["share_delay_ms": 600_000]),
        Scenario(
            name: "partner_added_lost", summary: "The webhooks of a signup never come.",
            expectation: "no PARTNER_ADDED: only polling the client list finds the WABA",
            signup: ["send_webhooks": false]),
    ]

    private static let callScenarios = [
        Scenario(
            name: "override_before_subscribe", summary: "The first subscription is forgotten after its answer.",
            expectation: "setting an override answers 100, \"Before override the current callback uri …\"",
            rules: [["operation": "subscribe_app", "then": ["event": "SUBSCRIPTION_LOST"]]]),
        Scenario(
            name: "credit_refused", summary: "Meta does not let this customer use the credit line.",
            expectation: "sharing or attaching the line answers 403, code 200",
            rules: [
                ["operations": ["share_credit", "share_credit_only", "attach_credit"], "code": 200, "times": .null]
            ]),
        Scenario(
            name: "payment_method_missing", summary: "Nobody pays for the customer's messages.",
            expectation: "sending a message answers 131042",
            rules: [["operation": "send_message", "code": 131_042, "times": .null]]),
        Scenario(
            name: "register_unavailable", summary: "Registration is out of order for two calls.",
            expectation: "register answers 503, code 133004, twice; the third call works",
            rules: [["operation": "register", "code": 133_004, "times": 2]]),
        Scenario(
            name: "throttled", summary: "Ten calls an hour are let through.",
            expectation: "80007 with minutes in X-Business-Use-Case-Usage; an hour later ten calls work again",
            rules: [["throttle": ["calls": 10, "per_seconds": 3600]]]),
        Scenario(
            name: "ids_as_numbers", summary: "Ids are printed as JSON numbers.",
            expectation: "id and …_id without quotes; a client that reads them as doubles loses digits",
            rules: [["ids_as_numbers": true, "times": .null]]),
    ]

    private static let lostAnswers = [
        Scenario(
            name: "exchange_answer_lost", summary: "The code is exchanged and the connection breaks.",
            expectation: "no answer; the code is spent (36009)",
            rules: [["operation": "exchange_code", "drop": "after"]]),
        Scenario(
            name: "credit_answer_lost", summary: "The credit line is shared and the connection breaks.",
            expectation: "no answer; sharing again answers 100; one allocation exists",
            rules: [["operation": "share_credit", "drop": "after"]]),
        Scenario(
            name: "register_answer_lost", summary: "The number is registered and the connection breaks.",
            expectation: "no answer; the number's status is CONNECTED",
            rules: [["operation": "register", "drop": "after"]]),
    ]

    private static let midRun = [
        Scenario(
            name: "partner_removed_mid_run",
            summary: "The customer removes the partner right after the app is subscribed.",
            expectation: "PARTNER_REMOVED comes; from then on the WABA answers 100, subcode 33",
            rules: [["operation": "subscribe_app", "then": ["event": "PARTNER_REMOVED"]]]),
        Scenario(
            name: "app_uninstalled_mid_run", summary: "The customer removes the app right after it is subscribed.",
            expectation: "PARTNER_APP_UNINSTALLED comes; the business token answers 190, subcode 458",
            rules: [["operation": "subscribe_app", "then": ["event": "PARTNER_APP_UNINSTALLED"]]]),
        Scenario(
            name: "password_changed_mid_run",
            summary: "The customer changes the password right after the app is subscribed.",
            expectation: "the business token answers 190, subcode 460",
            rules: [["operation": "subscribe_app", "then": ["event": "password_changed"]]]),
    ]

    private static let network = [
        Scenario(
            name: "graph_brownout", summary: "For ten minutes Graph is slow and three calls of ten fail.",
            expectation: "503, code 2, without effect; half of the answers within 150 ms, one of a hundred after 2 s",
            rules: [
                [
                    "probability": .decimal("0.3"), "code": 2, "for_seconds": 600,
                    "latency": ["percentiles_ms": ["50": 50, "99": 2000]],
                ],
                ["for_seconds": 600, "latency": ["percentiles_ms": ["50": 150, "95": 700, "99": 2000]]],
            ]),
        Scenario(
            name: "slow_graph", summary: "Every answer takes its time, some take long.",
            expectation: "half within 150 ms, one of a hundred after 4 s; nothing fails",
            rules: [["times": .null, "latency": ["percentiles_ms": ["50": 150, "95": 900, "99": 4000, "100": 8000]]]]),
        Scenario(
            name: "connections_dropped", summary: "One connection of ten breaks before the effect, one after it.",
            expectation: "no answer; whether it happened must be asked",
            rules: [
                ["probability": .decimal("0.1"), "drop": "before", "times": .null],
                ["probability": .decimal("0.11"), "drop": "after", "times": .null],
            ]),
        Scenario(
            name: "answers_cut", summary: "The next three answers end in the middle.",
            expectation: "the connection breaks after 20 bytes of the body; what was asked has happened",
            rules: [["cut_after_bytes": 20, "times": 3]]),
        Scenario(
            name: "proxy_page", summary: "Something between answers the next three calls with a page of its own.",
            expectation: "502, text/html, no Graph envelope; nothing has happened",
            rules: [["body": "<html><body>Bad Gateway</body></html>", "status": 502, "times": 3]]),
        Scenario(
            name: "wrong_content_type", summary: "The next three answers are JSON and say that they are HTML.",
            expectation: "content-type: text/html; the body is right",
            rules: [["content_type": "text/html; charset=utf-8", "times": 3]]),
    ]

    private static let webhookScenarios = [
        Scenario(
            name: "webhooks_lost", summary: "For an hour no webhook leaves Meta, and none comes later.",
            expectation: "nothing comes; reading the nodes shows what changed", losesWebhooksForSeconds: 3600),
        Scenario(
            name: "webhooks_late", summary: "Webhooks come an hour late.",
            expectation: "what they say was true an hour ago", webhooksLateBySeconds: 3600),
    ]
}

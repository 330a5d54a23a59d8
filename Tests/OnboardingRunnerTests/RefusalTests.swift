// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

/// Source: graph-api 4.1, 8.3, 12.2.
@Suite("What Meta's refusals mean", .timeLimit(.minutes(5)))
struct RefusalTests {
    struct Case: Sendable, CustomStringConvertible {
        let operation: String
        let code: Int
        let subcode: Int?
        let status: Int
        let message: String
        let reason: FailureReason

        init(
            _ operation: String, _ code: Int, sub subcode: Int? = nil, status: Int = 400, message: String = "refused",
            _ reason: FailureReason
        ) {
            (self.operation, self.code, self.subcode, self.status) = (operation, code, subcode, status)
            (self.message, self.reason) = (message, reason)
        }

        var description: String { "\(operation) \(code)\(subcode.map { "/\($0)" } ?? "") → \(reason.rawValue)" }
    }

    static let cases: [Case] = [
        Case("exchange_code", 100, sub: 36007, .codeExpired),
        Case("exchange_code", 100, sub: 36008, .redirectURIMismatch),
        Case("exchange_code", 100, sub: 36009, .codeUsed),
        Case("exchange_code", 100, message: "Invalid verification code format.", .codeInvalid),
        Case("exchange_code", 1, message: "Error validating client secret.", .appCredentialsInvalid),
        Case("exchange_code", 101, message: "Error validating application.", .appCredentialsInvalid),
        Case("debug_token", 190, status: 401, .tokenInvalid),
        Case("read_waba", 190, sub: 458, status: 401, .tokenInvalid),
        Case("read_waba", 0, status: 401, .tokenInvalid),
        Case("read_waba", 100, sub: 33, .wabaNotShared),
        Case("read_waba", 10, status: 403, .permissionMissing),
        Case("list_phone_numbers", 200, status: 403, .permissionMissing),
        Case("list_phone_numbers", 3, status: 500, .permissionMissing),
        Case("subscribe_app", 131_031, status: 403, .accountRestricted),
        Case("subscribe_app", 368, status: 403, .accountRestricted),
        Case("subscribe_app", 803, status: 404, .rejectedByMeta),
        Case("assign_user", 190, status: 401, .appCredentialsInvalid),
        Case("assign_user", 10, status: 403, .permissionMissing),
        Case("share_credit", 10, status: 403, .creditLineRefused),
        Case("share_credit", 100, .creditLineRefused),
        Case("share_credit", 190, status: 401, .appCredentialsInvalid),
        Case("register", 133_005, .pinMismatch),
        Case("register", 133_006, .phoneNumberNotVerified),
        Case("register", 133_008, .pinGuessesExceeded),
        Case("register", 133_009, .pinGuessesExceeded),
        Case("register", 190, sub: 463, status: 401, .tokenInvalid),
        Case("register", 131_042, .paymentMethodMissing),
        Case("register", 100, .rejectedByMeta),
    ]

    @Test("A refusal stops the run at once, says why and whom to ask, and is told once", arguments: cases)
    func refusal(_ refused: Case) async throws {
        try await RunnerWorld.with(.sqlite) { world in
            let order = [
                "exchange_code", "debug_token", "read_waba", "list_phone_numbers", "subscribe_app", "assign_user",
                "share_credit", "register",
            ]
            let at = try #require(order.firstIndex(of: refused.operation))
            world.graph.planEmbeddedSignup(except: Set(order[at...]))
            world.graph.plan(
                refused.operation,
                .refused(code: refused.code, subcode: refused.subcode, status: refused.status, message: refused.message)
            )
            let id = try await world.begin()
            try await world.settle()
            let run = try await world.find(id)
            #expect(run.state == .actionRequired && run.reason == refused.reason)
            #expect(run.detail?.contains("\(refused.code)") == true)
            #expect(run.currentStep?.state == .actionRequired && run.currentStep?.reason == refused.reason)
            #expect(try await world.stops(id) == 1)
            #expect(try await world.store.read { try $0.work.counts() }.isEmpty)
            let attempts = try await world.store.read { try $0.onboardings.attempts(of: id) }
            #expect(attempts.last?.graphCode == refused.code && attempts.last?.outcome == "action_required")
            if refused.operation == "share_credit" { #expect(try await world.share() == nil, "nothing was shared") }
        }
    }

    @Test("The wrong PIN, then the right one: live, without running anything else again", arguments: TestEngine.all)
    func rightPIN(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planEmbeddedSignup(except: ["register"])
            world.graph.plan("register", .refused(code: 133_005), .refused(code: 133_005), .json(Sample.success))
            let id = try await world.begin(.init(pin: "111111"))
            try await world.settle()
            #expect(try await world.find(id).reason == .pinMismatch)
            try await world.resume(id, pin: "222222")
            try await world.settle()
            #expect(try await world.stops(id) == 2, "a second refusal is told again")
            try await world.resume(id, pin: "333333")
            try await world.settle()
            #expect(try await world.find(id).state == .live)
            #expect(
                world.graph.calls.filter { $0.operation == "register" }.map(\.secret) == ["111111", "222222", "333333"])
            #expect(try await world.pin() == "333333")
        }
    }

    @Test("A code that is spent is never exchanged again by a resume without another one", arguments: TestEngine.all)
    func spentCode(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planEmbeddedSignup(except: ["exchange_code"])
            world.graph.plan("exchange_code", .refused(code: 100, subcode: 36007), .json(Sample.token))
            let id = try await world.begin()
            try await world.settle()
            #expect(try await world.find(id).reason == .codeExpired)
            try await world.resume(id)
            try await world.settle()
            #expect(try await world.find(id).reason == .codeExpired)
            #expect(try await world.stops(id) == 2)
            #expect(world.graph.count("exchange_code") == 1)
            try await world.resume(id, code: "AQsecond")
            try await world.settle()
            #expect(try await world.find(id).state == .live)
            #expect(
                world.graph.calls.filter { $0.operation == "exchange_code" }.map(\.secret) == ["AQcode", "AQsecond"])
        }
    }

    @Test("The same code brought by two requests is exchanged for the first only", arguments: TestEngine.all)
    func sameCodeTwice(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine) { world in
            world.graph.planEmbeddedSignup()
            let first = try await world.begin()
            try await world.settle()
            let second = try await world.begin()
            try await world.settle()
            #expect(try await world.find(first).state == .live)
            #expect(try await world.find(second).reason == .codeUsed)
        }
    }

    @Test("A token of another app, and one that is no longer valid, are refused by looking at them")
    func foreignToken() async throws {
        try await RunnerWorld.with(.sqlite) { world in
            world.graph.plan("exchange_code", .json(Sample.token), .json(Sample.token))
            world.graph.plan("debug_token", .json(Sample.inspected(app: "1")))
            world.graph.plan("debug_token", .json(#"{"data":{"is_valid":false,"error":{"code":190,"subcode":458}}}"#))
            let first = try await world.begin()
            let second = try await world.begin(.init(code: "AQother"))
            try await world.settle()
            let reasons = [try await world.find(first).reason, try await world.find(second).reason]
            #expect(Set(reasons) == [.tokenOfAnotherApp, .tokenInvalid])
        }
    }

    @Test("A WABA that the customer did not share is refused, though the request names it")
    func unsharedWABA() async throws {
        try await RunnerWorld.with(.sqlite) { world in
            world.graph.plan("exchange_code", .json(Sample.token))
            world.graph.plan("debug_token", .json(Sample.inspected([WABAID("999")])))
            let id = try await world.begin(.init(waba: Sample.waba))
            try await world.settle()
            #expect(try await world.find(id).reason == .wabaNotShared)
        }
    }

    @Test(
        "Numbers of the WABA: none, several, several of which one is fresh, the named one",
        arguments: [
            ("[]", nil, FailureReason.phoneNumberMissing, nil),
            (
                "[\(Sample.number(PhoneNumberID("1"), "+1 555-000-0001")),\(Sample.number(PhoneNumberID("2"), "+1 555-000-0002"))]",
                nil, .phoneNumberAmbiguous, nil
            ),
            (
                """
                [\(Sample.number(PhoneNumberID("1"), "+1 555-000-0001", isConnected: true)),\
                \(Sample.number(PhoneNumberID("2"), "+1 555-000-0002"))]
                """, nil, nil, "2"
            ),
            (
                "[\(Sample.number(PhoneNumberID("1"), "+1 555-000-0001")),\(Sample.number(PhoneNumberID("2"), "+1 555-000-0002"))]",
                "1", nil, "1"
            ),
            ("[\(Sample.number(PhoneNumberID("1"), "+1 555-000-0001"))]", "3", .phoneNumberNotOnWABA, nil),
        ] as [(String, String?, FailureReason?, String?)])
    func numbers(list: String, named: String?, reason: FailureReason?, chosen: String?) async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            world.graph.plan("exchange_code", .json(Sample.token))
            world.graph.planReads(credit: false, except: ["list_phone_numbers"])
            world.graph.plan("list_phone_numbers", .json(#"{"data":\#(list)}"#))
            if chosen != nil {
                world.graph.plan("subscribe_app", .json(Sample.success))
                world.graph.plan("register", .json(Sample.success))
            }
            let id = try await world.begin(.init(phoneNumberID: named.map { PhoneNumberID($0) }))
            try await world.settle()
            let run = try await world.find(id)
            #expect(run.reason == reason)
            #expect(run.state == (reason == nil ? .live : .actionRequired))
            if let chosen { #expect(run.phoneNumberID?.rawValue == chosen) }
        }
    }

    @Test("Several numbers: resumed with the one that is meant", arguments: TestEngine.all)
    func severalNumbers(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            world.graph.planEmbeddedSignup(credit: false, except: ["list_phone_numbers"])
            world.graph.stand("list_phone_numbers") { _ in
                .json(
                    #"{"data":[\#(Sample.number(PhoneNumberID("1"), "+1 555-1")),\#(Sample.number(PhoneNumberID("2"), "+1 555-2"))]}"#
                )
            }
            let id = try await world.begin()
            try await world.settle()
            #expect(try await world.find(id).reason == .phoneNumberAmbiguous)
            try await world.resume(id) { $0.phoneNumberID = PhoneNumberID("2") }
            try await world.settle()
            #expect(try await world.find(id).state == .live)
            #expect(world.graph.calls.last { $0.operation == "register" }?.path == "2/register")
        }
    }

    @Test("A number that is connected already is not registered again", arguments: TestEngine.all)
    func connectedAlready(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            world.graph.planEmbeddedSignup(credit: false, except: ["register", "list_phone_numbers"])
            world.graph.plan(
                "list_phone_numbers",
                .json(#"{"data":[\#(Sample.number(Sample.number, "+1 555-078-3881", isConnected: true))]}"#))
            let id = try await world.begin()
            try await world.settle()
            #expect(try await world.find(id).state == .live)
            #expect(try await world.step(.registerPhoneNumber, of: id).state == .skipped)
        }
    }
}

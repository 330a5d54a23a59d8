// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

/// One signup that brings several WABAs and several numbers. Source: Meta, embedded-signup, `waba_ids`; debug_token,
/// `target_ids`, newest first; graph-api section 6 ("repeat 3 to 8 for each").
@Suite("Several WABAs and numbers of one signup", .timeLimit(.minutes(5)))
struct SeveralTests {
    private static let second = WABAID("202290129340398")
    private static let numbers = [PhoneNumberID("11"), PhoneNumberID("12"), PhoneNumberID("13")]

    /// Each WABA answers as itself; its number is its own id with another first digit.
    private static func plan(_ world: RunnerWorld, _ wabas: [WABAID]) {
        world.graph.plan("exchange_code", .json(Sample.token))
        world.graph.stand("debug_token") { _ in .json(Sample.inspected(wabas)) }
        world.graph.stand("read_waba") { call in
            .json(
                #"{"id":"\#(call.path)","name":"N","currency":"USD","owner_business_info":{"id":"\#(Sample.business)"}}"#
            )
        }
        world.graph.stand("list_phone_numbers") { call in
            let id = "9" + String(call.path.prefix { $0 != "/" }.dropFirst())
            return .json(#"{"data":[\#(Sample.number(PhoneNumberID(id), "+1 555-\(id.suffix(7))"))]}"#)
        }
        world.graph.stand("subscribe_app") { _ in .json(Sample.success) }
        world.graph.stand("register") { _ in .json(Sample.success) }
    }

    private func runs(_ world: RunnerWorld) async throws -> [Onboarding] {
        try await world.store.read { try $0.onboardings.page(.init(), PageRequest(limit: 50)).items }
            .sorted { ($0.parentID?.rawValue ?? "", $0.id.rawValue) < ($1.parentID?.rawValue ?? "", $1.id.rawValue) }
    }

    @Test("Each WABA of the token gets a run, the code is exchanged once", arguments: TestEngine.all)
    func siblings(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            Self.plan(world, [Sample.waba, Self.second])
            let id = try await world.begin(.init(pin: "123456"))
            try await world.settle()
            let runs = try await runs(world)
            #expect(runs.map(\.state) == [.live, .live])
            #expect(runs.map(\.wabaID) == [Sample.waba, Self.second])
            #expect(runs.map(\.parentID) == [nil, id])
            let sibling = try #require(runs.last)
            #expect(try await world.step(.inspectToken, of: id).facts[Self.second.rawValue] == sibling.id.rawValue)
            #expect(sibling.steps.prefix(2).allSatisfy { $0.state == .skipped })
            #expect(world.graph.count("exchange_code") == 1)
            let pins = world.graph.calls.filter { $0.operation == "register" }.map(\.secret)
            #expect(pins == ["123456", "123456"])
            let expiry = try await world.store.read { try $0.wabas.tokenExpiry(of: Self.second) }
            #expect(expiry != nil)
            let children = try await world.store.read {
                try $0.onboardings.page(.init(parent: id), PageRequest()).items
            }
            #expect(children.map(\.id) == [sibling.id])
        }
    }

    @Test("One WABA's failure stops its own run and no other", arguments: TestEngine.all)
    func partial(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            Self.plan(world, [Sample.waba, Self.second])
            world.graph.stand("subscribe_app") { call in
                call.path.hasPrefix(Self.second.rawValue) ? .refused(code: 10, status: 403) : .json(Sample.success)
            }
            _ = try await world.begin()
            try await world.settle()
            let runs = try await runs(world)
            #expect(runs.map(\.state) == [.live, .actionRequired])
            #expect(runs.last?.reason == .permissionMissing && runs.last?.wabaID == Self.second)
        }
    }

    @Test("A WABA that is named is the only one; one that somebody has here is left alone")
    func restraint() async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            Self.plan(world, [Sample.waba, Self.second])
            _ = try await world.begin(.init(waba: Sample.waba))
            try await world.settle()
            #expect(try await runs(world).map(\.wabaID) == [Sample.waba])

            let other = try await world.store.seedPartner("Other", kind: .techProvider)
            try await world.store.seedWABA(Self.second, of: other)
            Self.plan(world, [WABAID("302290129340398"), Sample.waba, Self.second])
            _ = try await world.begin(.init(code: "AQsecond"))
            try await world.settle()
            #expect(try await runs(world).count == 2)
        }
    }

    @Test("What the window named gets its run, also when Meta does not show it: that run says so")
    func named() async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            Self.plan(world, [Sample.waba])
            world.graph.stand("read_waba") { call in
                guard call.path == Sample.waba.rawValue else { return .refused(code: 100, subcode: 33) }
                return .json(Sample.facts)
            }
            _ = try await world.begin(.init(waba: Sample.waba, wabas: [Sample.waba, Self.second]))
            try await world.settle()
            let runs = try await runs(world)
            #expect(runs.map(\.state) == [.live, .actionRequired])
            #expect(runs.last?.reason == .wabaNotShared && runs.last?.wabaID == Self.second)
        }
    }

    private static func planNumbers(_ world: RunnerWorld) {
        world.graph.planEmbeddedSignup(credit: false, except: ["register", "list_phone_numbers"])
        let list = numbers.map { Sample.number($0, "+1 555-00\($0)") }.joined(separator: ",")
        world.graph.stand("list_phone_numbers") { _ in .json(#"{"data":[\#(list)]}"#) }
    }

    private static let every = PlanOptions(registersEveryNumber: true)

    @Test(
        "Every number is registered, each with a PIN of its own unless one was given", arguments: TestEngine.all,
        [nil, "123456"])
    func everyNumber(engine: TestEngine, pin: String?) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            Self.planNumbers(world)
            world.graph.plan("register", .json(Sample.success), .json(Sample.success), .json(Sample.success))
            let id = try await world.begin(.init(options: Self.every, pin: pin))
            try await world.settle()
            let run = try await world.find(id)
            #expect(run.state == .live && run.phoneNumberID == Self.numbers[0])
            let calls = world.graph.calls.filter { $0.operation == "register" }
            #expect(calls.map(\.path) == ["11/register", "12/register", "13/register"])
            if let pin { #expect(calls.allSatisfy { $0.secret == pin }) }
            for (number, call) in zip(Self.numbers, calls) { #expect(try await world.pin(of: number) == call.secret) }
            #expect(try await world.pin(of: id) == nil)
            let facts = try await world.step(.registerPhoneNumber, of: id).facts
            #expect(facts == ["11": "registered", "12": "registered", "13": "registered"])
        }
    }

    @Test("The timeline has one try for each number, and none for the look that finds no more", arguments: [1, 3])
    func timeline(count: Int) async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            if count == 1 { world.graph.planEmbeddedSignup(credit: false) } else { Self.planNumbers(world) }
            if count > 1 { world.graph.stand("register") { _ in .json(Sample.success) } }
            let id = try await world.begin(.init(options: Self.every))
            try await world.settle()
            let run = try await world.find(id)
            #expect(run.state == .live)
            let tries = run.steps.map { "\($0.kind.rawValue) \($0.attempt)" }
            #expect(
                tries == [
                    "exchange_code 1", "inspect_token 1", "discover_assets 1", "subscribe_app 1",
                    "register_phone_number \(count)", "announce 1",
                ])
            let timeline = try await world.store.read { try $0.onboardings.attempts(of: id) }
            let registrations = (1...count).map { "5 \($0) done" }
            #expect(
                timeline.map { "\($0.seq) \($0.attempt) \($0.outcome)" }
                    == ["1 1 done", "2 1 done", "3 1 done", "4 1 done"] + registrations + ["6 1 done"])
        }
    }

    @Test(
        "A number that cannot be registered is named; the others are, and the run can go on without it",
        arguments: [true, false])
    func oneNumberFails(isSkipped: Bool) async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            Self.planNumbers(world)
            world.graph.plan("register", .json(Sample.success), .refused(code: 133_005))
            let id = try await world.begin(.init(options: Self.every))
            try await world.settle()
            let stopped = try await world.find(id)
            #expect(stopped.reason == .pinMismatch && stopped.detail?.hasPrefix("number 12: ") == true)
            if isSkipped {
                try await world.resume(id) { _ = $0.skipStoppedStep(at: $0.updatedAt) }
            } else {
                world.graph.plan("register", .json(Sample.success), .json(Sample.success))
                try await world.resume(id, pin: "654321")
            }
            try await world.settle()
            #expect(try await world.find(id).state == .live)
            let pins = world.graph.calls.filter { $0.operation == "register" }.map(\.secret)
            #expect(pins.count == (isSkipped ? 2 : 4) && (isSkipped || pins[2] == "654321"))
        }
    }

    @Test("A lost answer among several is settled by reading that number", arguments: TestEngine.all)
    func lost(engine: TestEngine) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            Self.planNumbers(world)
            world.graph.plan("register", .json(Sample.success), .lost, .json(Sample.success))
            world.graph.plan(
                "read_phone_number", .json(Sample.number(Self.numbers[1], "+1 555-0012", isConnected: true)))
            let id = try await world.begin(.init(options: Self.every))
            #expect(try await world.settle(id).state == .live)
            #expect(world.graph.calls.first { $0.operation == "read_phone_number" }?.path == "12")
            #expect(world.graph.count("register") == 3)
        }
    }
}

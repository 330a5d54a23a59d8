// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

/// A number moves in from another provider. Source: Meta, add phone number with `migrate_phone_number`, verify phone
/// numbers, registration; migration errors 2388001 to 2388103; pitfall P5.
@Suite("A number moves in from another provider", .timeLimit(.minutes(5)))
struct MigrationTests {
    private static let moved = PhoneNumberID("206540352242922")
    private static let added = #"{"id":"\#(moved)"}"#
    private static let migration = NumberMigration(
        countryCode: "1", number: "5550783882", verifiedName: "Lucky Shrub", isByVoice: false, language: "en_US")

    private static func listed(_ status: String) -> String {
        #"{"id":"\#(moved)","display_phone_number":"+1 555-078-3882","code_verification_status":"\#(status)"}"#
    }

    private func begin(_ world: RunnerWorld, pin: String? = nil) async throws -> OnboardingID {
        try await world.store.seedWABA(of: world.seeded)
        var request = RunnerWorld.Request(plan: .numberMigration, code: nil, pin: pin, waba: Sample.waba)
        request.migration = Self.migration
        let id = try await world.begin(request)
        try await world.store.write { tx in
            let before = try #require(try tx.onboardings.find(id))
            var run = before
            run.provenWABAID = Sample.waba
            try tx.onboardings.save(run, before: before)
            try tx.secrets.put(BusinessToken("EAAcustomer"), as: .businessToken, of: .onboarding(id))
        }
        world.graph.stand("list_phone_numbers") { _ in .json(#"{"data":[]}"#) }
        world.graph.stand("read_waba") { _ in .json(Sample.funded) }
        return id
    }

    private func bring(_ code: String, to id: OnboardingID, _ world: RunnerWorld) async throws {
        try await world.store.write { tx in
            try tx.secrets.put(OtherSecret(code), as: .verificationCode, of: .onboarding(id))
        }
        try await world.resume(id)
    }

    @Test(
        "Added, a code asked for, verified, registered with the owner's PIN", arguments: TestEngine.all,
        [nil, "123456"])
    func whole(engine: TestEngine, pin: String?) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            let id = try await begin(world, pin: pin)
            world.graph.plan("add_phone_number", .json(Self.added))
            world.graph.plan("request_code", .json(Sample.success))
            let stopped = try await world.settle(id)
            #expect(stopped.reason == .verificationCodeNeeded && stopped.phoneNumberID == Self.moved)
            world.graph.plan("verify_code", .json(Sample.success))
            world.graph.plan("register", .json(Sample.success))
            try await bring("123456", to: id, world)
            #expect(try await world.settle(id).state == .live)
            let registered = world.graph.calls.first { $0.operation == "register" }
            #expect(registered?.path == "\(Self.moved)/register")
            if let pin { #expect(registered?.secret == pin) }
            #expect(try await world.pin(of: Self.moved) == registered?.secret)
            let code = try await world.store.read { tx -> OtherSecret? in
                try tx.secrets.get(.verificationCode, of: .onboarding(id))
            }
            #expect(code == nil)
        }
    }

    static let refusals: [(Int, FailureReason)] = [
        (2_388_001, .twoStepVerificationOn), (2_388_012, .numberNotMovable), (2_388_103, .numberNotMovable),
    ]

    @Test("What stands in the way at the present provider is named, and a resume tries again", arguments: refusals)
    func refused(code: Int, reason: FailureReason) async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            let id = try await begin(world)
            world.graph.plan("add_phone_number", .refused(code: 100, subcode: code), .json(Self.added))
            let run = try await world.settle(id)
            #expect(run.reason == reason && run.remedy?.actor == .customer)
            world.graph.plan("request_code", .json(Sample.success))
            try await world.resume(id)
            #expect(try await world.settle(id).reason == .verificationCodeNeeded)
        }
    }

    @Test("A PIN that nobody knows: the run asks for it and registers with the right one")
    func unknownPIN() async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            let id = try await begin(world)
            world.graph.plan("add_phone_number", .json(Self.added))
            world.graph.plan("request_code", .refused(code: 136_024))
            world.graph.plan("register", .refused(code: 133_005), .json(Sample.success))
            let run = try await world.settle(id)
            #expect(run.reason == .pinMismatch && run.remedy?.text.contains("two-step verification off") == true)
            try await world.resume(id, pin: "654321")
            #expect(try await world.settle(id).state == .live)
            #expect(try await world.step(.verifyCode, of: id).state == .skipped)
        }
    }

    @Test("A lost answer never makes a second number", arguments: TestEngine.all, [true, false])
    func lostAddition(engine: TestEngine, didHappen: Bool) async throws {
        try await RunnerWorld.with(engine, kind: .techProvider) { world in
            let id = try await begin(world)
            world.graph.plan("add_phone_number", .lost)
            if didHappen {
                world.graph.plan(
                    "list_phone_numbers", .json(#"{"data":[]}"#), .json(#"{"data":[\#(Self.listed("NOT_VERIFIED"))]}"#))
            } else {
                world.graph.plan("add_phone_number", .json(Self.added))
            }
            world.graph.plan("request_code", .json(Sample.success))
            let run = try await world.settle(id)
            #expect(run.reason == .verificationCodeNeeded && run.phoneNumberID == Self.moved)
            #expect(world.graph.count("add_phone_number") == (didHappen ? 1 : 2))
        }
    }

    @Test("A wrong code is forgotten; another can be asked for, counted")
    func wrongCode() async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            let id = try await begin(world)
            world.graph.plan("add_phone_number", .json(Self.added))
            world.graph.plan("request_code", .json(Sample.success), .json(Sample.success))
            _ = try await world.settle(id)
            world.graph.plan("verify_code", .refused(code: 136_025))
            try await bring("000000", to: id, world)
            #expect(try await world.settle(id).reason == .verificationCodeWrong)
            try await world.resume(id)
            #expect(try await world.settle(id).reason == .verificationCodeNeeded)
            try await world.resume(id) { run in
                let isAsked = run.askForCodeAgain()
                #expect(isAsked)
            }
            #expect(try await world.settle(id).reason == .verificationCodeNeeded)
            #expect(world.graph.count("request_code") == 2)
            let budget = try await world.store.read { try $0.phoneNumbers.budget(.codeRequest, of: Self.moved) }
            #expect(budget.used == 2)
        }
    }

    @Test("A lost answer to the verification is settled by reading", arguments: [true, false])
    func lostVerification(didHappen: Bool) async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            let id = try await begin(world)
            world.graph.plan("add_phone_number", .json(Self.added))
            world.graph.plan("request_code", .json(Sample.success))
            _ = try await world.settle(id)
            world.graph.plan("verify_code", .lost)
            world.graph.plan("read_phone_number", .json(Self.listed(didHappen ? "VERIFIED" : "NOT_VERIFIED")))
            if !didHappen { world.graph.plan("verify_code", .json(Sample.success)) }
            world.graph.plan("register", .json(Sample.success))
            try await bring("123456", to: id, world)
            #expect(try await world.settle(id).state == .live)
        }
    }

    @Test("A lost answer to the request sends no second code by itself")
    func lostRequest() async throws {
        try await RunnerWorld.with(.sqlite, kind: .techProvider) { world in
            let id = try await begin(world)
            world.graph.plan("add_phone_number", .json(Self.added))
            world.graph.plan("request_code", .lost)
            world.graph.plan("read_phone_number", .json(Self.listed("NOT_VERIFIED")))
            #expect(try await world.settle(id).reason == .verificationCodeNeeded)
            #expect(world.graph.count("request_code") == 1)
        }
    }
}

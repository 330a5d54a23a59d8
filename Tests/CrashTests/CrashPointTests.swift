// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import GangwayServer
import OnboardingRunner
import TestSupport
import Testing

/// Kills the real server at every named moment of an onboarding and starts it again. Source: DESIGN, "Intent before effect",
/// "Money once", "Claims are fenced".
@Suite(.sandboxes(3))
struct CrashPointTests {
    @Test(arguments: StepKind.allCases)
    func `every step has all its points on the list`(step: StepKind) {
        let phases = CrashPoint.tested.filter { $0.checkpoint.step == step }.map(\.checkpoint.phase)
        #expect(Set(phases) == Set(Checkpoint.Phase.allCases))
    }

    @Test(arguments: PlanKind.allCases, PartnerKind.allCases)
    func `every plan passes only points on the list`(plan: PlanKind, partner: PartnerKind) {
        let options = PlanOptions(
            overridesCallback: true, enablesTemplateAnalytics: true, verifiesMessaging: true, subscribesApp: true)
        let tested = Set(CrashPoint.tested.map(\.checkpoint))
        #expect(tested.isSuperset(of: Checkpoint.all(in: plan.steps(for: partner, options: options))))
        #expect(Scenario.allCases.contains { $0.plan == plan })
    }

    @Test(.timeLimit(.minutes(30)), arguments: ServerDatabase.all, CrashPoint.tested)
    func `an onboarding survives a kill`(_ database: ServerDatabase, at point: CrashPoint) async throws {
        let pool = try #require(SandboxPool.current)
        try await pool.with { sandbox in
            try await database.with { setting, folder in
                let place = ServerProcess.Place(graphURL: sandbox.url, database: setting, folder: folder)
                try await WebhookReceiver.with { receiver in
                    try await within(.seconds(90), "\(point)") {
                        let run = KillRun(point: point, sandbox: sandbox.caller, place: place, receiver: receiver)
                        switch point.scenario {
                        case .offboarding: try await LeavingRun(run: run).play()
                        case .numberMigration: try await MovingRun(run: run).play()
                        case .embeddedSignup, .businessApp, .hosted, .techPartner, .techProvider, .activation:
                            try await run.play()
                        }
                    }
                }
            }
        }
    }
}

/// One onboarding, one kill, one restart.
struct KillRun: Sendable {
    let point: CrashPoint
    let sandbox: SandboxCaller
    let place: ServerProcess.Place
    let receiver: WebhookReceiver

    func play() async throws {
        let (partner, signup) = try await dieAtPoint()
        let server = try await ServerProcess.start(at: place)
        defer { server.process.kill() }
        var end = try await partner.end(at: server)
        if point.losesCode {
            #expect(end.type == EventName.actionRequired)
            #expect(end.data.step == StepKind.exchangeCode.rawValue)
            #expect(end.data.reason == FailureReason.codeExchangeUnknown.rawValue)
            let onboarding = try #require(end.data.onboarding_id)
            let again = try await sandbox.signUp(#"{"waba": {"id": "\#(signup.waba_id)"}}"#)
            let _: AnyAnswer = try await server.partner.post(
                "/api/v1/onboardings/\(onboarding)/resume", #"{"code": "\#(try #require(again.code))"}"#)
            end = try await partner.end(at: server)
        }
        if point.mayLoseMessage, end.data.reason == FailureReason.testMessageUnconfirmed.rawValue {
            let _: AnyAnswer = try await server.partner.post(
                "/api/v1/onboardings/\(try #require(end.data.onboarding_id))/resume", "{}")
            end = try await partner.end(at: server)
        }
        #expect(end.type == EventName.onboarded)
        #expect(end.data.waba_id == signup.waba_id)
        #expect(end.data.phone_number_id == signup.phone_number_id)
        try await checkOnboarding(server, signup)
        try await checkCalls(signup)
        try await checkEvents(server, partner, onboarding: try #require(end.data.onboarding_id))
    }

    /// The request that begins the onboarding may die with the server: it was accepted all the same.
    private func dieAtPoint() async throws -> (Partner, SignupAnswer) {
        let server = try await ServerProcess.start(at: place, crashAt: "\(point.checkpoint)")
        defer { server.process.kill() }
        let partner = try await Partner.subscribe(receiver, to: server)
        let signup = try await point.scenario.signUp(at: sandbox)
        try await point.scenario.prepare(server, for: signup)
        let request = Task { () -> (any Error)? in
            do {
                try await point.scenario.begin(at: server, for: signup, callback: receiver.url)
                return nil
            } catch {
                return error
            }
        }
        let exit = await server.process.exit(within: .seconds(30))
        let refusal = await request.value
        try #require(
            exit == .signal(SIGKILL),
            "never reached \(point.checkpoint); \(refusal.map { "\($0)" } ?? "accepted"); \(server.process.errors)")
        return (partner, signup)
    }

    private func checkOnboarding(_ server: ServerProcess, _ signup: SignupAnswer) async throws {
        let list: ListAnswer<OnboardingAnswer> = try await server.partner.get("/api/v1/onboardings")
        #expect(list.data.count == 1)
        let onboarding = try #require(list.data.first)
        #expect(onboarding.state == "live", "\(onboarding)")
        #expect(onboarding.steps.map(\.kind) == point.scenario.steps.map(\.rawValue))
        #expect(onboarding.steps.allSatisfy { $0.state == "done" || $0.state == "skipped" }, "\(onboarding)")
    }

    private func checkCalls(_ signup: SignupAnswer) async throws {
        let calls = try await sandbox.calls()
        let steps = point.scenario.steps
        #expect(calls.count { $0.effect == "shared_credit" } == (steps.contains(.shareCreditLine) ? 1 : 0))
        let isRegistered = steps.contains(.registerPhoneNumber)
        #expect(calls.count { $0.effect == "registered" } == (isRegistered ? 1 : 0))
        #expect(calls.count { $0.effect == "requested_sync" } == (steps.contains(.syncBusinessApp) ? 2 : 0))
        let sent = calls.count { $0.effect == "sent_message" }
        #expect(sent == (steps.contains(.verifyMessaging) ? 1 : 0) || (point.mayLoseMessage && sent == 2))
        let pins = Set(calls.filter { $0.operation == "register" }.compactMap(\.pin_digest))
        #expect(pins.count == (isRegistered ? 1 : 0), "a registration with another PIN")
        // A code that died with its server before it was sent is never sent later.
        let codes = steps.contains(.exchangeCode) ? 1 : 0
        let spent = point.isAnswerLost ? 1 : 0
        #expect(calls.count { $0.operation == "exchange_code" } == codes + spent)
        #expect(calls.count { $0.effect == "exchanged_code" } == codes + spent)
    }

    private func checkEvents(_ server: ServerProcess, _ partner: Partner, onboarding: String) async throws {
        let events: ListAnswer<EventAnswer> = try await server.partner.get(
            "/api/v1/events?limit=100&onboarding_id=\(onboarding)")
        let onboarded = events.data.filter { $0.type == EventName.onboarded }
        #expect(onboarded.count == 1)
        #expect(Set(try partner.ids(of: EventName.onboarded)) == Set(onboarded.map(\.id)))
        let stops = events.data.count { $0.type == EventName.actionRequired }
        #expect(stops == (point.losesCode ? 1 : 0) || (point.mayLoseMessage && stops == 1))
    }
}

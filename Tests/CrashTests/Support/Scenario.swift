// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import GangwayServer
import OnboardingRunner
import TestSupport

/// One way aboard, with every option that adds a step.
enum Scenario: String, Sendable, CaseIterable {
    case embeddedSignup
    case businessApp
    case hosted
    case techPartner
    case techProvider
    case offboarding
    case numberMigration
    case activation

    var plan: PlanKind {
        switch self {
        case .embeddedSignup, .techProvider: .embeddedSignup
        case .businessApp: .businessApp
        case .hosted: .hosted
        case .techPartner: .techPartner
        case .offboarding: .offboarding
        case .numberMigration: .numberMigration
        case .activation: .activation
        }
    }

    var partnerKind: PartnerKind {
        switch self {
        case .embeddedSignup, .businessApp, .hosted, .techPartner, .activation, .offboarding,
            .numberMigration:
            .solutionPartner
        case .techProvider: .techProvider
        }
    }

    var steps: [StepKind] {
        // An activation request asks for nothing beside its plan.
        let asksForAll = self != .activation
        return plan.steps(
            for: partnerKind,
            options: PlanOptions(
                overridesCallback: asksForAll && !verifiesMessaging, enablesTemplateAnalytics: asksForAll,
                verifiesMessaging: verifiesMessaging, subscribesApp: true))
    }

    /// What comes aboard first: some scenarios begin where another has ended.
    private var first: PlanKind { self == .offboarding || self == .numberMigration ? .embeddedSignup : plan }

    /// Needs Meta's statuses: an override would send them elsewhere.
    var verifiesMessaging: Bool {
        switch self {
        case .businessApp: true
        case .embeddedSignup, .hosted, .techPartner, .techProvider, .offboarding, .numberMigration, .activation: false
        }
    }

    /// What a customer does at Meta before the partner knows of it.
    func signUp(at sandbox: SandboxCaller) async throws -> SignupAnswer {
        let flow =
            switch plan {
            case .embeddedSignup, .offboarding, .numberMigration: "embedded_signup"
            case .businessApp: "business_app"
            case .hosted, .activation: "hosted"
            case .techPartner: "tech_partner"
            }
        return try await sandbox.signUp(#"{"flow": "\#(flow)"}"#)
    }

    /// What an operator has set up beforehand.
    func prepare(_ server: ServerProcess, for signup: SignupAnswer) async throws {
        let app = server.credentials.metaApp
        switch self {
        case .embeddedSignup, .businessApp, .techPartner, .activation, .offboarding, .numberMigration: break
        case .hosted:
            let _: AnyAnswer = try await server.operator.post(
                "/api/v1/partners/\(server.credentials.partner.id)/businesses",
                #"{"business_id": "\#(signup.business_id)"}"#)
        case .techProvider:
            let _: AnyAnswer = try await server.operator.put(
                "/api/v1/apps/\(app.appID)", #"{"kind": "tech_provider", "business_id": "\#(app.businessID)"}"#)
        }
    }

    /// What makes the run begin: the partner's request, or an account's with the operator's approval.
    func begin(at server: ServerProcess, for signup: SignupAnswer, callback: String) async throws {
        guard self == .activation else {
            let body = request(for: signup, customer: server.credentials.customer.id, callback: callback)
            let _: AnyAnswer = try await server.partner.post("/api/v1/onboardings", body)
            return
        }
        guard let account = server.credentials.kaleyra else { throw ProcessFault("no Kaleyra account") }
        var form = KaleyraForm()
        form.set("business_id", signup.business_id)
        form.set("wa_number", signup.number)
        let caller = KaleyraCaller(baseURL: server.credentials.baseURL, sid: account.sid, key: account.apiKey)
        let submitted = try await caller.submit(form)
        guard submitted.status == 200 else { throw ProcessFault("not submitted: \(submitted.text)") }
        let list: ListAnswer<Submitted> = try await server.operator.get("/api/v1/activations")
        for request in list.data {
            let _: AnyAnswer = try await server.operator.post("/api/v1/activations/\(request.id)/approve", "{}")
        }
    }

    private struct Submitted: Decodable {
        let id: String
    }

    /// The body of `POST /api/v1/onboardings`.
    private func request(for signup: SignupAnswer, customer: String, callback: String) -> String {
        let named =
            switch plan {
            case .embeddedSignup, .businessApp, .offboarding, .numberMigration: #""code": "\#(signup.code ?? "")""#
            case .hosted, .activation: #""business_id": "\#(signup.business_id)""#
            case .techPartner:
                #""waba_id": "\#(signup.waba_id)", "solution_id": "987654321012345", "phone_number": "\#(signup.number)""#
            }
        let messages =
            verifiesMessaging
            ? #""verify_messaging": {"method": "template", "recipient": "+16505551234"}"#
            : #""callback": {"uri": "\#(callback)", "verify_token": "sesame"}"#
        return """
            {"customer_id": "\(customer)", "flow": "\(first.rawValue)", "currency": "USD", \(named),
             "options": {"enable_template_analytics": true, "subscribe_app": true, \(messages)}}
            """
    }
}

/// A moment of a scenario at which the server dies.
struct CrashPoint: Sendable, CustomStringConvertible {
    let scenario: Scenario
    let checkpoint: Checkpoint

    var description: String { "\(scenario.rawValue): \(checkpoint)" }

    /// The answer to the exchange is lost: whether Meta spent the code, nobody can know. A step's end is committed together
    /// with the intent of the next, so that what comes just before that intent loses it too.
    var losesCode: Bool { isExchangeUnsent || isAnswerLost }

    /// Died between the intent and the call.
    private var isExchangeUnsent: Bool { checkpoint.step == .exchangeCode && checkpoint.phase == .afterIntent }

    /// Died between the answer and its commit.
    var isAnswerLost: Bool {
        switch checkpoint.phase {
        case .afterEffect: checkpoint.step == .exchangeCode
        case .beforeIntent:
            zip(scenario.steps, scenario.steps.dropFirst()).contains { $0 == (.exchangeCode, checkpoint.step) }
        case .afterIntent, .afterCommit: false
        }
    }

    /// The answer to the test message may be lost: without a status that proves it a person decides.
    var mayLoseMessage: Bool {
        switch checkpoint.phase {
        case .afterIntent, .afterEffect: checkpoint.step == .verifyMessaging
        case .beforeIntent: scenario.verifiesMessaging && checkpoint.step == .announce
        case .afterCommit: false
        }
    }

    /// Every point of every scenario.
    static let every: [CrashPoint] = {
        let own = Set(Scenario.embeddedSignup.steps)
        return Scenario.allCases.flatMap { scenario in
            // The run that comes first passes the steps that both have.
            let steps = scenario == .numberMigration ? scenario.steps.filter { !own.contains($0) } : scenario.steps
            return Checkpoint.all(in: steps).map { CrashPoint(scenario: scenario, checkpoint: $0) }
        }
    }()

    /// Every named point once, in the first scenario that passes it; `make soak` visits each in every scenario.
    static let tested: [CrashPoint] = {
        if ProcessInfo.processInfo.environment["GANGWAY_SOAK"] == "1" { return every }
        var seen: Set<Checkpoint> = []
        return every.filter { seen.insert($0.checkpoint).inserted }
    }()
}

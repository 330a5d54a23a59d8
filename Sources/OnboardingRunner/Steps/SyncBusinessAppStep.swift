// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// `POST /{PHONE}/smb_app_data`: the phone app's contacts, then its history, each once and within 24 hours of the signup. A
/// repeat after a lost answer does no harm: Meta refuses a second request of a kind with 2593107.
/// Source: Meta, onboarding-business-app-users; pitfall P6.
struct SyncBusinessAppStep: OnboardingStep {
    let kind = StepKind.syncBusinessApp

    func intend(_ tx: StoreTransaction, _ onboarding: Onboarding) throws -> StepIntent {
        guard let number = onboarding.phoneNumberID else { return .end(.needsAction(.phoneNumberMissing, detail: nil)) }
        let syncs = try tx.businessAppSyncs.of(number)
        guard !syncs.isEmpty else { return .end(.needsAction(.numberNotOnBusinessApp, detail: number.rawValue)) }
        guard let next = BusinessAppSync.next(of: syncs) else { return .end(.done(StepResult())) }
        guard next.dueAt > tx.now else {
            try tx.businessAppSyncs.setMissed(number, next.kind)
            return .end(.needsAction(.syncWindowMissed, detail: "\(next.kind.rawValue) until \(next.dueAt)"))
        }
        return .proceed(digest: next.kind.rawValue)
    }

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        let number = try context.phoneNumberID()
        guard let kind = Self.asked(in: context) else { return .progressed(StepResult()) }
        let answer = try await context.graph.send(
            SyncBusinessApp(number, kind: kind.graph, token: try context.businessToken()))
        return Self.requested(kind, of: number, answer.requestID, note: "requested")
    }

    /// What Meta sends proves that it was asked for; nothing else can be read.
    func settle(_ context: StepContext) async throws(GraphError) -> Settlement {
        let number = try context.phoneNumberID()
        guard let kind = Self.asked(in: context) else { return .runAgain }
        let known = try await context.records { try $0.businessAppSyncs.of(number) }.first { $0.kind == kind }
        guard let known, known.state != .due, known.state != .missed else { return .runAgain }
        return .outcome(.progressed(StepResult(facts: [kind.rawValue: "found \(known.state.rawValue)"])))
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? {
        guard let number = context.onboarding.phoneNumberID, let kind = Self.asked(in: context) else { return nil }
        return switch error.subcode ?? error.code {
        case 2_593_107: Self.requested(kind, of: number, nil, note: "requested before")
        case 2_593_108: .needsAction(.syncWindowMissed, detail: error.timelineText)
        default: error.isObjectNotVisible ? .needsAction(.numberNotOnBusinessApp, detail: error.timelineText) : nil
        }
    }

    /// The intent says which of the two.
    private static func asked(in context: StepContext) -> BusinessAppSync.Kind? {
        context.step.intentDigest.flatMap(BusinessAppSync.Kind.init(rawValue:))
    }

    private static func requested(
        _ kind: BusinessAppSync.Kind, of number: PhoneNumberID, _ request: String?, note: String
    ) -> StepOutcome {
        .progressed(
            StepResult([.syncRequested(number, kind, requestID: request)], facts: [kind.rawValue: request ?? note]))
    }
}

extension BusinessAppSync.Kind {
    fileprivate var graph: SyncBusinessApp.Kind {
        switch self {
        case .contacts: .contacts
        case .history: .history
        }
    }
}

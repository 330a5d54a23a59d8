// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// Proves that the number can receive and send: waits for the tester's message where asked, sends one message, and follows
/// its statuses. A message is never repeated. Source: Meta, solution partner onboarding, "test messaging" (seed 001).
struct VerifyMessagingStep: OnboardingStep {
    let kind = StepKind.verifyMessaging

    static let inboundPatience: Duration = .hours(24)
    static let statusPatience: Duration = .minutes(15)
    private static let poll: Duration = .minutes(1)

    func intend(_ tx: StoreTransaction, _ onboarding: Onboarding) throws -> StepIntent {
        guard let check = onboarding.input.messagingCheck else { return .end(.skipped(note: "no tester was named")) }
        guard let number = onboarding.phoneNumberID else { return .end(.needsAction(.phoneNumberMissing, detail: nil)) }
        let message = try tx.testMessages.open(onboarding.id, number: number, recipient: check.recipient)
        if message.messageID != nil { return .end(try judge(message, tx)) }
        if message.intendedAt != nil { return .settleFirst }
        if check.method == .reply, message.inboundAt == nil {
            let note = "write from \(check.recipient) to \(onboarding.phoneNumber ?? "the business number")"
            return .end(
                .waiting(
                    StepWait(
                        note: note, pollAfter: .hours(1), giveUpAfter: Self.inboundPatience,
                        reason: .testMessageMissing)))
        }
        try tx.testMessages.setIntended(onboarding.id)
        return .proceed(digest: check.method.rawValue)
    }

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        guard let check = context.onboarding.input.messagingCheck else { return .skipped(note: "no tester was named") }
        let content: SendMessage.Content =
            switch check.method {
            case .reply: .text(check.text)
            case .template: .template(name: check.templateName, language: check.templateLanguage)
            }
        let answer = try await context.graph.send(
            SendMessage(
                try context.phoneNumberID(), to: check.recipient, content: content, token: try context.businessToken()))
        guard let id = answer.id else { return .needsAction(.testMessageUnconfirmed, detail: "Meta named no message") }
        return Self.sent(id)
    }

    /// A status of a message to the tester proves that it was sent; without one a person decides.
    func settle(_ context: StepContext) async throws(GraphError) -> Settlement {
        let id = context.onboarding.id
        guard let message = try await context.records({ try $0.testMessages.find(id) }), let since = message.intendedAt
        else { return .outcome(.needsAction(.testMessageUnconfirmed, detail: nil)) }
        if let proof = message.statuses.keys.min() { return .outcome(Self.sent(proof)) }
        let left = since + context.settings.messageProof - context.now
        guard left > .zero else {
            return .outcome(.needsAction(.testMessageUnconfirmed, detail: "Meta's answer was lost and no status came"))
        }
        return .outcome(
            .waiting(
                StepWait(
                    note: "Meta's answer was lost: a status is awaited that proves the message.",
                    pollAfter: min(left, .seconds(10)), giveUpAfter: .days(3), reason: .testMessageUnconfirmed)))
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? {
        guard error.reach == .answered, error.class == .permanent || error.class == .needsPerson else { return nil }
        switch error.code {
        case 0, 3, 10, 104, 190, 131_005, 131_042, 368, 131_031: return nil
        case .some(200...299): return nil
        default: return .needsAction(.testMessageFailed, detail: error.timelineText)
        }
    }

    func withdrawIntent(_ tx: StoreTransaction, _ onboarding: Onboarding, after error: GraphError) throws {
        try tx.testMessages.withdraw(onboarding.id)
    }

    /// A resume sends another message: a person decided it.
    func stopped(_ tx: StoreTransaction, _ onboarding: Onboarding) throws {
        try tx.testMessages.withdraw(onboarding.id)
    }

    private static func sent(_ id: String) -> StepOutcome {
        .progressed(StepResult([.testMessageSent(id: id)], facts: ["message_id": id]))
    }

    private func judge(_ message: TestMessage, _ tx: StoreTransaction) throws -> StepOutcome {
        let giveUpAt = (message.intendedAt ?? tx.now) + Self.statusPatience
        switch message.verdict {
        case .delivered(let status): return try done(status, message, tx)
        case .failed(let status):
            let words = ["Graph error", status.errorCode, status.errorTitle].compactMap(\.self).joined(separator: " ")
            let reason: FailureReason = status.errorCode == "131042" ? .paymentMethodMissing : .testMessageFailed
            return .needsAction(reason, detail: words)
        // It left: the recipient's phone may be off for days.
        case .sent: if giveUpAt <= tx.now { return try done("sent", message, tx) }
        case .awaited:
            if giveUpAt <= tx.now { return .needsAction(.testMessageUnconfirmed, detail: message.messageID) }
        }
        return .waiting(
            StepWait(
                note: "The message is sent; its status is awaited.", pollAfter: min(giveUpAt - tx.now, Self.poll),
                giveUpAfter: .days(3), reason: .testMessageUnconfirmed))
    }

    private func done(_ status: String, _ message: TestMessage, _ tx: StoreTransaction) throws -> StepOutcome {
        try tx.testMessages.close(message.onboardingID)
        var facts = ["status": status]
        facts["inbound_at"] = message.inboundAt?.description
        return .done(StepResult(facts: facts))
    }
}

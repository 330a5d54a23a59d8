// SPDX-License-Identifier: Apache-2.0
import Domain
import Store

/// Publishes the events of a run, in the transaction that makes them true. Keys are made of run, step and try, so that
/// nothing is told twice.
struct Announcer {
    let tx: StoreTransaction

    /// `wasStopped`: the run had stopped before this step ended, and that was told.
    func publish(of seq: Int, in onboarding: Onboarding, wasStopped: Bool) throws {
        guard let step = onboarding.steps.first(where: { $0.seq == seq }) else { return }
        if step.state.isFinished { try publishCompletion(of: step, in: onboarding) }
        if !wasStopped, onboarding.state == .actionRequired || onboarding.state == .failed {
            try publishStop(of: onboarding)
        }
        if onboarding.state == .live { try publishOnboarded(onboarding) }
        if onboarding.state == .offboarded { try publishOffboarded(onboarding) }
    }

    func publishStop(of onboarding: Onboarding) throws {
        guard let reason = onboarding.reason, let step = onboarding.currentStep else { return }
        try keep(onboarding)
        let type: EventType =
            switch reason {
            case .signupAbandoned: .signupAbandoned
            default: onboarding.state == .failed ? .onboardingFailed : .onboardingActionRequired
            }
        try publish(
            type, onboarding, key: "\(step.kind.rawValue):\(step.attempt):\(reason.rawValue)",
            data: [
                "state": .string(onboarding.state.rawValue), "step": .string(step.kind.rawValue),
                "reason": .string(reason.rawValue), "actor": .string(reason.remedy.actor.rawValue),
                "remedy": .string(reason.remedy.text), "phone_number": .text(onboarding.phoneNumber),
                "claimed_waba_id": .text(onboarding.claimedWABAID?.rawValue),
            ])
    }

    /// Who shows the run as it stands reads it while the event is published; its steps are written at the turn's end.
    private func keep(_ onboarding: Onboarding) throws {
        try tx.onboardings.save(onboarding, before: onboarding)
    }

    private func publishCompletion(of step: StepRecord, in onboarding: Onboarding) throws {
        try publish(
            .onboardingStepCompleted, onboarding, key: "\(step.kind.rawValue):\(step.attempt)",
            data: ["step": .string(step.kind.rawValue), "state": .string(step.state.rawValue)])
    }

    private func publishOffboarded(_ onboarding: Onboarding) throws {
        let steps = onboarding.steps.map { step in
            JSONValue.object(["step": .string(step.kind.rawValue), "state": .string(step.state.rawValue)])
        }
        try publish(
            .wabaOffboarded, onboarding, key: "offboarded",
            data: ["business_id": .text(onboarding.businessID?.rawValue), "steps": .array(steps)])
    }

    private func publishOnboarded(_ onboarding: Onboarding) throws {
        try keep(onboarding)
        let number = try onboarding.phoneNumberID.flatMap { try tx.phoneNumbers.find($0, of: onboarding.partnerID) }
        let numbers = try onboarding.provenWABAID.map { try tx.phoneNumbers.ofWABA($0) } ?? []
        let actions = onboarding.openActions.map { remedy in
            JSONValue.object(["actor": .string(remedy.actor.rawValue), "text": .string(remedy.text)])
        }
        try publish(
            .wabaOnboarded, onboarding, key: "onboarded",
            data: [
                "phone_number": .text(onboarding.phoneNumber),
                "display_phone_number": .text(number?.facts.displayPhoneNumber),
                "verified_name": .text(number?.facts.verifiedName),
                "business_id": .text(onboarding.businessID?.rawValue),
                "phone_number_ids": .array(numbers.filter(\.facts.isConnected).map { .string($0.id.rawValue) }),
                "plan": .string(onboarding.plan.rawValue), "actions": .array(actions),
            ])
    }

    private func publish(_ type: EventType, _ onboarding: Onboarding, key: String, data: [String: JSONValue]) throws {
        try tx.publish(
            EventDraft(
                type: type, partnerID: onboarding.partnerID, customerID: onboarding.customerID,
                wabaID: onboarding.provenWABAID, phoneNumberID: onboarding.phoneNumberID, onboardingID: onboarding.id,
                data: data, dedupeKey: "\(onboarding.id):\(type.rawValue):\(key)"))
    }
}

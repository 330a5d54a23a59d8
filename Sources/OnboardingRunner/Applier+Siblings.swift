// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import Store

/// One signup may bring several WABAs: each gets a run of its own, so that one's failure holds up no other.
/// Source: Meta, embedded-signup/implementation, `waba_ids`; debug_token, `target_ids`.
extension Applier {
    func beget(_ id: OnboardingID, for waba: WABAID, by parent: Onboarding) throws {
        guard try tx.onboardings.find(id) == nil else { return }
        var input = parent.input
        input.wabaIDs = nil
        let steps = parent.steps.map { step in
            var record = StepRecord(seq: step.seq, kind: step.kind)
            guard step.kind == .exchangeCode || step.kind == .inspectToken else { return record }
            record.state = .skipped
            record.finishedAt = tx.now
            record.facts = TokenExpiry.facts(TokenExpiry.read(from: parent))
            record.facts["note"] = "done by \(parent.id)"
            return record
        }
        var sibling = Onboarding(
            id: id, partnerID: parent.partnerID, customerID: parent.customerID, appID: parent.appID, plan: parent.plan,
            input: input, createdAt: tx.now, state: .running, steps: steps)
        sibling.parentID = parent.id
        sibling.claimedWABAID = waba
        sibling.currency = parent.currency
        sibling.region = parent.region
        try tx.onboardings.insert(sibling)
        try keepSecrets(of: sibling, from: parent)
        try tx.wabas.claim(waba, by: parent.partnerID, onboarding: id, expiresAt: tx.now + .days(14))
        try tx.activities.record(
            partner: parent.partnerID, actor: "system", action: "onboarding.begun", target: id.rawValue,
            detail: "of the same signup as \(parent.id)")
        try tx.work.enqueue(kind: WorkKind.onboarding, key: id.rawValue, dueAt: tx.now)
    }

    private func keepSecrets(of sibling: Onboarding, from parent: Onboarding) throws {
        let (old, new) = (SecretTable.Owner.onboarding(parent.id), SecretTable.Owner.onboarding(sibling.id))
        if let token: BusinessToken = try tx.secrets.get(.businessToken, of: old) {
            try tx.secrets.put(token, as: .businessToken, of: new)
        }
        if let pin: RegistrationPIN = try tx.secrets.get(.pin, of: old) { try tx.secrets.put(pin, as: .pin, of: new) }
        if let token: OtherSecret = try tx.secrets.get(.callbackVerifyToken, of: old) {
            try tx.secrets.put(token, as: .callbackVerifyToken, of: new)
        }
    }
}

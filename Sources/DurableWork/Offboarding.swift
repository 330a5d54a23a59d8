// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// Begins the departure of a WABA, whoever decided it: a request, or the customer who removed us.
package enum Offboarding {
    /// Writes the run; its work is the caller's to insert, in the same transaction. No other run of the WABA may be open.
    package static func insert(
        _ waba: WABA, app: MetaApp, options: PlanOptions, actor: String, in tx: StoreTransaction
    ) throws -> Onboarding {
        var onboarding = Onboarding(
            id: OnboardingID(at: tx.now), partnerID: waba.partnerID, customerID: waba.customerID, appID: waba.appID,
            plan: .offboarding, input: OnboardingInput(options: options), createdAt: tx.now, state: .running,
            steps: PlanKind.offboarding.steps(for: app.kind, options: options).enumerated().map {
                StepRecord(seq: $0.offset + 1, kind: $0.element)
            })
        onboarding.claimedWABAID = waba.id
        onboarding.provenWABAID = waba.id
        onboarding.evidence = waba.evidence
        onboarding.businessID = waba.businessID
        try tx.onboardings.insert(onboarding)
        if let token: BusinessToken = try tx.secrets.get(.businessToken, of: .waba(waba.id)) {
            try tx.secrets.put(token, as: .businessToken, of: .onboarding(onboarding.id))
        }
        try tx.activities.record(
            partner: waba.partnerID, actor: actor, action: "waba.offboarding_begun", target: waba.id.rawValue)
        return onboarding
    }

    /// After the customer removed us, where the app is set to it. A run that is open goes on instead: it waits for a new code.
    package static func beginAfterRemoval(of waba: WABA, in tx: StoreTransaction) throws {
        guard let app = try tx.apps.find(waba.appID), app.offboardsOnRemoval,
            try tx.onboardings.openRun(of: waba.id, except: nil) == nil
        else { return }
        let onboarding = try insert(waba, app: app, options: PlanOptions(), actor: "system", in: tx)
        try tx.work.enqueue(kind: WorkKind.onboarding, key: onboarding.id.rawValue, dueAt: tx.now)
    }
}

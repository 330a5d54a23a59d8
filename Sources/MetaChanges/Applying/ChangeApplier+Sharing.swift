// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import Store

extension ChangeApplier {
    /// The customer took the WABA away, or ended coexistence.
    func remove(_ removal: MetaChangeKind.Removal, _ unit: ChangeUnit) throws -> ChangeResult {
        guard let id = removal.waba else { return .ignored }
        guard try tx.notifications.isFirst(changeKey: unit.key) else { return .duplicate }
        guard try tx.wabas.recordRemoval(id, at: unit.at) else { return .stale }
        guard let waba = try owned(id), waba.appID == unit.app else { return .unowned }
        let result = try disconnect(waba, removal.lossReason, removal, at: unit.at, key: unit.eventKey)
        if result == .applied { try Offboarding.beginAfterRemoval(of: waba, in: tx) }
        return result
    }

    /// Read at Meta, not told by it: the WABA is not shown to us any more.
    func left(_ waba: WABA, at: Timestamp) throws -> ChangeResult {
        if let share = try tx.wabas.share(of: waba.id), share.sharedAt > at { return .stale }
        try tx.wabas.recordRemoval(waba.id, at: at)
        let removal = MetaChangeKind.Removal(
            waba: waba.id, business: waba.businessID, app: nil, phoneNumber: nil, reason: nil, initiatedBy: nil)
        let result = try disconnect(waba, .partnerRemoved, removal, at: at, key: "gone:\(at.milliseconds)")
        if result == .applied { try Offboarding.beginAfterRemoval(of: waba, in: tx) }
        return result
    }

    /// The customer removed the app: every token of that business is dead.
    func uninstall(_ removal: MetaChangeKind.Removal, _ unit: ChangeUnit) throws -> ChangeResult {
        // A Multi-Partner Solution's other partner has an app of its own.
        if let app = removal.app, app != unit.app { return .ignored }
        guard try tx.notifications.isFirst(changeKey: unit.key) else { return .duplicate }
        let named = try removal.waba.flatMap { try tx.wabas.find($0) }
        let others = try removal.business.map { try tx.wabas.ofBusiness($0) } ?? []
        let wabas = ([named].compactMap(\.self) + others.filter { $0.id != named?.id })
            .filter { $0.appID == unit.app && $0.state != .offboarded }
        guard !wabas.isEmpty else { return .unowned }
        var result = ChangeResult.stale
        for waba in wabas {
            if let share = try tx.wabas.share(of: waba.id), share.sharedAt > unit.at { continue }
            let one = try disconnect(waba, .tokenInvalid, removal, at: unit.at, key: unit.eventKey)
            if one == .applied { result = .applied }
        }
        return result
    }

    /// `note` stays on record with the state.
    func disconnect(
        _ waba: WABA, _ reason: FailureReason, _ removal: MetaChangeKind.Removal, note: String? = nil, at: Timestamp,
        key: String
    ) throws -> ChangeResult {
        guard let state = AccountWord.disconnected.state(after: waba.state, hasOpenRun: false) else { return .stale }
        guard try tx.wabas.noteState(state, restriction: note, at: at, of: waba.id) else { return .stale }
        let number = try removal.phoneNumber.flatMap {
            try tx.phoneNumbers.find(number: PhoneNumberFacts.e164($0), waba: waba.id)
        }
        try publish(
            .wabaDisconnected, about: waba, number: number?.id,
            data: [
                "reason": .string(reason.rawValue), "actor": .string(reason.remedy.actor.rawValue),
                "remedy": .string(reason.remedy.text), "disconnection_reason": .text(removal.reason),
                "initiated_by": .text(removal.initiatedBy),
            ], key: key + ":" + waba.id.rawValue)
        try interrupt(runsOf: waba.id, reason)
        return .applied
    }

    /// Stops every open run that has proven the WABA, and tells its partner.
    func interrupt(runsOf waba: WABAID, _ reason: FailureReason) throws {
        for before in try tx.onboardings.openRuns(waba: waba, business: nil) where before.provenWABAID == waba {
            // Already stopped because the WABA is lost: the first reason stands.
            if before.state == .actionRequired, before.reason?.isLoss == true { continue }
            var run = before
            guard run.interrupt(reason, detail: "told by Meta", at: tx.now) else { continue }
            try tx.onboardings.save(run, before: before)
            try publishStop(of: run, reason)
        }
    }

    private func publishStop(of run: Onboarding, _ reason: FailureReason) throws {
        try tx.publish(
            EventDraft(
                type: .onboardingActionRequired, partnerID: run.partnerID, customerID: run.customerID,
                wabaID: run.provenWABAID, phoneNumberID: run.phoneNumberID, onboardingID: run.id,
                data: [
                    "state": .string(run.state.rawValue), "step": .text(run.currentStep?.kind.rawValue),
                    "reason": .string(reason.rawValue), "actor": .string(reason.remedy.actor.rawValue),
                    "remedy": .string(reason.remedy.text), "phone_number": .text(run.phoneNumber),
                    "claimed_waba_id": .text(run.claimedWABAID?.rawValue),
                ], dedupeKey: "\(run.id):interrupted:\(reason.rawValue):\(tx.now.milliseconds)"))
    }
}

extension MetaChangeKind.Removal {
    /// A number with a reason is the end of coexistence. Source: Meta, `disconnection_info`.
    fileprivate var lossReason: FailureReason {
        phoneNumber == nil && reason == nil ? .partnerRemoved : .businessAppDisconnected
    }
}

extension FailureReason {
    /// Nothing but a new signup brings the WABA back.
    fileprivate var isLoss: Bool {
        [.partnerRemoved, .businessAppDisconnected, .tokenInvalid, .accountDeleted].contains(self)
    }
}

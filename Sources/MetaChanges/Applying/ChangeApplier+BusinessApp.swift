// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
import Store

/// Numbers that their customers use in the WhatsApp Business app as well. Source: Meta, onboarding-business-app-users.
extension ChangeApplier {
    private static let offboarded = "ACCOUNT_OFFBOARDED"

    /// The phone was re-registered: nothing works until it comes back.
    func leftPhone(_ waba: WABA, _ unit: ChangeUnit) throws -> ChangeResult {
        let removal = MetaChangeKind.Removal(
            waba: waba.id, business: waba.businessID, app: nil, phoneNumber: nil, reason: Self.offboarded,
            initiatedBy: nil)
        return try disconnect(
            waba, .businessAppDisconnected, removal, note: Self.offboarded, at: unit.at, key: unit.eventKey)
    }

    /// Only what the same word took away comes back by itself: a customer who removed us has to sign up again.
    func returned(_ waba: WABA, _ unit: ChangeUnit) throws -> ChangeResult {
        guard waba.state == .disconnected, waba.restriction == Self.offboarded else { return .stale }
        let runs = try tx.onboardings.openRuns(waba: waba.id, business: nil).filter { $0.provenWABAID == waba.id }
        let state: WABA.State = runs.isEmpty ? .live : .onboarding
        guard try tx.wabas.noteState(state, restriction: nil, at: unit.at, of: waba.id) else { return .stale }
        try publish(
            .wabaReconnected, about: waba, data: ["state": .string(state.rawValue)],
            key: unit.eventKey + ":" + waba.id.rawValue)
        for before in runs where before.reason == .businessAppDisconnected {
            var run = before
            guard run.resume(at: tx.now) else { continue }
            try tx.onboardings.save(run, before: before)
            try tx.work.enqueue(kind: WorkKind.onboarding, key: run.id.rawValue, dueAt: tx.now)
        }
        return .applied
    }

    func synchronised(_ waba: WABA, _ news: MetaChangeKind.SyncNews, _ unit: ChangeUnit) throws -> ChangeResult {
        let isNews = try tx.businessAppSyncs.note(
            news.state, progress: news.progress, of: news.kind, on: news.phoneNumberID)
        guard isNews else { return .stale }
        try publish(
            .businessAppSyncUpdated, about: waba, number: news.phoneNumberID,
            data: [
                "sync": .string(news.kind.rawValue), "state": .string(news.state.rawValue),
                "progress": news.progress.map { .integer(Int64($0)) } ?? .null,
            ], key: unit.eventKey)
        return .applied
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import DurableWork
package import Store

/// Applies changes inside one transaction: at most about 100 of them.
package struct ChangeApplier {
    let tx: StoreTransaction
    private let owners: OwnerCache
    private let forwards: ForwardCollector
    let tests: TestMessageWatch

    package init(_ tx: StoreTransaction) {
        self.tx = tx
        owners = OwnerCache()
        forwards = ForwardCollector()
        tests = TestMessageWatch()
    }

    package func apply(_ unit: ChangeUnit) throws -> ChangeResult {
        let result = try applied(unit)
        if let change = unit.forward, let waba = try unit.waba.flatMap({ try owned($0) }) {
            try forwards.add(change, of: waba, app: unit.app, in: tx)
        }
        return result
    }

    /// Hands on what was collected; call it last in the transaction.
    package func finish() throws { try forwards.flush(in: tx) }

    private func applied(_ unit: ChangeUnit) throws -> ChangeResult {
        switch unit.fact {
        case .none: return .ignored
        case .received(let message, let number): return try publish(message, on: number, unit)
        case .status(let status, let number): return try publish(status, on: number, unit)
        case .change(let kind):
            owners.forget()
            return try apply(kind, unit)
        }
    }

    private func apply(_ kind: MetaChangeKind, _ unit: ChangeUnit) throws -> ChangeResult {
        switch kind {
        case .partnerAdded(let share), .partnerAppInstalled(let share): return try record(share, unit)
        case .partnerRemoved(let removal): return try remove(removal, unit)
        case .partnerAppUninstalled(let removal): return try uninstall(removal, unit)
        case .accountReview(let decision):
            return try once(unit) { try review($0, decision, at: unit.at, isHearsay: false) }
        case .accountDeleted: return try once(unit) { try deleted($0, unit) }
        case .businessAppOffboarded: return try once(unit) { try leftPhone($0, unit) }
        case .businessAppReconnected: return try once(unit) { try returned($0, unit) }
        case .businessAppSync(let news): return try once(unit) { try synchronised($0, news, unit) }
        case .disabled(let ban): return try once(unit) { try disabled($0, ban, unit) }
        case .violation(let violation): return try once(unit) { try violated($0, violation, unit) }
        case .restriction(let restrictions): return try once(unit) { try restricted($0, restrictions, unit) }
        case .nameUpdate(let update): return try once(unit) { try name($0, update, unit) }
        case .qualityUpdate(let update): return try once(unit) { try quality($0, update, unit) }
        case .templateStatus(let status): return try once(unit) { try template($0, status, unit) }
        case .capability, .unknown, .messages: return .ignored
        }
    }

    /// For what concerns an owner only. The key is kept only if somebody heard: a WABA may find its owner later.
    func once(_ unit: ChangeUnit, _ body: (WABA) throws -> ChangeResult) throws -> ChangeResult {
        guard let waba = try unit.waba.flatMap({ try owned($0) }) else { return .unowned }
        guard try tx.notifications.isFirst(changeKey: unit.key) else { return .duplicate }
        return try body(waba)
    }

    /// The WABA, while a partner of ours is to hear of it.
    func owned(_ id: WABAID) throws -> WABA? {
        try owners.find(id) {
            let waba = try tx.wabas.find(id)
            return waba?.state == .offboarded ? nil : waba
        }
    }

    func publish(
        _ type: EventType, about waba: WABA, number: PhoneNumberID? = nil, data: [String: JSONValue], key: String
    ) throws {
        try tx.publish(
            EventDraft(
                type: type, partnerID: waba.partnerID, customerID: waba.customerID, wabaID: waba.id,
                phoneNumberID: number, data: data, dedupeKey: key))
    }

    private func record(_ share: MetaChangeKind.Share, _ unit: ChangeUnit) throws -> ChangeResult {
        guard try tx.notifications.isFirst(changeKey: unit.key) else { return .duplicate }
        try tx.wabas.recordShare(share.waba, business: share.business, solution: share.solution, at: unit.at)
        for run in try tx.onboardings.openRuns(waba: share.waba, business: share.business) {
            try tx.work.wake(kind: WorkKind.onboarding, key: run.id.rawValue)
        }
        return .applied
    }
}

extension ChangeUnit {
    /// The same happening is published once, whoever applies it again.
    var eventKey: String { "meta:" + key.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}

/// One look per WABA and transaction: a batch of messages mostly speaks of one.
final class OwnerCache {
    private var known: [WABAID: WABA?] = [:]

    func find(_ id: WABAID, _ look: () throws -> WABA?) rethrows -> WABA? {
        if let known = known[id] { return known }
        let waba = try look()
        known[id] = .some(waba)
        return waba
    }

    func forget() { known = [:] }
}

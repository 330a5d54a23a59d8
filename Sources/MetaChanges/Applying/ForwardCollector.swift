// SPDX-License-Identifier: Apache-2.0
import Domain
import Store

/// Gathers the changes of one transaction that are handed on as they came: by notification and partner, so that no partner
/// sees another's.
final class ForwardCollector {
    private struct Batch {
        let notification: RawNotification
        let partner: PartnerID
        let firstKey: [UInt8]
        var changes: [RawChange]
    }

    /// One look per partner and transaction.
    private var isWanted: [PartnerID: Bool] = [:]
    private var batches: [Batch] = []

    /// Keeps nothing when the partner wants no raw changes, or had this one before.
    func add(_ change: SplitChange, of waba: WABA, app: AppID, in tx: StoreTransaction) throws {
        guard let entry = change.entry, try wants(waba.partnerID, in: tx) else { return }
        let names = ["forward", app.rawValue, waba.id.rawValue, waba.partnerID.rawValue, change.field]
        let key = ChangeKey.make(of: change, names)
        guard try tx.notifications.isFirst(changeKey: key) else { return }
        let raw = RawChange(
            entry: entry, bytes: change.bytes, field: change.field, wabaID: waba.id, customerID: waba.customerID,
            phoneNumberID: change.phoneNumberID, types: change.eventTypes)
        let index = batches.firstIndex {
            $0.notification === entry.notification && $0.partner == waba.partnerID
        }
        if let index {
            batches[index].changes.append(raw)
        } else {
            batches.append(
                Batch(notification: entry.notification, partner: waba.partnerID, firstKey: key, changes: [raw]))
        }
    }

    func flush(in tx: StoreTransaction) throws {
        for batch in batches {
            let key = batch.firstKey.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            try tx.forward(batch.changes, to: batch.partner, dedupeKey: "forward:" + key)
        }
        batches = []
    }

    private func wants(_ partner: PartnerID, in tx: StoreTransaction) throws -> Bool {
        if let known = isWanted[partner] { return known }
        let wants = try tx.forwardsRawChanges(to: partner)
        isWanted[partner] = wants
        return wants
    }
}

extension SplitChange {
    fileprivate var phoneNumberID: PhoneNumberID? {
        if case .success(.messages(let batch)) = content { return batch.phoneNumberID }
        return nil
    }

    /// The events that tell the same as this change.
    fileprivate var eventTypes: Set<EventType> {
        switch try? content.get() {
        case .messages(let batch):
            Set(
                (batch.received.isEmpty ? [] : [EventType.messageReceived])
                    + (batch.statuses.isEmpty ? [] : [.messageStatus]))
        case .partnerRemoved, .partnerAppUninstalled, .businessAppOffboarded: [.wabaDisconnected]
        case .businessAppReconnected: [.wabaReconnected]
        case .businessAppSync: [.businessAppSyncUpdated]
        case .accountReview: [.wabaReviewUpdated]
        case .nameUpdate: [.phoneNumberNameUpdated]
        case .qualityUpdate: [.phoneNumberQualityUpdated]
        case .accountDeleted: [.wabaDeleted]
        case .disabled, .violation, .restriction: [.wabaRestricted]
        case .templateStatus: [.templateStatusUpdated]
        case .partnerAdded, .partnerAppInstalled, .capability, .unknown, nil: []
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Crypto
package import Domain

/// The smallest thing that is applied once and for all: a change, or one message or status of a change.
package struct ChangeUnit: Sendable {
    enum Fact: Sendable {
        case change(MetaChangeKind)
        case received(ReceivedMessage, on: PhoneNumberID?)
        case status(MessageStatus, on: PhoneNumberID?)
        /// Only to be handed on: nothing in it can be applied.
        case none
    }

    let app: AppID
    /// When it happened, as far as Meta says; else when it came.
    let at: Timestamp
    package let field: String
    let waba: WABAID?
    let fact: Fact
    /// What makes it the same thing when it is delivered again: the second it speaks of, then a SHA-256.
    package let key: [UInt8]
    /// The whole change, at its last unit: then it is handed on to who wants Meta's own words.
    var forward: SplitChange?

    /// Its units in order; none when the change cannot be read.
    package static func units(of change: SplitChange, app: AppID, receivedAt: Timestamp) -> [ChangeUnit] {
        guard case .success(let kind) = change.content else { return [] }
        let maker = Maker(change: change, app: app, receivedAt: receivedAt)
        var units = maker.units(kind)
        units[units.count - 1].forward = change
        return units
    }

    private struct Maker {
        let change: SplitChange
        let app: AppID
        let receivedAt: Timestamp

        /// Never empty.
        func units(_ kind: MetaChangeKind) -> [ChangeUnit] {
            guard case .messages(let batch) = kind else { return [unit(.change(kind), at: nil, natural: nil)] }
            let units = received(batch) + statuses(batch)
            return units.isEmpty ? [unit(.none, at: nil, natural: nil)] : units
        }

        private func received(_ batch: MessageBatch) -> [ChangeUnit] {
            batch.received.map { message in
                unit(.received(message, on: batch.phoneNumberID), at: message.sentAt, natural: ["message", message.id])
            }
        }

        private func statuses(_ batch: MessageBatch) -> [ChangeUnit] {
            batch.statuses.map { status in
                unit(
                    .status(status, on: batch.phoneNumberID), at: status.at,
                    natural: ["status", status.id, status.status, status.recipient ?? ""])
            }
        }

        func unit(_ fact: Fact, at: Timestamp?, natural: [String]?) -> ChangeUnit {
            ChangeUnit(
                app: app, at: believable(at ?? change.entryTime), field: change.field, waba: change.wabaID, fact: fact,
                key: key(natural, at: at))
        }

        /// A word from the future would outrank every later one.
        private func believable(_ time: Timestamp?) -> Timestamp {
            guard let time, time <= receivedAt + .minutes(5) else { return receivedAt }
            return time
        }

        private func key(_ natural: [String]?, at: Timestamp?) -> [UInt8] {
            let names = [app.rawValue, change.entryID ?? "", change.field] + (natural ?? [])
            guard natural != nil else { return ChangeKey.make(of: change, names) }
            return ChangeKey.make(names, at: at)
        }
    }
}

/// What makes two changes, or two messages, the same: the second Meta gives to it, and a SHA-256.
///
/// The second comes first, so that the keys of one time lie side by side in the database's index: random ones would rewrite a
/// page of it for each message.
enum ChangeKey {
    /// Over the names alone: they say which one it is. `at`: Meta's own word in what is delivered again, never ours.
    static func make(_ names: [String], at: Timestamp?) -> [UInt8] {
        var hash = SHA256()
        for name in names { add(name.utf8, to: &hash) }
        return second(at) + hash.finalize()
    }

    /// Over the names and the change's bytes and time.
    static func make(of change: SplitChange, _ names: [String]) -> [UInt8] {
        var hash = SHA256()
        for name in names { add(name.utf8, to: &hash) }
        add(change.bytes, to: &hash)
        add(String(change.entryTime?.milliseconds ?? 0).utf8, to: &hash)
        return second(change.entryTime) + hash.finalize()
    }

    private static func second(_ at: Timestamp?) -> [UInt8] {
        let second = UInt32(clamping: (at?.milliseconds ?? 0) / 1000)
        return withUnsafeBytes(of: second.bigEndian) { Array($0) }
    }

    /// Each part after its length, so that no two lists of parts read the same.
    private static func add(_ part: some Collection<UInt8>, to hash: inout SHA256) {
        withUnsafeBytes(of: UInt64(part.count).littleEndian) { hash.update(bufferPointer: $0) }
        let isContiguous = part.withContiguousStorageIfAvailable { hash.update(bufferPointer: .init($0)) } != nil
        if !isContiguous { hash.update(data: Array(part)) }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Crypto
package import Domain

/// The smallest thing that is applied once and for all: a change, or one message or status of a change.
package struct ChangeUnit: Sendable {
    enum Fact: Sendable {
        case change(MetaChangeKind)
        case received(ReceivedMessage, on: PhoneNumberID?)
        case status(MessageStatus, on: PhoneNumberID?)
    }

    let app: AppID
    /// When it happened, as far as Meta says; else when it came.
    let at: Timestamp
    package let field: String
    let waba: WABAID?
    let fact: Fact
    /// SHA-256 over what makes it the same thing when it is delivered again.
    package let key: [UInt8]

    /// Its units in order; none when the change cannot be read.
    package static func units(of change: SplitChange, app: AppID, receivedAt: Timestamp) -> [ChangeUnit] {
        guard case .success(let kind) = change.content else { return [] }
        let maker = Maker(change: change, app: app, receivedAt: receivedAt)
        guard case .messages(let batch) = kind else { return [maker.unit(.change(kind), at: nil, natural: nil)] }
        return batch.received.map { message in
            maker.unit(
                .received(message, on: batch.phoneNumberID), at: message.sentAt, natural: ["message", message.id])
        }
            + batch.statuses.map { status in
                maker.unit(
                    .status(status, on: batch.phoneNumberID), at: status.at,
                    natural: ["status", status.id, status.status, status.recipient ?? ""])
            }
    }

    private struct Maker {
        let change: SplitChange
        let app: AppID
        let receivedAt: Timestamp

        func unit(_ fact: Fact, at: Timestamp?, natural: [String]?) -> ChangeUnit {
            ChangeUnit(
                app: app, at: believable(at ?? change.entryTime), field: change.field, waba: change.wabaID, fact: fact,
                key: key(natural))
        }

        /// A word from the future would outrank every later one.
        private func believable(_ time: Timestamp?) -> Timestamp {
            guard let time, time <= receivedAt + .minutes(5) else { return receivedAt }
            return time
        }

        private func key(_ natural: [String]?) -> [UInt8] {
            var hash = SHA256()
            for part in [app.rawValue, change.entryID ?? "", change.field] + (natural ?? []) {
                add(part.utf8, to: &hash)
            }
            if natural == nil {
                add(change.bytes, to: &hash)
                add(String(change.entryTime?.milliseconds ?? 0).utf8, to: &hash)
            }
            return Array(hash.finalize())
        }

        /// Each part after its length, so that no two lists of parts read the same.
        private func add(_ part: some Collection<UInt8>, to hash: inout SHA256) {
            withUnsafeBytes(of: UInt64(part.count).littleEndian) { hash.update(bufferPointer: $0) }
            let isContiguous = part.withContiguousStorageIfAvailable { hash.update(bufferPointer: .init($0)) } != nil
            if !isContiguous { hash.update(data: Array(part)) }
        }
    }
}

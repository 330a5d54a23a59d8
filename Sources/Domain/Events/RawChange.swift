// SPDX-License-Identifier: Apache-2.0

/// The outline of one POST of Meta, shared by its changes.
package final class RawNotification: Sendable {
    /// The value of `object` as it came; nil when there was none.
    let object: [UInt8]?

    package init(object: [UInt8]?) { self.object = object }
}

/// What stands beside `changes` in one entry: the values of `id` and `time`, byte for byte.
package struct RawEntry: Sendable {
    package let notification: RawNotification
    /// Its place in `entry[]`.
    let index: Int
    let id: ArraySlice<UInt8>?
    let time: ArraySlice<UInt8>?

    package init(notification: RawNotification, index: Int, id: ArraySlice<UInt8>?, time: ArraySlice<UInt8>?) {
        self.notification = notification
        self.index = index
        self.id = id
        self.time = time
    }
}

/// One element of `entry[].changes[]` as Meta sent it, for endpoints that want Meta's own words.
package struct RawChange: Sendable {
    /// How deliveries of raw changes are listed among the events. Stored and shown: never rename.
    package static let eventType = "whatsapp.meta_raw"

    /// What marks a forward. Source: Splashify, "WhatsApp Events".
    package static let header = "X-Webhook-Type"
    package static let headerValue = "meta_raw"

    package let entry: RawEntry
    /// Shares the notification's storage.
    package let bytes: ArraySlice<UInt8>
    package let field: String
    package let wabaID: WABAID
    package let customerID: CustomerID
    package let phoneNumberID: PhoneNumberID?
    /// The events that tell the same; none where only Meta's words do.
    package let types: Set<EventType>

    package init(
        entry: RawEntry, bytes: ArraySlice<UInt8>, field: String, wabaID: WABAID, customerID: CustomerID,
        phoneNumberID: PhoneNumberID?, types: Set<EventType>
    ) {
        self.entry = entry
        self.bytes = bytes
        self.field = field
        self.wabaID = wabaID
        self.customerID = customerID
        self.phoneNumberID = phoneNumberID
        self.types = types
    }

    /// A notification with these changes and nothing else, each change with the bytes it came with.
    package static func body(of changes: [RawChange]) -> [UInt8] {
        var body = Array("{".utf8)
        if let object = changes.first?.entry.notification.object {
            body += Array(#""object":"#.utf8) + object + [comma]
        }
        body += Array(#""entry":["#.utf8)
        var last: RawEntry?
        for change in changes {
            if let last, last.isSame(as: change.entry) {
                body.append(comma)
            } else {
                if last != nil { body += Array("]},".utf8) }
                body += change.entry.head
            }
            body += change.bytes
            last = change.entry
        }
        body += Array((changes.isEmpty ? "]}" : "]}]}").utf8)
        return body
    }

    private static let comma = UInt8(ascii: ",")
}

extension RawEntry {
    fileprivate var head: [UInt8] {
        var head = Array("{".utf8)
        if let id { head += Array(#""id":"#.utf8) + id + Array(",".utf8) }
        if let time { head += Array(#""time":"#.utf8) + time + Array(",".utf8) }
        return head + Array(#""changes":["#.utf8)
    }

    fileprivate func isSame(as other: RawEntry) -> Bool {
        index == other.index && notification === other.notification
    }
}

extension Endpoint {
    /// By customer, and by the events that tell the same or the name of all raw changes.
    package func wants(_ change: RawChange) -> Bool {
        guard customerID == nil || customerID == change.customerID else { return false }
        return events.matches(RawChange.eventType) || change.types.contains { events.matches($0.rawValue) }
    }
}

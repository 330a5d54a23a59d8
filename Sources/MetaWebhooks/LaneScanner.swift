// SPDX-License-Identifier: Apache-2.0
import Domain

/// Picks a notification's lane by one pass over its bytes, without reading it as JSON.
///
/// Every `"field": "…"` is looked at. Only when each names bulk traffic does the notification queue among messages: a batch
/// that mixes both, names something unknown or cannot be understood goes to `account`, so that no `PARTNER_ADDED` waits
/// behind messages. Text inside strings cannot fool it: there every quote is escaped, and a token that begins with an
/// escaped quote is passed over.
enum LaneScanner {
    /// Fields whose number grows with messages. Source: Meta, webhooks/reference; coexistence.
    static let bulkFields: Set<String> = [
        "messages", "message_echoes", "smb_message_echoes", "history", "smb_app_state_sync", "calls", "standby",
        "messaging_handovers",
    ]

    private static let token = Array("\"field\"".utf8)
    private static let bulk = bulkFields.map { Array($0.utf8) }

    static func lane(of body: [UInt8]) -> NotificationLane {
        body.withUnsafeBytes { bytes in
            var lane = NotificationLane.account
            var index = 0
            while let end = findToken(in: bytes, from: index) {
                index = end
                guard let field = stringValue(in: bytes, after: end) else { continue }
                guard isBulk(bytes[field]) else { return .account }
                lane = .messages
                index = field.upperBound
            }
            return lane
        }
    }

    /// The index behind the next `"field"`. Looks at about every seventh byte (Horspool): the byte that stands where the
    /// token would end says how far the token may be moved on.
    private static func findToken(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var last = start + token.count - 1
        while last < bytes.count {
            let byte = bytes[last]
            if byte == UInt8(ascii: "\""), isToken(in: bytes, at: last + 1 - token.count) { return last + 1 }
            last += shift(byte)
        }
        return nil
    }

    private static func shift(_ byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "\""): 6
        case UInt8(ascii: "f"): 5
        case UInt8(ascii: "i"): 4
        case UInt8(ascii: "e"): 3
        case UInt8(ascii: "l"): 2
        case UInt8(ascii: "d"): 1
        default: 7
        }
    }

    private static func isToken(in bytes: UnsafeRawBufferPointer, at start: Int) -> Bool {
        for offset in token.indices where bytes[start + offset] != token[offset] { return false }
        return start == 0 || bytes[start - 1] != UInt8(ascii: "\\")
    }

    /// Where the string behind `:` lies, without its quotes; nil when no string follows.
    private static func stringValue(in bytes: UnsafeRawBufferPointer, after end: Int) -> Range<Int>? {
        var index = skipSpace(in: bytes, from: end)
        guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { return nil }
        index = skipSpace(in: bytes, from: index + 1)
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return nil }
        let start = index + 1
        index = start
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") { index += 1 }
        return index < bytes.count ? start..<index : nil
    }

    private static func skipSpace(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index < bytes.count, isSpace(bytes[index]) { index += 1 }
        return index
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    private static func isBulk(_ field: Slice<UnsafeRawBufferPointer>) -> Bool {
        bulk.contains { $0.count == field.count && $0.elementsEqual(field) }
    }
}

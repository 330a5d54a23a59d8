// SPDX-License-Identifier: Apache-2.0

/// What `POST /_sandbox/webhooks` may say: a field and event of Meta's, with our default payload or the caller's own.
struct WebhookOrder: Sendable {
    /// One change to send.
    struct Change: Sendable {
        var field: String?
        var event: String?
        var variant: String?
        /// Sent as it is; the world feels nothing of it.
        var value: JSON?
        /// Laid over the default payload.
        var overlay: JSON?
        var entryID: String?
        var wabaID: String?
        var phoneNumberID: String?
    }

    var changes: [Change]
    /// How many of each, every one with ids of its own.
    var count: Int
    /// How often each is sent, alike to the byte.
    var copies: Int
    var forgery: ScheduledEvent.Forgery?
    /// Sent last to first.
    var isReordered: Bool
    /// All in as few POSTs as Meta's limits allow.
    var isBatch: Bool
    var delay: Milliseconds
    static let mostUpdates = 20_000

    init(_ body: JSON) throws(ControlFailure) {
        isReordered = body["reorder"]?.isTrue ?? false
        isBatch = body["batch"]?.isTrue ?? false
        delay = body["delay_ms"]?.number ?? 0
        count = Int(clamping: body["count"]?.number ?? 1)
        switch body["duplicate"] {
        case nil, .bool(false): copies = 1
        case .bool(true): copies = 2
        case let more: copies = Int(clamping: (more?.number ?? 1).addingReportingOverflow(1).partialValue)
        }
        switch body["forge"] {
        case nil, .bool(false), .null: forgery = nil
        case .bool(true): forgery = .signature
        case let kind:
            forgery = kind?.text.flatMap(ScheduledEvent.Forgery.init(rawValue:))
            guard forgery != nil else { throw ControlFailure("forge: true, signature, body or missing expected") }
        }
        guard delay >= 0 else { throw ControlFailure("delay_ms: time does not run backwards") }
        let limit = 1...Self.mostUpdates
        guard limit.contains(copies) else { throw ControlFailure("duplicate: at most \(Self.mostUpdates - 1)") }
        guard limit.contains(count) else { throw ControlFailure("count: 1 to \(Self.mostUpdates)") }
        let list = body["changes"]?.elements ?? [body]
        guard limit.contains(list.count), limit.contains(list.count * count * copies) else {
            throw ControlFailure("changes: at most \(Self.mostUpdates) updates in one order")
        }
        changes = list.map { Change($0, whole: body) }
        for change in changes where change.field == nil && change.event == nil {
            throw ControlFailure("field: required, with event or value; or changes")
        }
        for change in changes where change.value != nil && change.field == nil {
            throw ControlFailure("field: required with a value")
        }
    }
}

extension WebhookOrder.Change {
    init(_ body: JSON, whole: JSON) {
        event = body["event"]?.text
        field = body["field"]?.text
        // Two events were first known by their field's name.
        if field == nil, event == "account_review_update" || event == "phone_number_name_update" {
            field = event
            event = body["decision"]?.text
        }
        event = event ?? body["decision"]?.text
        variant = body["variant"]?.text
        value = body["value"]
        overlay = body["set"]
        entryID = body["entry_id"]?.text ?? whole["entry_id"]?.text
        wabaID = body["waba_id"]?.text ?? whole["waba_id"]?.text
        phoneNumberID = body["phone_number_id"]?.text ?? whole["phone_number_id"]?.text
    }
}

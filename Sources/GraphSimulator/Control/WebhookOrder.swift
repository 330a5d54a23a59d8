// SPDX-License-Identifier: Apache-2.0

/// What `POST /_sandbox/webhooks` may say: a change in Meta's words, or the name of one the sandbox makes itself.
struct WebhookOrder: Sendable {
    var event: String?
    var field: String?
    var value: JSON?
    var entryID: String?
    var wabaID: String?
    var phoneNumberID: String?
    var decision: String?
    var copies: Int
    var isForged: Bool
    /// Sent last to first when several are given.
    var isReordered: Bool
    var delay: Milliseconds
    var others: [JSON]

    init(_ body: JSON) throws(ControlFailure) {
        event = body["event"]?.text
        field = body["field"]?.text
        value = body["value"]
        entryID = body["entry_id"]?.text
        wabaID = body["waba_id"]?.text
        phoneNumberID = body["phone_number_id"]?.text
        decision = body["decision"]?.text
        isForged = body["forge"]?.isTrue ?? false
        isReordered = body["reorder"]?.isTrue ?? false
        delay = body["delay_ms"]?.number ?? 0
        others = body["changes"]?.elements ?? []
        switch body["duplicate"] {
        case nil, .bool(false): copies = 1
        case .bool(true): copies = 2
        case let count: copies = Int(count?.number ?? 1) + 1
        }
        guard (1...10_000).contains(copies) else { throw ControlFailure("duplicate: at most 9999") }
        guard event != nil || (field != nil && value != nil) || !others.isEmpty else {
            throw ControlFailure("field: required, with value and entry_id; or event; or changes")
        }
    }
}

extension WorldState {
    mutating func emit(_ order: WebhookOrder) throws(ControlFailure) -> JSON {
        if let event = order.event {
            try make(event, order)
            return ["success": true]
        }
        var changes = order.others
        if changes.isEmpty {
            changes = [
                .object([
                    .init("field", .string(order.field ?? "")), .init("value", order.value ?? .null),
                    .init("entry_id", .string(order.entryID ?? order.wabaID ?? app.businessID)),
                ])
            ]
        }
        if order.isReordered { changes.reverse() }
        var count: Int64 = 0
        for change in changes {
            for _ in 0..<order.copies {
                try send(change, order)
                count += 1
            }
        }
        return ["success": true, "events": .int(count)]
    }

    private mutating func send(_ change: JSON, _ order: WebhookOrder) throws(ControlFailure) {
        guard let field = change["field"]?.text, let value = change["value"] else {
            throw ControlFailure("changes: each needs field and value")
        }
        let entryID = change["entry_id"]?.text ?? order.entryID ?? app.businessID
        let phoneID = value["metadata"]?["phone_number_id"]?.text
        let wabaID = value["waba_info"]?["waba_id"]?.text ?? (wabas[entryID] == nil ? nil : entryID)
        let webhook = ScheduledEvent.Webhook(
            appID: app.appID, field: field, entryID: entryID, value: String(decoding: value.bytes(), as: UTF8.self),
            timeSeconds: field == "messages" ? nil : (now + order.delay) / 1000, wabaID: wabaID, phoneNumberID: phoneID,
            isForged: order.isForged)
        schedule(webhook: webhook, lane: wabaID ?? entryID, after: order.delay)
    }

    /// Changes that the sandbox's world feels too.
    private mutating func make(_ event: String, _ order: WebhookOrder) throws(ControlFailure) {
        if event == "phone_number_name_update" {
            guard let id = order.phoneNumberID, phoneNumbers[id] != nil else {
                throw ControlFailure("phone_number_id: unknown", status: 404)
            }
            return reviewName(id, decision: order.decision ?? "APPROVED")
        }
        guard let wabaID = order.wabaID, let waba = wabas[wabaID] else {
            throw ControlFailure("waba_id: unknown", status: 404)
        }
        let info: JSON = ["waba_id": .string(wabaID), "owner_business_id": .string(waba.ownerBusinessID)]
        switch event {
        case "account_review_update": review(wabaID, decision: order.decision ?? "APPROVED")
        case "PARTNER_REMOVED":
            unshare(waba)
            emit(
                field: "account_update", wabaID: wabaID, entryID: waba.ownerBusinessID,
                value: ["event": "PARTNER_REMOVED", "waba_info": info], apps: [app.appID])
        case "PARTNER_APP_UNINSTALLED":
            invalidateTokens(ofBusiness: waba.ownerBusinessID, subcode: 458)
            emit(
                field: "account_update", wabaID: wabaID, entryID: waba.ownerBusinessID,
                value: ["event": "PARTNER_APP_UNINSTALLED", "waba_info": info], apps: [app.appID])
        case "password_changed": invalidateTokens(ofBusiness: waba.ownerBusinessID, subcode: 460)
        case "ACCOUNT_DELETED":
            unshare(waba)
            emit(
                field: "account_update", wabaID: wabaID, entryID: wabaID, value: ["event": "ACCOUNT_DELETED"],
                apps: [app.appID])
        default:
            throw ControlFailure(
                "event: account_review_update, phone_number_name_update, PARTNER_REMOVED, PARTNER_APP_UNINSTALLED, "
                    + "ACCOUNT_DELETED or password_changed expected")
        }
    }

    private mutating func unshare(_ waba: WABA) {
        var waba = waba
        waba.sharedWith = [:]
        waba.subscriptions = [:]
        waba.assignedUsers = [:]
        put(waba)
    }

    private mutating func invalidateTokens(ofBusiness id: String, subcode: Int) {
        for var token in tokens.values where token.kind == .business && token.businessID == id {
            token.invalidSubcode = subcode
            put(token)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

extension WorldState {
    /// Sends what was ordered. A forged change leaves the world as it is, as does one with a value of its own.
    mutating func emit(_ order: WebhookOrder) throws(ControlFailure) -> JSON {
        let batchID = order.isBatch ? nextEventID() : nil
        var drafts: [Draft] = []
        for change in order.isReordered ? order.changes.reversed() : order.changes {
            let target = try target(of: change)
            if change.event == "password_changed" {
                try changePassword(target)
                continue
            }
            for _ in 0..<order.count { drafts += try self.drafts(of: change, target, order) }
        }
        for draft in drafts { send(draft, order, batchID) }
        return ["success": true, "updates": .int(Int64(drafts.count * order.copies))]
    }

    /// What a change is about: objects of the world where they are known, else names for things that are not there.
    private struct Target {
        var waba: WABA?
        var phone: PhoneNumber?
        var wabaID: String
    }

    private struct Draft {
        var appID: String
        var field: String
        var entryID: String
        var value: String
        var wabaID: String?
        var phoneNumberID: String?
        var lane: String
    }

    private func target(of change: WebhookOrder.Change) throws(ControlFailure) -> Target {
        // A value of the caller's own needs nothing of the world.
        if let value = change.value {
            let id = value["waba_info"]?["waba_id"]?.text ?? change.wabaID ?? change.entryID
            let phoneID = change.phoneNumberID ?? value["metadata"]?["phone_number_id"]?.text
            let phone = phoneID.flatMap { phoneNumbers[$0] }
            let waba = id.flatMap { wabas[$0] } ?? phone.flatMap { wabas[$0.wabaID] }
            return Target(waba: waba, phone: phone, wabaID: waba?.id ?? id ?? app.businessID)
        }
        if let id = change.phoneNumberID {
            guard let phone = phoneNumbers[id] else { throw ControlFailure("phone_number_id: unknown", status: 404) }
            return Target(waba: wabas[phone.wabaID], phone: phone, wabaID: phone.wabaID)
        }
        if let id = change.wabaID {
            guard let waba = wabas[id] else { throw ControlFailure("waba_id: unknown", status: 404) }
            return Target(waba: waba, phone: waba.phoneNumberIDs.first.flatMap { phoneNumbers[$0] }, wabaID: id)
        }
        let newest = newestSharedWABA
        return Target(
            waba: newest, phone: newest?.phoneNumberIDs.first.flatMap { phoneNumbers[$0] },
            wabaID: newest?.id ?? "102290129340398")
    }

    /// The WABA that a change is about when nobody says which.
    private var newestSharedWABA: WABA? {
        guard let key = shared[app.businessID]?.keys.last else { return nil }
        return wabas[String(key.id)]
    }

    private mutating func drafts(
        of change: WebhookOrder.Change, _ target: Target, _ order: WebhookOrder
    ) throws(ControlFailure) -> [Draft] {
        let apps = target.waba.map { appIDs(seeing: $0.id) } ?? [app.appID]
        if let value = change.value, let field = change.field {
            return try apps.map { (appID) throws(ControlFailure) in
                try draft(appID, field, change.entryID ?? target.wabaID, value, target)
            }
        }
        let sample = try WebhookCatalog.sample(field: change.field, event: change.event, variant: change.variant)
        let drafts = try apps.map { (appID) throws(ControlFailure) in
            let facts = facts(target, appID)
            let value = sample.value(facts)
            let entryID =
                switch sample.entry {
                case .waba: facts.wabaID
                case .business: facts.ownerBusinessID
                case .partner: facts.partnerBusinessID
                }
            return try draft(
                appID, sample.field, change.entryID ?? entryID, change.overlay.map { value.merged(with: $0) } ?? value,
                target)
        }
        if order.forgery == nil, let waba = target.waba { feel(sample, waba, target.phone) }
        return drafts
    }

    private func draft(
        _ appID: String, _ field: String, _ entryID: String, _ value: JSON, _ target: Target
    ) throws(ControlFailure) -> Draft {
        guard value.bytes(escaping: .meta).count <= WebhookBody.largest - 4096 else {
            throw ControlFailure("value: larger than 3 MB")
        }
        let bytes = value.bytes()
        return Draft(
            appID: appID, field: field, entryID: entryID, value: String(decoding: bytes, as: UTF8.self),
            wabaID: target.waba?.id, phoneNumberID: target.phone?.id ?? value["metadata"]?["phone_number_id"]?.text,
            lane: target.waba?.id ?? entryID)
    }

    private mutating func send(_ draft: Draft, _ order: WebhookOrder, _ batchID: Int64?) {
        for _ in 0..<order.copies {
            let webhook = ScheduledEvent.Webhook(
                appID: draft.appID, field: draft.field, entryID: draft.entryID, value: draft.value,
                timeSeconds: WebhookSample.carriesTime(draft.field) ? (now + order.delay) / 1000 : nil,
                wabaID: draft.wabaID, phoneNumberID: draft.phoneNumberID, forgery: order.forgery, batchID: batchID)
            schedule(webhook: webhook, lane: batchID.map { "batch \($0)" } ?? draft.lane, after: order.delay)
        }
    }

    private func facts(_ target: Target, _ appID: String) -> WebhookSample.Facts {
        let party = party(ofApp: appID) ?? Party(app)
        let other = party.businessID == app.businessID ? app.partner.businessID : app.businessID
        return WebhookSample.Facts(
            wabaID: target.wabaID, ownerBusinessID: target.waba?.ownerBusinessID ?? "506914307656634",
            partnerBusinessID: party.businessID, otherPartnerBusinessID: other, appID: appID,
            solutionID: app.solutionID, systemUserID: party.systemUserID,
            phoneNumberID: target.phone?.id ?? "106540352242922", phoneDigits: target.phone?.digits ?? "15550783881",
            displayName: target.phone?.newDisplayName ?? target.phone?.verifiedName ?? "Lucky Shrub",
            person: "16505551234", personName: "Sheena Nelson", nowSeconds: nowSeconds)
    }

    /// What the world itself knows of afterwards.
    private mutating func feel(_ sample: WebhookSample, _ waba: WABA, _ phone: PhoneNumber?) {
        let event = sample.event ?? ""
        switch (sample.field, event) {
        case ("account_review_update", _): decideReview(waba.id, decision: event)
        case ("phone_number_name_update", _): if let phone { decideName(phone.id, decision: event) }
        case ("account_update", "PARTNER_ADDED") where waba.sharedWith[app.businessID] == nil:
            share(waba.id, with: [app.businessID])
        case ("account_update", "PARTNER_REMOVED"), ("account_update", "ACCOUNT_DELETED"): unshare(waba)
        case ("account_update", "PARTNER_APP_UNINSTALLED"):
            invalidateTokens(ofBusiness: waba.ownerBusinessID, subcode: 458)
        case ("messages", "text"):
            if let phone { put(InboundMessage(phoneNumberID: phone.id, from: "16505551234", at: now)) }
        default: break
        }
    }

    /// The customer's administrator changes a password: no webhook tells of it.
    private mutating func changePassword(_ target: Target) throws(ControlFailure) {
        guard let waba = target.waba else { throw ControlFailure("waba_id: unknown", status: 404) }
        invalidateTokens(ofBusiness: waba.ownerBusinessID, subcode: 460)
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

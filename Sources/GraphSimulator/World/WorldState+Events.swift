// SPDX-License-Identifier: Apache-2.0

extension WorldState {
    /// Sends a change of one number to every app that sees its WABA.
    mutating func emit(field: String, ofPhone phone: PhoneNumber, value: JSON, after delay: Milliseconds = 0) {
        emit(
            field: field, wabaID: phone.wabaID, entryID: phone.wabaID, value: value, phoneNumberID: phone.id,
            after: delay)
    }

    /// Sends a change of one WABA to every app that sees it.
    mutating func emit(
        field: String, wabaID: String, entryID: String, value: JSON, phoneNumberID: String? = nil,
        after delay: Milliseconds = 0, apps: [String]? = nil
    ) {
        let time = WebhookSample.carriesTime(field) ? (now + delay) / 1000 : nil
        let text = String(decoding: value.bytes(), as: UTF8.self)
        for appID in apps ?? appIDs(seeing: wabaID) {
            let webhook = ScheduledEvent.Webhook(
                appID: appID, field: field, entryID: entryID, value: text, timeSeconds: time, wabaID: wabaID,
                phoneNumberID: phoneNumberID)
            schedule(webhook: webhook, lane: wabaID, after: delay)
        }
    }

    mutating func schedule(
        change: ScheduledEvent.Change? = nil, webhook: ScheduledEvent.Webhook? = nil, lane: String,
        after delay: Milliseconds
    ) {
        var delay = delay
        if webhook != nil, !rehearsal.parts.isEmpty {
            if rehearsal.losesWebhooks(at: now) { return }
            delay += rehearsal.webhookDelay
        }
        put(
            ScheduledEvent(
                id: nextEventID(), due: now + delay, createdAt: now + delay, change: change, webhook: webhook,
                lane: lane))
    }

    /// The main app always; the solution's other app where it is a party and listens.
    func appIDs(seeing wabaID: String) -> [String] {
        var ids = [app.appID]
        if wabas[wabaID]?.sharedWith[app.partner.businessID] != nil, appSubscriptions[app.partner.appID] != nil {
            ids.append(app.partner.appID)
        }
        return ids
    }

    mutating func scheduleNameReview(_ phone: PhoneNumber, decision: String, after delay: Milliseconds) {
        schedule(change: .name(phoneNumberID: phone.id, decision: decision), lane: phone.wabaID, after: delay)
    }

    /// Carries out what is due by now; webhooks stay for the pump.
    mutating func applyDueChanges() {
        let due = events.values.filter { $0.change != nil && $0.due <= now }.sorted {
            ($0.due, $0.id) < ($1.due, $1.id)
        }
        for event in due { apply(event) }
    }

    /// Carries out an event's change and leaves its webhooks as events of their own.
    mutating func apply(_ event: ScheduledEvent) {
        guard let change = event.change else { return }
        finish(event: event.id)
        switch change {
        case .review(let wabaID, let decision): review(wabaID, decision: decision)
        case .name(let phoneNumberID, let decision): reviewName(phoneNumberID, decision: decision)
        case .share(let wabaID, let businessIDs): share(wabaID, with: businessIDs)
        case .template(let wabaID, let templateID, let decision):
            reviewTemplate(templateID, of: wabaID, decision: decision)
        case .certification(let id, let decision): settle(certification: id, decision: decision)
        case .migration(let wabaID, let solutionID): migrate(wabaID, to: solutionID)
        }
    }

    mutating func decideReview(_ wabaID: String, decision: String) {
        guard var waba = wabas[wabaID], ["APPROVED", "REJECTED", "PENDING"].contains(decision) else { return }
        waba.reviewStatus = decision
        put(waba)
    }

    mutating func review(_ wabaID: String, decision: String) {
        guard wabas[wabaID] != nil else { return }
        decideReview(wabaID, decision: decision)
        emit(field: "account_review_update", wabaID: wabaID, entryID: wabaID, value: ["decision": .string(decision)])
    }

    /// Answers the name that was decided on.
    @discardableResult
    mutating func decideName(_ phoneNumberID: String, decision: String) -> String? {
        guard var phone = phoneNumbers[phoneNumberID] else { return nil }
        let requested = phone.newDisplayName ?? phone.verifiedName
        if phone.newDisplayName == nil {
            phone.nameStatus =
                decision == "APPROVED" ? "APPROVED" : decision == "REJECTED" ? "DECLINED" : phone.nameStatus
        } else if decision == "APPROVED" {
            phone.verifiedName = requested
            phone.nameStatus = "APPROVED"
            phone.newDisplayName = nil
            phone.newNameStatus = nil
        } else if decision == "REJECTED" {
            phone.newNameStatus = "DECLINED"
        }
        put(phone)
        return requested
    }

    mutating func reviewName(_ phoneNumberID: String, decision: String) {
        guard let requested = decideName(phoneNumberID, decision: decision), let phone = phoneNumbers[phoneNumberID]
        else { return }
        emit(
            field: "phone_number_name_update", ofPhone: phone,
            value: [
                "display_phone_number": .string(phone.digits), "decision": .string(decision),
                "requested_verified_name": .string(requested),
                "rejection_reason": decision == "REJECTED" ? "NAME_NOT_CONSISTENT" : .null,
            ])
    }

    /// The newest share comes first among the owner's WABAs, as `debug_token` lists them.
    mutating func share(_ wabaID: String, with businessIDs: [String]) {
        guard var waba = wabas[wabaID], var owner = businesses[waba.ownerBusinessID] else { return }
        for id in businessIDs { waba.sharedWith[id] = now }
        put(waba)
        owner.wabaIDs.removeAll { $0 == wabaID }
        owner.wabaIDs.insert(wabaID, at: 0)
        put(owner)
    }
}

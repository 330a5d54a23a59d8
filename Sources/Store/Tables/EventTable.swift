// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct EventTable {
    let tx: StoreTransaction

    package func find(_ id: EventID, of partner: PartnerID?) throws -> Event? {
        guard let row = try tx.sql.first("SELECT * FROM event WHERE id = ?", [.id(id)]) else { return nil }
        let event = try Self.read(row)
        return partner == nil || event.partnerID == partner ? event : nil
    }

    package struct Filter: Sendable, Hashable {
        package var partner: PartnerID?
        package var type: String?
        package var onboarding: OnboardingID?

        package init(partner: PartnerID? = nil, type: String? = nil, onboarding: OnboardingID? = nil) {
            self.partner = partner
            self.type = type
            self.onboarding = onboarding
        }
    }

    package func page(_ filter: Filter, _ request: PageRequest) throws -> Page<Event> {
        var query = KeysetQuery("SELECT * FROM event", timeColumn: "occurred_at")
        if let partner = filter.partner { query.filter("partner_id = ?", .id(partner)) }
        if let type = filter.type { query.filter("type = ?", .text(type)) }
        if let onboarding = filter.onboarding { query.narrow("onboarding_id = ?", .id(onboarding)) }
        return try query.page(request, in: tx.sql, Self.read(_:))
    }

    /// Returns false when the same thing was published before.
    func insert(_ event: Event, dedupeKey: String) throws -> Bool {
        try tx.sql.execute(
            """
            INSERT INTO event (id, partner_id, type, occurred_at, customer_id, waba_id, phone_number_id, onboarding_id,
                data, dedupe_key)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (partner_id, dedupe_key) DO NOTHING
            """,
            [
                .id(event.id), .id(event.partnerID), .text(event.type), .time(event.occurredAt), .id(event.customerID),
                .id(event.wabaID), .id(event.phoneNumberID), .id(event.onboardingID), .text(event.dataJSON),
                .text(dedupeKey),
            ]) == 1
    }

    static func read(_ row: SQLRow) throws -> Event {
        Event(
            id: try row.id("id"), partnerID: try row.id("partner_id"), type: try row.text("type"),
            occurredAt: try row.timestamp("occurred_at"), customerID: try row.optionalID("customer_id"),
            wabaID: try row.optionalID("waba_id"), phoneNumberID: try row.optionalID("phone_number_id"),
            onboardingID: try row.optionalID("onboarding_id"), dataJSON: try row.text("data"))
    }
}

extension StoreTransaction {
    package var events: EventTable { EventTable(tx: self) }

    /// Tells the partner: the event and one delivery for each endpoint that wants it, in the transaction that makes it true.
    /// Returns nil when the same thing was published before.
    @discardableResult
    package func publish(_ draft: EventDraft) throws -> EventID? {
        let event = Event(
            id: EventID(at: now), partnerID: draft.partnerID, type: draft.type.rawValue, occurredAt: now,
            customerID: draft.customerID, wabaID: draft.wabaID, phoneNumberID: draft.phoneNumberID,
            onboardingID: draft.onboardingID, dataJSON: draft.dataJSON)
        guard try events.insert(event, dedupeKey: draft.dedupeKey) else { return nil }
        if draft.type.isOfNobody { try recordActivity(of: event) }
        try deliver(event)
        try projects.observe(event)
        return event.id
    }

    /// What a run or Meta changed stands in the trail as well; what a person does, its service records by name.
    private func recordActivity(of event: Event) throws {
        guard let target = event.onboardingID?.rawValue ?? event.phoneNumberID?.rawValue ?? event.wabaID?.rawValue
        else { return }
        try activities.record(
            partner: event.partnerID, actor: "system", action: String(event.type.dropFirst("whatsapp.".count)),
            target: target, detail: event.id.rawValue)
    }

    private func deliver(_ event: Event) throws {
        var isAnyDue = false
        for endpoint in try endpoints.all(of: event.partnerID) where endpoint.events.matches(event.type) {
            guard endpoint.customerID == nil || endpoint.customerID == event.customerID else { continue }
            guard try isHeard(event, by: endpoint) else { continue }
            let subject = { try projects.subject(of: event, for: endpoint) }
            guard let rendered = try store.renderer.render(event, endpoint, subject) else { continue }
            try deliveries.insert(event: event, endpoint: endpoint, rendered: rendered)
            isAnyDue = isAnyDue || endpoint.state == .enabled
        }
        if isAnyDue { try sql.notify(WakeUp.deliveries) }
    }

    private func isHeard(_ event: Event, by endpoint: Endpoint) throws -> Bool {
        guard let wanted = endpoint.phoneNumber else { return true }
        guard let number = event.phoneNumberID else { return false }
        return try phoneNumbers.find(number, of: event.partnerID)?.facts.e164 == wanted
    }
}

/// Channels of ``SQLEngine/SQLTransaction/notify(_:)``.
package enum WakeUp {
    package static let work = "work"
    package static let deliveries = "deliveries"
    package static let notifications = "notifications"
    package static let clock = "clock"
}

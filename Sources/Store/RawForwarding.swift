// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

extension StoreTransaction {
    /// Whether any endpoint of the partner is handed Meta's own changes.
    package func forwardsRawChanges(to partner: PartnerID) throws -> Bool {
        guard !store.renderer.forwarding.isEmpty else { return false }
        return try endpoints.all(of: partner).contains { store.renderer.forwarding.contains($0.format) }
    }

    /// Hands on changes of one notification, all of this partner's WABAs, to each endpoint that wants some of them.
    /// What they say stands in the deliveries alone, and there only until it is delivered.
    @discardableResult
    package func forward(_ changes: [RawChange], to partner: PartnerID, dedupeKey: String) throws -> EventID? {
        var rendered: [(endpoint: Endpoint, bytes: RenderedEvent)] = []
        for endpoint in try endpoints.all(of: partner) where store.renderer.forwarding.contains(endpoint.format) {
            let wanted = changes.filter { endpoint.wants($0) }
            guard !wanted.isEmpty, let bytes = store.renderer.forward(wanted, endpoint) else { continue }
            rendered.append((endpoint, bytes))
        }
        guard !rendered.isEmpty else { return nil }
        let event = summary(of: changes, for: partner)
        guard try events.insert(event, dedupeKey: dedupeKey) else { return nil }
        for (endpoint, bytes) in rendered {
            try deliveries.insert(event: event, endpoint: endpoint, rendered: bytes)
        }
        if rendered.contains(where: { $0.endpoint.state == .enabled }) { try sql.notify(WakeUp.deliveries) }
        return event.id
    }

    private func summary(of changes: [RawChange], for partner: PartnerID) -> Event {
        let customer = Self.only(changes.map(\.customerID))
        let waba = Self.only(changes.map(\.wabaID))
        let number = Self.only(changes.map(\.phoneNumberID)) ?? nil
        let data: [String: JSONValue] = [
            "customer_id": .text(customer?.rawValue), "waba_id": .text(waba?.rawValue),
            "phone_number_id": .text(number?.rawValue), "onboarding_id": .null,
            "changes": .integer(Int64(changes.count)),
            "fields": .array(Set(changes.map(\.field)).sorted().map { .string($0) }),
        ]
        return Event(
            id: EventID(at: now), partnerID: partner, type: RawChange.eventType, occurredAt: now, customerID: customer,
            wabaID: waba, phoneNumberID: number, onboardingID: nil, dataJSON: JSONValue.object(data).text)
    }

    /// The one value that all have.
    private static func only<Value: Equatable>(_ values: [Value]) -> Value? {
        guard let first = values.first, values.allSatisfy({ $0 == first }) else { return nil }
        return first
    }
}

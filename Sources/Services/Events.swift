// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// What happened, and what became of telling it.
package struct Events: Sendable {
    /// A delivery with its attempts.
    package struct DeliveryHistory: Sendable {
        package let delivery: Delivery
        package let attempts: [DeliveryAttempt]
    }

    private let store: Store

    package init(store: Store) { self.store = store }

    package func find(_ id: EventID, for principal: Principal) async throws -> Event {
        guard let event = try await store.read({ try $0.events.find(id, of: principal.partnerID) }) else {
            throw ServiceError.eventNotFound
        }
        return event
    }

    package func list(
        type: String? = nil, onboarding: OnboardingID? = nil, _ request: PageRequest, for principal: Principal
    ) async throws -> Page<Event> {
        let filter = EventTable.Filter(partner: principal.partnerID, type: type, onboarding: onboarding)
        return try await store.read { try $0.events.page(filter, request) }
    }

    package func deliveries(
        endpoint: EndpointID? = nil, event: EventID? = nil, state: DeliveryState? = nil, _ request: PageRequest,
        for principal: Principal
    ) async throws -> Page<Delivery> {
        let filter = DeliveryTable.Filter(
            partner: principal.partnerID, endpoint: endpoint, event: event, state: state)
        return try await store.read { try $0.deliveries.page(filter, request) }
    }

    package func delivery(_ id: DeliveryID, for principal: Principal) async throws -> DeliveryHistory {
        let found = try await store.read { tx -> DeliveryHistory? in
            guard let delivery = try tx.deliveries.find(id, of: principal.partnerID) else { return nil }
            return DeliveryHistory(delivery: delivery, attempts: try tx.deliveries.attempts(of: id))
        }
        guard let found else { throw ServiceError.deliveryNotFound }
        return found
    }

    /// Sends again now; the `webhook-id` stays.
    package func redeliver(_ id: DeliveryID, by principal: Principal) async throws -> Delivery {
        try await store.write { tx in
            guard let delivery = try tx.deliveries.find(id, of: principal.partnerID) else {
                throw ServiceError.deliveryNotFound
            }
            guard let endpoint = try tx.endpoints.find(delivery.endpointID, of: principal.partnerID) else {
                throw ServiceError.endpointNotFound
            }
            guard endpoint.state == .enabled else { throw ServiceError.endpointDisabled }
            if try tx.deliveries.isForgotten(id) {
                throw ServiceError.invalid(
                    field: "id", message: "names a forward that arrived: Meta's words are not kept")
            }
            guard try tx.deliveries.redeliver(id) else { throw ServiceError.deliveryUnderWay }
            try tx.activities.record(
                partner: delivery.partnerID, actor: principal.actor, action: "delivery.redelivered", target: id.rawValue
            )
            return try tx.deliveries.find(id, of: principal.partnerID) ?? delivery
        }
    }
}

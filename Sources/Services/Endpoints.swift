// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// Partners' webhook URLs.
package struct Endpoints: Sendable {
    package struct Draft: Sendable {
        package var url: String
        package var events: EventFilter
        package var format: WebhookFormatName
        package var customerID: CustomerID?

        package init(url: String, events: EventFilter, format: WebhookFormatName, customerID: CustomerID?) {
            self.url = url
            self.events = events
            self.format = format
            self.customerID = customerID
        }
    }

    /// A new endpoint with its signing secret, shown this once.
    package struct Created: Sendable {
        package let endpoint: Endpoint
        package let secret: OtherSecret
    }

    private let store: Store
    private let judge: @Sendable (String) -> String?
    private let makeSecret: @Sendable () -> OtherSecret

    /// `judge` says what is wrong with a URL, nil if nothing; `makeSecret` mints a `whsec_…`.
    package init(
        store: Store, judge: @escaping @Sendable (String) -> String?, makeSecret: @escaping @Sendable () -> OtherSecret
    ) {
        self.store = store
        self.judge = judge
        self.makeSecret = makeSecret
    }

    package func create(
        _ draft: Draft, by principal: Principal, once: Once<Created>? = nil
    ) async throws -> Outcome<Created> {
        let partner = try principal.requirePartner()
        if let trouble = judge(draft.url) { throw ServiceError.invalid(field: "url", message: trouble) }
        let secret = makeSecret()
        return try await store.write { tx in
            try Once.perform(once, in: tx) { tx in
                if let customer = draft.customerID, try tx.customers.find(customer, of: partner) == nil {
                    throw ServiceError.invalid(field: "customer_id", message: "is not a customer of yours")
                }
                let endpoint = Endpoint(
                    id: EndpointID(at: tx.now), partnerID: partner, customerID: draft.customerID, url: draft.url,
                    events: draft.events, format: draft.format, state: .enabled, disabledReason: nil, createdAt: tx.now,
                    updatedAt: tx.now)
                try tx.endpoints.insert(endpoint)
                try tx.secrets.put(secret, as: .signingSecret, of: .endpoint(endpoint.id))
                try tx.activities.record(
                    partner: partner, actor: principal.actor, action: "endpoint.created", target: endpoint.id.rawValue)
                return Created(endpoint: endpoint, secret: secret)
            }
        }
    }

    /// What is wrong with a URL, nil if nothing.
    func trouble(with url: String) -> String? { judge(url) }

    func newSecret() -> OtherSecret { makeSecret() }

    /// The messages of one number go to `url` from now on: the number's endpoint is made, or changed; an empty URL ends it.
    func attach(
        _ url: String, toMessagesOf phoneNumber: String, of partner: PartnerID, customer: CustomerID,
        secret: OtherSecret, actor: String, in tx: StoreTransaction
    ) throws {
        if var known = try tx.endpoints.find(phoneNumber: phoneNumber, of: partner) {
            if url.isEmpty {
                try tx.endpoints.delete(known.id)
                try tx.secrets.remove(.signingSecret, of: .endpoint(known.id))
            } else {
                known.url = url
                try tx.endpoints.update(known)
            }
            return try tx.activities.record(
                partner: partner, actor: actor, action: url.isEmpty ? "endpoint.deleted" : "endpoint.updated",
                target: known.id.rawValue)
        }
        guard !url.isEmpty else { return }
        let endpoint = Endpoint(
            id: EndpointID(at: tx.now), partnerID: partner, customerID: customer, url: url,
            events: EventFilter(stored: ["whatsapp.message.*"]), format: .standard, state: .enabled,
            disabledReason: nil, createdAt: tx.now, updatedAt: tx.now, phoneNumber: phoneNumber)
        try tx.endpoints.insert(endpoint)
        try tx.secrets.put(secret, as: .signingSecret, of: .endpoint(endpoint.id))
        try tx.activities.record(
            partner: partner, actor: actor, action: "endpoint.created", target: endpoint.id.rawValue)
    }

    package func find(_ id: EndpointID, for principal: Principal) async throws -> Endpoint {
        guard let endpoint = try await store.read({ try $0.endpoints.find(id, of: principal.partnerID) }) else {
            throw ServiceError.endpointNotFound
        }
        return endpoint
    }

    package func list(_ request: PageRequest, for principal: Principal) async throws -> Page<Endpoint> {
        try await store.read { try $0.endpoints.page(of: principal.partnerID, request) }
    }

    package struct Change: Sendable {
        package var url: String?
        package var events: EventFilter?
        package var isEnabled: Bool?

        package init(url: String? = nil, events: EventFilter? = nil, isEnabled: Bool? = nil) {
            self.url = url
            self.events = events
            self.isEnabled = isEnabled
        }
    }

    /// Disabling holds deliveries, enabling releases them.
    package func update(_ id: EndpointID, _ change: Change, by principal: Principal) async throws -> Endpoint {
        if let url = change.url, let trouble = judge(url) { throw ServiceError.invalid(field: "url", message: trouble) }
        return try await store.write { tx in
            guard var endpoint = try tx.endpoints.find(id, of: principal.partnerID) else {
                throw ServiceError.endpointNotFound
            }
            endpoint.url = change.url ?? endpoint.url
            endpoint.events = change.events ?? endpoint.events
            try tx.endpoints.update(endpoint)
            switch (change.isEnabled, endpoint.state) {
            case (true?, .disabled): try tx.endpoints.enable(id)
            case (false?, .enabled): try tx.endpoints.disable(id, reason: "disabled by \(principal.actor)")
            case (true?, .enabled), (false?, .disabled), (nil, _): break
            }
            try tx.activities.record(
                partner: endpoint.partnerID, actor: principal.actor, action: "endpoint.updated", target: id.rawValue)
            return try tx.endpoints.find(id, of: principal.partnerID) ?? endpoint
        }
    }

    package func delete(_ id: EndpointID, by principal: Principal) async throws {
        try await store.write { tx in
            guard let endpoint = try tx.endpoints.find(id, of: principal.partnerID) else {
                throw ServiceError.endpointNotFound
            }
            try tx.endpoints.delete(id)
            try tx.secrets.remove(.signingSecret, of: .endpoint(id))
            try tx.activities.record(
                partner: endpoint.partnerID, actor: principal.actor, action: "endpoint.deleted", target: id.rawValue)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Crypto
package import Domain
package import Store

/// Projects, their access keys and the keys that sign access tokens: the operator's business.
package struct Projects: Sendable {
    /// An access key as it is shown, once.
    package struct Minted: Sendable {
        package let key: AccessKey
        package let secret: OtherSecret
    }

    let store: Store

    package init(store: Store) { self.store = store }

    /// `live` or `test`.
    package var world: String { store.world }

    /// A project for a customer that exists, or (nil) for a new one of the project's name.
    package func create(
        name: String, for partner: PartnerID, customer: CustomerID?, by principal: Principal
    ) async throws -> Project {
        try principal.requireOperator()
        guard (1...200).contains(name.count) else {
            throw ServiceError.invalid(field: "name", message: "must have 1 to 200 characters")
        }
        return try await store.write { tx in
            guard try tx.partners.find(partner) != nil else { throw ServiceError.partnerNotFound }
            let owner = try customer ?? newCustomer(name, of: partner, in: tx)
            guard try tx.customers.find(owner, of: partner) != nil else { throw ServiceError.customerNotFound }
            guard try tx.projects.find(customer: owner) == nil else {
                throw ServiceError.invalid(field: "customer_id", message: "has a project already")
            }
            let project = Project(
                id: ProjectID(at: tx.now), partnerID: partner, customerID: owner, name: name, createdAt: tx.now)
            try tx.projects.insert(project)
            try tx.activities.record(
                partner: partner, actor: principal.actor, action: "project.created", target: project.id.rawValue)
            return project
        }
    }

    private func newCustomer(_ name: String, of partner: PartnerID, in tx: StoreTransaction) throws -> CustomerID {
        let customer = Customer(
            id: CustomerID(at: tx.now), partnerID: partner, name: name, email: nil, phone: nil, externalID: nil,
            createdAt: tx.now)
        guard try tx.customers.insert(customer) == nil else { throw ServiceError.externalIDTaken }
        return customer.id
    }

    package func list(
        of partner: PartnerID, _ request: PageRequest, for principal: Principal
    ) async throws -> Page<Project> {
        try principal.requireOperator()
        return try await store.read { try $0.projects.page(of: partner, request) }
    }

    /// What it holds stays; nobody reaches it any more.
    package func remove(_ id: ProjectID, of partner: PartnerID, by principal: Principal) async throws {
        try principal.requireOperator()
        try await store.write { tx in
            guard try tx.projects.find(id)?.partnerID == partner, try tx.projects.remove(id) else {
                throw ServiceError.customerNotFound
            }
            for webhook in try tx.projectWebhooks.all(of: id) {
                try tx.projectWebhooks.delete(webhook.id)
                try tx.endpoints.delete(webhook.endpointID)
            }
            try tx.activities.record(
                partner: partner, actor: principal.actor, action: "project.removed", target: id.rawValue)
        }
    }

    // MARK: Access keys

    /// For one project, or (nil) for all of the partner's.
    package func mintKey(
        for partner: PartnerID, project: ProjectID?, by principal: Principal
    ) async throws -> Minted {
        try principal.requireOperator()
        let secret = Self.newSecret()
        return try await store.write { tx in
            guard try tx.partners.find(partner) != nil else { throw ServiceError.partnerNotFound }
            if let project, try tx.projects.find(project)?.partnerID != partner {
                throw ServiceError.invalid(field: "project_id", message: "is not a project of this partner")
            }
            let key = AccessKey(
                id: AccessKeyID(at: tx.now), partnerID: partner, projectID: project, createdAt: tx.now)
            try tx.projects.insert(key, hash: Self.hash(secret))
            try tx.activities.record(
                partner: partner, actor: principal.actor, action: "access_key.created", target: key.id.rawValue)
            return Minted(key: key, secret: OtherSecret(secret))
        }
    }

    package func keys(of partner: PartnerID, for principal: Principal) async throws -> [AccessKey] {
        try principal.requireOperator()
        return try await store.read { try $0.projects.accessKeys(of: partner) }
    }

    /// Works at once, for access tokens that the key was exchanged for as well.
    package func revokeKey(_ id: AccessKeyID, of partner: PartnerID, by principal: Principal) async throws {
        try principal.requireOperator()
        try await store.write { tx in
            guard try tx.projects.accessKey(id)?.key.partnerID == partner, try tx.projects.revoke(id) else {
                throw ServiceError.keyNotFound
            }
            try tx.activities.record(
                partner: partner, actor: principal.actor, action: "access_key.revoked", target: id.rawValue)
        }
    }

    package func setGrant(
        _ grant: PartnerGrant, isGiven: Bool, to partner: PartnerID, by principal: Principal
    ) async throws {
        try principal.requireOperator()
        try await store.write { tx in
            guard try tx.partners.find(partner) != nil else { throw ServiceError.partnerNotFound }
            try tx.projects.setGrant(grant, isGiven: isGiven, to: partner)
            try tx.activities.record(
                partner: partner, actor: principal.actor, action: isGiven ? "grant.given" : "grant.withdrawn",
                target: partner.rawValue, detail: grant.rawValue)
        }
    }

    static func hash(_ secret: String) -> [UInt8] { Array(SHA256.hash(data: Array(secret.utf8))) }

    /// 160 random bits.
    private static func newSecret() -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789~._-".utf8.prefix(64))
        return String(decoding: (0..<32).map { _ in alphabet[Int.random(in: 0..<64)] }, as: UTF8.self)
    }
}

// SPDX-License-Identifier: Apache-2.0
package import Domain
import GraphClient
package import OnboardingRunner
package import Store

/// Business phone numbers on WABAs that a partner owns here.
package struct PhoneNumbers: Sendable {
    /// A number as Meta lists it.
    package struct Listed: Sendable, Hashable {
        package let facts: PhoneNumberFacts
        /// `HIGH` or `STANDARD`.
        package let throughputLevel: String?
        /// In Graph's form: `2023-08-31T10:55:37+0000`.
        package let lastOnboardedTime: String?
    }

    let store: Store
    let directory: AppDirectory

    package init(store: Store, directory: AppDirectory) {
        self.store = store
        self.directory = directory
    }

    package func find(_ id: PhoneNumberID, for principal: Principal) async throws -> PhoneNumber {
        guard let number = try await store.read({ try $0.phoneNumbers.find(id, of: principal.partnerID) }) else {
            throw ServiceError.phoneNumberNotFound
        }
        return number
    }

    package func list(
        waba: WABAID? = nil, _ request: PageRequest, for principal: Principal
    ) async throws -> Page<PhoneNumber> {
        try await store.read { try $0.phoneNumbers.page(of: principal.partnerID, waba: waba, request) }
    }

    /// Whether some partner of this world has the id.
    package func isKnown(_ id: PhoneNumberID) async throws -> Bool {
        try await store.read { try $0.phoneNumbers.find(id, of: nil) != nil }
    }

    /// What the number has left of each budget.
    package func budgets(of id: PhoneNumberID, for principal: Principal) async throws -> [NumberBudget] {
        try await store.read { tx in
            guard try tx.phoneNumbers.find(id, of: principal.partnerID) != nil else {
                throw ServiceError.phoneNumberNotFound
            }
            return try NumberBudget.Kind.allCases.map { try tx.phoneNumbers.budget($0, of: id) }
        }
    }

    /// All numbers of a WABA as Meta shows them now, with the customer's own token.
    package func atMeta(waba: WABAID, for principal: Principal) async throws -> [Listed] {
        let access = try await access(to: waba, for: principal)
        let fields = PhoneNumberField.facts + [.throughput]
        do throws(GraphError) {
            return try await access.graph.all(
                ListPhoneNumbers(of: waba, fields: fields, token: access.token)
            ).map { answer in
                Listed(
                    facts: answer.facts, throughputLevel: answer.throughputLevel,
                    lastOnboardedTime: answer.lastOnboardedTime)
            }
        } catch {
            throw translated(error)
        }
    }

    /// The WABA with the client and the token that speak for its customer.
    func access(to waba: WABAID, for principal: Principal) async throws -> NumberAccess {
        let found = try await store.read { tx -> (WABA, BusinessToken)? in
            guard let owned = try tx.wabas.find(waba), principal.isOperator || owned.partnerID == principal.partnerID,
                let token: BusinessToken = try tx.secrets.get(.businessToken, of: .waba(waba))
            else { return nil }
            return (owned, token)
        }
        guard let (owned, token) = found else { throw ServiceError.wabaNotFound }
        let graph = try await directory.context(for: owned.appID).graph
        return NumberAccess(waba: owned, graph: graph, token: token, actor: principal.actor)
    }

    func access(to number: PhoneNumber, for principal: Principal) async throws -> NumberAccess {
        try await access(to: number.wabaID, for: principal)
    }

    /// Meta's answer in the words of this product.
    func translated(_ error: GraphError) -> ServiceError {
        if let refusal = NumberRefusal(error, at: store.clock.now()) { return .numberRefused(refusal) }
        let status = error.httpStatus ?? 0
        let isRefusal = error.reach == .answered && (400..<500).contains(status) && error.class != .transient
        return isRefusal ? .refusedByMeta(error) : .metaUnavailable(error)
    }

    /// Writes what the number has become, the activity and the event, in one transaction.
    func record(
        _ action: String, _ type: EventType?, of id: PhoneNumberID, _ access: NumberAccess,
        data: [String: JSONValue] = [:], in tx: StoreTransaction
    ) throws {
        try tx.activities.record(
            partner: access.waba.partnerID, actor: access.actor, action: action, target: id.rawValue)
        guard let type else { return }
        try tx.publish(
            EventDraft(
                type: type, partnerID: access.waba.partnerID, customerID: access.waba.customerID,
                wabaID: access.waba.id, phoneNumberID: id, data: data,
                dedupeKey: "\(action):\(id):\(tx.now.milliseconds)"))
    }
}

/// Who speaks to Meta for a number, and on whose behalf.
struct NumberAccess: Sendable {
    let waba: WABA
    let graph: any GraphSending
    let token: BusinessToken
    let actor: String

    /// The number as Meta shows it now.
    func read(
        _ id: PhoneNumberID, fields: [PhoneNumberField] = PhoneNumberField.facts
    ) async throws(GraphError) -> PhoneNumberFacts {
        try await graph.send(ReadPhoneNumber(id, fields: fields, token: token)).facts
    }
}

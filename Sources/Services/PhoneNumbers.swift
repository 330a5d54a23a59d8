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

    private let store: Store
    private let directory: AppDirectory

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

    /// All numbers of a WABA as Meta shows them now, with the customer's own token.
    package func atMeta(waba: WABAID, for principal: Principal) async throws -> [Listed] {
        let (graph, token) = try await access(to: waba, for: principal)
        let fields = PhoneNumberField.facts + [.throughput, .lastOnboardedTime]
        do throws(GraphError) {
            return try await graph.all(ListPhoneNumbers(of: waba, fields: fields, token: token)).map { answer in
                Listed(
                    facts: answer.facts, throughputLevel: answer.throughputLevel,
                    lastOnboardedTime: answer.lastOnboardedTime)
            }
        } catch {
            throw Self.translated(error)
        }
    }

    /// Registers by hand, within the number's budget of 10 in 72 hours; the PIN is kept sealed once Meta took it.
    package func register(
        _ id: PhoneNumberID, pin: RegistrationPIN, region: String?, by principal: Principal
    ) async throws {
        let number = try await find(id, for: principal)
        let (graph, token) = try await access(to: number.wabaID, for: principal)
        try await spendTry(of: id, waba: number.wabaID)
        do throws(GraphError) {
            _ = try await graph.send(RegisterPhoneNumber(id, pin: pin, dataLocalizationRegion: region, token: token))
        } catch {
            throw Self.translated(error)
        }
        try await store.write { tx in
            try tx.phoneNumbers.setRegistered(id)
            try tx.secrets.put(pin, as: .pin, of: .phoneNumber(id))
            try tx.activities.record(
                partner: number.partnerID, actor: principal.actor, action: "phone_number.registered",
                target: id.rawValue)
        }
    }

    /// The call that Meta would answer with a lock of 72 hours is held back by us.
    private func spendTry(of id: PhoneNumberID, waba: WABAID) async throws {
        let allowedAt = try await store.write { tx -> Timestamp? in
            let tries = try tx.phoneNumbers.registrations(of: id, since: tx.now - .hours(72))
            if tries.count >= 10 { return tries[tries.count - 10] + .hours(72) }
            // By hand there is no onboarding: the try is counted under an id of its own.
            try tx.phoneNumbers.recordRegistration(of: id, onboarding: OnboardingID(at: tx.now))
            return nil
        }
        guard let allowedAt else { return }
        throw ServiceError.refusedByMeta(
            GraphError(
                class: .wait, reach: .notSent, operation: "register", httpStatus: 400, code: 133_016,
                message: "(#133016) Account register or deregister attempts are used up; allowed again at \(allowedAt)")
        )
    }

    private func access(to waba: WABAID, for principal: Principal) async throws -> (any GraphSending, BusinessToken) {
        let found = try await store.read { tx -> (WABA, BusinessToken)? in
            guard let owned = try tx.wabas.find(waba), principal.isOperator || owned.partnerID == principal.partnerID,
                let token: BusinessToken = try tx.secrets.get(.businessToken, of: .waba(waba))
            else { return nil }
            return (owned, token)
        }
        guard let (owned, token) = found else { throw ServiceError.wabaNotFound }
        return (try await directory.context(for: owned.appID).graph, token)
    }

    private static func translated(_ error: GraphError) -> ServiceError {
        let status = error.httpStatus ?? 0
        let isRefusal = error.reach == .answered && (400..<500).contains(status) && error.class != .transient
        return isRefusal ? .refusedByMeta(error) : .metaUnavailable(error)
    }
}

// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// What people note on onboardings, WABAs and numbers. A comment is an activity with a text: it stands in the audit trail and
/// is never changed. The partner and the operator see each other's.
package struct Comments: Sendable {
    package enum Subject: Sendable, Hashable {
        case onboarding(OnboardingID)
        case waba(WABAID)
        case phoneNumber(PhoneNumberID)

        var target: String {
            switch self {
            case .onboarding(let id): id.rawValue
            case .waba(let id): id.rawValue
            case .phoneNumber(let id): id.rawValue
            }
        }

        var action: String {
            switch self {
            case .onboarding: "onboarding.comment_added"
            case .waba: "waba.comment_added"
            case .phoneNumber: "phone_number.comment_added"
            }
        }
    }

    /// In characters.
    package static let longest = 10_000

    private let store: Store

    package init(store: Store) { self.store = store }

    /// Throws `invalid` for a text that is empty, longer than `longest` or has control characters other than tabs and line ends.
    package func add(_ text: String, to subject: Subject, by principal: Principal) async throws -> Activity {
        let hasControls = text.unicodeScalars.contains { scalar in
            (scalar.value < 0x20 && scalar != "\n" && scalar != "\t") || scalar.value == 0x7F
        }
        guard (1...Self.longest).contains(text.count), !hasControls else {
            throw ServiceError.invalid(
                field: "text",
                message: "must have 1 to \(Self.longest) characters and no control characters but tabs and line feeds")
        }
        return try await store.write { tx in
            try tx.activities.add(
                partner: try owner(of: subject, for: principal, in: tx), actor: principal.actor,
                action: subject.action, target: subject.target, detail: text)
        }
    }

    /// Newest first.
    package func list(
        on subject: Subject, _ request: PageRequest, for principal: Principal
    ) async throws -> Page<Activity> {
        try await store.read { tx in
            let owner = try owner(of: subject, for: principal, in: tx)
            return try tx.activities.page(of: owner, target: subject.target, action: subject.action, request)
        }
    }

    private func owner(of subject: Subject, for principal: Principal, in tx: StoreTransaction) throws -> PartnerID {
        switch subject {
        case .onboarding(let id):
            let found = try tx.onboardings.find(id)?.partnerID
            guard let found, principal.sees(found) else { throw ServiceError.onboardingNotFound }
            return found
        case .waba(let id):
            let found = try tx.wabas.find(id)?.partnerID
            guard let found, principal.sees(found) else { throw ServiceError.wabaNotFound }
            return found
        case .phoneNumber(let id):
            guard let number = try tx.phoneNumbers.find(id, of: principal.partnerID) else {
                throw ServiceError.phoneNumberNotFound
            }
            return number.partnerID
        }
    }
}

extension Principal {
    fileprivate func sees(_ partner: PartnerID) -> Bool { isOperator || partnerID == partner }
}

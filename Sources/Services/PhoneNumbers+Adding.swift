// SPDX-License-Identifier: Apache-2.0
package import Domain
import GraphClient
import Store

extension PhoneNumbers {
    /// A number to be put on a WABA outside Embedded Signup.
    package struct Addition: Sendable, Hashable {
        /// Digits without `+`: `49`.
        package var countryCode: String
        /// Digits without the country code.
        package var number: String
        /// The display name that Meta will review.
        package var verifiedName: String

        package init(countryCode: String, number: String, verifiedName: String) {
            self.countryCode = countryCode
            self.number = number
            self.verifiedName = verifiedName
        }

        var e164: String { PhoneNumberFacts.e164(countryCode + number) }
    }

    package struct Added: Sendable, Hashable {
        package let number: PhoneNumber
        /// False when the WABA had the number already.
        package let isNew: Bool
    }

    /// Puts a number on a WABA; it is still to be verified and registered. The WABA's list is read first and after a lost
    /// answer, so that the same request never makes a second number. Throws `numberRefused(.notAddable)` among others.
    package func add(_ addition: Addition, to waba: WABAID, by principal: Principal) async throws -> Added {
        let access = try await access(to: waba, for: principal)
        let (facts, isNew): (PhoneNumberFacts, Bool)
        do throws(GraphError) {
            if let listed = try await listed(addition, access) {
                (facts, isNew) = (listed, false)
            } else {
                (facts, isNew) = (try await create(addition, access), true)
            }
        } catch {
            throw translated(error)
        }
        return try await keep(facts, isNew: isNew, access)
    }

    private func create(_ addition: Addition, _ access: NumberAccess) async throws(GraphError) -> PhoneNumberFacts {
        let id: PhoneNumberID
        do throws(GraphError) {
            id = try await access.graph.send(
                AddPhoneNumber(
                    access.waba.id, countryCode: addition.countryCode, phoneNumber: addition.number,
                    verifiedName: addition.verifiedName, token: access.token)
            ).id
        } catch {
            guard error.mayHaveHappened, let found = try? await listed(addition, access) else { throw error }
            return found
        }
        // Meta took it: what cannot be read now is told by the next reading.
        let known = PhoneNumberFacts(
            id: id, displayPhoneNumber: addition.e164, verifiedName: addition.verifiedName,
            codeVerificationStatus: "NOT_VERIFIED")
        return (try? await access.read(id)) ?? known
    }

    private func listed(_ addition: Addition, _ access: NumberAccess) async throws(GraphError) -> PhoneNumberFacts? {
        try await access.graph.all(ListPhoneNumbers(of: access.waba.id, token: access.token)).map(\.facts)
            .first { $0.e164 == addition.e164 }
    }

    private func keep(_ facts: PhoneNumberFacts, isNew: Bool, _ access: NumberAccess) async throws -> Added {
        try await store.write { tx in
            let isKnown = try tx.phoneNumbers.find(facts.id, of: access.waba.partnerID) != nil
            try tx.phoneNumbers.upsert(facts, waba: access.waba.id, partner: access.waba.partnerID)
            if isNew || !isKnown {
                try record(
                    "phone_number.added", .phoneNumberAdded, of: facts.id, access,
                    data: ["phone_number": .text(facts.e164)], in: tx)
            }
            guard let number = try tx.phoneNumbers.find(facts.id, of: access.waba.partnerID) else {
                throw ServiceError.phoneNumberNotFound
            }
            return Added(number: number, isNew: isNew)
        }
    }
}

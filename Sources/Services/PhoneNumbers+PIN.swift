// SPDX-License-Identifier: Apache-2.0
package import Domain
import GraphClient
import Store

extension PhoneNumbers {
    /// Sets the number's two-step PIN to `pin`, or to one that is made; sealed before the call. Repeating it is harmless, so
    /// after a lost answer the next call sends the same PIN again.
    package func changePIN(_ id: PhoneNumberID, to pin: RegistrationPIN?, by principal: Principal) async throws {
        let number = try await find(id, for: principal)
        let access = try await access(to: number, for: principal)
        let owner = SecretTable.Owner.phoneNumber(id)
        let next = try await store.write { tx -> RegistrationPIN in
            let unsettled: RegistrationPIN? = try tx.secrets.get(.nextPIN, of: owner)
            let next = pin ?? unsettled ?? .generated()
            try tx.secrets.put(next, as: .nextPIN, of: owner)
            return next
        }
        do throws(GraphError) {
            _ = try await access.graph.send(SetPIN(id, pin: next, token: access.token))
        } catch {
            if !error.mayHaveHappened {
                try await store.write { try $0.secrets.remove(.nextPIN, of: owner) }
            }
            throw translated(error)
        }
        try await store.write { tx in
            try keep(next, for: id, in: tx)
            try tx.secrets.remove(.nextPIN, of: owner)
            try record("phone_number.pin_changed", .phoneNumberPINChanged, of: id, access, in: tx)
        }
    }

    /// Shows the PIN that is kept here, once: a second look is refused (`numberRefused(.pinRevealed)`) until the operator
    /// allows it or the PIN changes. Recorded.
    package func revealPIN(of id: PhoneNumberID, by principal: Principal) async throws -> RegistrationPIN {
        try await store.write { tx in
            guard let number = try tx.phoneNumbers.find(id, of: principal.partnerID) else {
                throw ServiceError.phoneNumberNotFound
            }
            let pin: RegistrationPIN? = try tx.secrets.get(.pin, of: .phoneNumber(id))
            guard let pin else { throw ServiceError.numberRefused(NumberRefusal(.pinUnknown)) }
            guard try tx.phoneNumbers.takePINReveal(of: id) else {
                throw ServiceError.numberRefused(NumberRefusal(.pinRevealed))
            }
            try tx.activities.record(
                partner: number.partnerID, actor: principal.actor, action: "phone_number.pin_revealed",
                target: id.rawValue)
            return pin
        }
    }

    /// The operator lets the PIN be looked at once more.
    package func allowPINReveal(of id: PhoneNumberID, by principal: Principal) async throws {
        try principal.requireOperator()
        try await store.write { tx in
            guard let number = try tx.phoneNumbers.find(id, of: nil) else { throw ServiceError.phoneNumberNotFound }
            try tx.phoneNumbers.allowPINReveal(of: id)
            try tx.activities.record(
                partner: number.partnerID, actor: principal.actor, action: "phone_number.pin_reveal_allowed",
                target: id.rawValue)
        }
    }

    /// Keeps the PIN that is in force. A new one has not been looked at.
    func keep(_ pin: RegistrationPIN, for id: PhoneNumberID, in tx: StoreTransaction) throws {
        let owner = SecretTable.Owner.phoneNumber(id)
        let former: RegistrationPIN? = try tx.secrets.get(.pin, of: owner)
        guard former != pin else { return }
        try tx.secrets.put(pin, as: .pin, of: owner)
        try tx.phoneNumbers.allowPINReveal(of: id)
    }
}

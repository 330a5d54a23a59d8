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
            try tx.secrets.put(next, as: .pin, of: owner)
            try tx.secrets.remove(.nextPIN, of: owner)
            try record("phone_number.pin_changed", .phoneNumberPINChanged, of: id, access, in: tx)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package import Domain
import GraphClient
import Store

extension PhoneNumbers {
    /// A registration whose intent is stored.
    private struct Intent: Sendable {
        let pin: RegistrationPIN
        /// Counts the call in the budget; by hand there is no onboarding.
        let attempt: OnboardingID
    }

    /// Registers by hand, within the number's budget of 10 in 72 hours (`numberRefused(.tooManyRegistrations)`, with the date).
    /// - pin: without one the PIN that is known here is repeated, else one is made; it is sealed before the call.
    /// - evenIfConnected: false refuses a connected number (`.alreadyRegistered`) and saves the try.
    @discardableResult
    package func register(
        _ id: PhoneNumberID, pin: RegistrationPIN?, region: String?, evenIfConnected: Bool = true,
        by principal: Principal
    ) async throws -> PhoneNumber {
        let number = try await find(id, for: principal)
        let access = try await access(to: number, for: principal)
        if try await wasDoneBefore(number, asking: pin, evenIfConnected: evenIfConnected, access) {
            return try await find(id, for: principal)
        }
        let intent = try await intend(id, pin)
        do throws(GraphError) {
            _ = try await access.graph.send(
                RegisterPhoneNumber(id, pin: intent.pin, dataLocalizationRegion: region, token: access.token))
        } catch {
            let facts = error.mayHaveHappened ? try? await access.read(id) : nil
            if facts?.isConnected != true {
                try await withdraw(intent, of: id, after: error)
                throw translated(error)
            }
        }
        try await finish(id, pin: intent.pin, access)
        return try await find(id, for: principal)
    }

    /// Settles what an earlier call left open, by reading Meta. Returns whether nothing is left to be done.
    private func wasDoneBefore(
        _ number: PhoneNumber, asking pin: RegistrationPIN?, evenIfConnected: Bool, _ access: NumberAccess
    ) async throws -> Bool {
        let id = number.id
        let pending: RegistrationPIN? = try await store.read { try $0.secrets.get(.pendingPIN, of: .phoneNumber(id)) }
        guard pending != nil || (number.facts.isConnected && !evenIfConnected) else { return false }
        let facts: PhoneNumberFacts
        do throws(GraphError) {
            facts = try await access.read(id)
        } catch {
            throw translated(error)
        }
        guard facts.isConnected else { return false }
        if let pending, pin == nil || pin == pending {
            try await finish(id, pin: pending, access)
            return true
        }
        if evenIfConnected { return false }
        throw ServiceError.numberRefused(NumberRefusal(.alreadyRegistered))
    }

    private func intend(_ id: PhoneNumberID, _ given: RegistrationPIN?) async throws -> Intent {
        try await store.write { tx in
            if let refusal = try tx.phoneNumbers.budget(.registration, of: id).refusal {
                throw ServiceError.numberRefused(refusal)
            }
            let owner = SecretTable.Owner.phoneNumber(id)
            let pending: RegistrationPIN? = try tx.secrets.get(.pendingPIN, of: owner)
            let known: RegistrationPIN? = try tx.secrets.get(.pin, of: owner)
            let intent = Intent(pin: given ?? pending ?? known ?? .generated(), attempt: OnboardingID(at: tx.now))
            try tx.secrets.put(intent.pin, as: .pendingPIN, of: owner)
            try tx.phoneNumbers.recordRegistration(of: id, onboarding: intent.attempt)
            return intent
        }
    }

    /// The PIN now belongs to the number: a later registration must repeat it.
    private func finish(_ id: PhoneNumberID, pin: RegistrationPIN, _ access: NumberAccess) async throws {
        try await store.write { tx in
            try tx.phoneNumbers.setRegistered(id)
            try keep(pin, for: id, in: tx)
            try tx.secrets.remove(.pendingPIN, of: .phoneNumber(id))
            try record("phone_number.registered", .phoneNumberRegistered, of: id, access, in: tx)
        }
    }

    /// A refusal is certain: the PIN was not taken. Otherwise the intent stays until Meta is asked.
    private func withdraw(_ intent: Intent, of id: PhoneNumberID, after error: GraphError) async throws {
        try await store.write { tx in
            if GraphErrorTable.neverCounted(error) {
                try tx.phoneNumbers.withdrawRegistration(of: id, onboarding: intent.attempt)
            }
            try noteLock(id, after: error, in: tx)
            let pending: RegistrationPIN? = try tx.secrets.get(.pendingPIN, of: .phoneNumber(id))
            if !error.mayHaveHappened, pending == intent.pin {
                try tx.secrets.remove(.pendingPIN, of: .phoneNumber(id))
            }
        }
    }

    /// Takes the number off Cloud API; counts with registrations. The two-step PIN stays on the number.
    package func deregister(_ id: PhoneNumberID, by principal: Principal) async throws -> PhoneNumber {
        let number = try await find(id, for: principal)
        let access = try await access(to: number, for: principal)
        let attempt = try await store.write { tx in
            if let refusal = try tx.phoneNumbers.budget(.registration, of: id).refusal {
                throw ServiceError.numberRefused(refusal)
            }
            let attempt = OnboardingID(at: tx.now)
            try tx.phoneNumbers.recordRegistration(of: id, onboarding: attempt)
            return attempt
        }
        do throws(GraphError) {
            _ = try await access.graph.send(DeregisterPhoneNumber(id, token: access.token))
        } catch {
            let facts = error.mayHaveHappened ? try? await access.read(id) : nil
            if facts == nil || facts?.isConnected == true {
                try await store.write { tx in
                    if GraphErrorTable.neverCounted(error) {
                        try tx.phoneNumbers.withdrawRegistration(of: id, onboarding: attempt)
                    }
                    try noteLock(id, after: error, in: tx)
                }
                throw translated(error)
            }
        }
        try await store.write { tx in
            try tx.phoneNumbers.setDeregistered(id)
            try record("phone_number.deregistered", .phoneNumberDeregistered, of: id, access, in: tx)
        }
        return try await find(id, for: principal)
    }

    private func noteLock(_ id: PhoneNumberID, after error: GraphError, in tx: StoreTransaction) throws {
        guard error.code == 133_016, error.reach == .answered else { return }
        try tx.phoneNumbers.lock(id, until: tx.now + NumberBudget.window)
    }
}

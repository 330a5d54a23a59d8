// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Store

/// `POST /{PHONE}/deregister` for each connected number, so that the next provider can register it (pitfall P11). Counts with
/// registrations against 10 in 72 h; refused for numbers of the WhatsApp Business app. Source: Meta, registration.
struct DeregisterPhoneNumberStep: OnboardingStep {
    let kind = StepKind.deregisterPhoneNumber

    func intend(_ tx: StoreTransaction, _ onboarding: Onboarding) throws -> StepIntent {
        let numbers = try connected(tx, onboarding)
        guard !numbers.isEmpty else { return .end(.skipped(note: "no number of the WABA is connected")) }
        for number in numbers {
            guard let allowed = try tx.phoneNumbers.budget(.registration, of: number).nextAllowedAt else { continue }
            let note = "10 tries in 72 hours are used up for \(number); allowed again at \(allowed)"
            return .end(.snoozed(allowed - tx.now, note: note))
        }
        for number in numbers { try tx.phoneNumbers.recordRegistration(of: number, onboarding: onboarding.id) }
        return .proceed(digest: numbers.map(\.rawValue).joined(separator: ","))
    }

    func run(_ context: StepContext) async throws(GraphError) -> StepOutcome {
        guard let token = context.leavingToken else { return .skipped(note: Departure.noToken) }
        let onboarding = context.onboarding
        var (taken, facts): ([PhoneNumberID], [String: String]) = ([], [:])
        for number in try await context.records({ try connected($0, onboarding) }) {
            do throws(GraphError) {
                _ = try await context.graph.send(DeregisterPhoneNumber(number, token: token))
                taken.append(number)
            } catch {
                guard let note = Self.note(on: error) else { throw error }
                if error.code == Self.notRegistered { taken.append(number) }
                facts[number.rawValue] = note
            }
        }
        return .done(StepResult([.deregistered(taken)], facts: facts))
    }

    func outcome(for error: GraphError, _ context: StepContext) -> StepOutcome? { Departure.outcome(for: error) }

    func withdrawIntent(_ tx: StoreTransaction, _ onboarding: Onboarding, after error: GraphError) throws {
        guard error.reach == .notSent || GraphErrorTable.limitScope(code: error.code) != nil else { return }
        for number in try connected(tx, onboarding) {
            try tx.phoneNumbers.withdrawRegistration(of: number, onboarding: onboarding.id)
        }
    }

    private func connected(_ tx: StoreTransaction, _ onboarding: Onboarding) throws -> [PhoneNumberID] {
        guard let waba = onboarding.provenWABAID else { return [] }
        return try tx.phoneNumbers.ofWABA(waba).filter(\.facts.isConnected).map(\.facts.id)
    }

    private static let notRegistered = 133_010

    /// Refusals that leave nothing to do for this number.
    private static func note(on error: GraphError) -> String? {
        switch (error.code, error.subcode) {
        case (notRegistered, _): "was not registered"
        case (100, 2_207_051): "stays with the WhatsApp Business app"
        default: nil
        }
    }
}

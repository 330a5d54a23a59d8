// SPDX-License-Identifier: Apache-2.0
package import Domain
import GraphClient
import Store

/// What a step may use: the onboarding as it stood when the intent was committed, its secrets, and Meta.
package struct StepContext: Sendable {
    package let onboarding: Onboarding
    package let step: StepRecord
    package let secrets: StepSecrets
    package let app: AppContext
    package let settings: OnboardingSettings
    let store: Store
    /// What the step has called so far.
    let calls = CallLog()

    var graph: any GraphSending { RecordingGraph(graph: app.graph, log: calls) }
    var now: Timestamp { store.clock.now() }

    /// A step that needs the customer's token runs only after one that got it.
    func businessToken() throws(GraphError) -> BusinessToken {
        guard let token = secrets.businessToken else { throw missing("business token") }
        return token
    }

    func systemToken() throws(GraphError) -> SystemToken {
        guard let token = app.systemToken else { throw missing("system token") }
        return token
    }

    func wabaID() throws(GraphError) -> WABAID {
        guard let id = onboarding.wabaID else { throw missing("WABA") }
        return id
    }

    func phoneNumberID() throws(GraphError) -> PhoneNumberID {
        guard let id = onboarding.phoneNumberID else { throw missing("phone number") }
        return id
    }

    /// Reads our own records between two calls; a database that does not answer is a reason to try again.
    func records<T: Sendable>(_ body: @escaping @Sendable (StoreTransaction) throws -> T) async throws(GraphError) -> T
    {
        do {
            return try await store.read(body)
        } catch {
            throw GraphError(
                class: .transient, reach: .notSent, operation: step.kind.rawValue,
                message: "the database did not answer")
        }
    }

    private func missing(_ what: String) -> GraphError {
        GraphError(
            class: .needsPerson, reach: .notSent, operation: step.kind.rawValue, message: "no \(what) is known here")
    }
}

package struct StepSecrets: Sendable {
    package var code: SignupCode?
    package var businessToken: BusinessToken?
    package var pin: RegistrationPIN?
    package var callbackVerifyToken: OtherSecret?
    /// What Meta sent to the number.
    package var verificationCode: OtherSecret?

    init(of onboarding: Onboarding, in tx: StoreTransaction) throws {
        let owner = SecretTable.Owner.onboarding(onboarding.id)
        code = try tx.secrets.get(.signupCode, of: owner)
        businessToken = try tx.secrets.get(.businessToken, of: owner)
        pin = try tx.secrets.get(.pin, of: owner)
        verificationCode = try tx.secrets.get(.verificationCode, of: owner)
        callbackVerifyToken = try tx.secrets.get(.callbackVerifyToken, of: owner)
    }
}

package struct OnboardingSettings: Sendable {
    package var retry: RetryPolicy
    /// How often Meta is asked while a share is awaited and no webhook came.
    package var sharePoll: Duration
    /// After this long without a share the signup counts as abandoned. Source: Meta, 14 days to register.
    package var shareGiveUp: Duration
    /// How often and how long the attached credit line is looked for.
    package var creditPoll: Duration
    package var creditGiveUp: Duration
    /// A sharing call that may still be under way elsewhere (a node cut off from the database) is waited out before its
    /// outcome is read: at least the deadline of a Graph call.
    package var creditSettleAfter: Duration
    /// A test message whose answer was lost: a status that proves it is waited for so long.
    package var messageProof: Duration

    package init(
        retry: RetryPolicy = RetryPolicy(), sharePoll: Duration = .seconds(60), shareGiveUp: Duration = .days(14),
        creditPoll: Duration = .seconds(5), creditGiveUp: Duration = .minutes(10),
        creditSettleAfter: Duration = .zero, messageProof: Duration = .minutes(2)
    ) {
        self.retry = retry
        self.sharePoll = sharePoll
        self.shareGiveUp = shareGiveUp
        self.creditPoll = creditPoll
        self.creditGiveUp = creditGiveUp
        self.creditSettleAfter = creditSettleAfter
        self.messageProof = messageProof
    }
}

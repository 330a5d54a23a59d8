// SPDX-License-Identifier: Apache-2.0
package import Domain
import Store

extension Onboardings {
    /// What the signup's window told when the customer left it. Source: Meta, embedded-signup/implementation, `CANCEL`;
    /// embedded-signup/errors.
    package struct Abandonment: Sendable, Hashable {
        package var customerID: CustomerID
        /// Where the customer stood: `PHONE_NUMBER_SETUP`, say. Open at Meta.
        package var step: String?
        package var errorCode: String?
        package var errorMessage: String?
        /// Names the error at Meta's support.
        package var sessionID: String?

        package init(customerID: CustomerID) { self.customerID = customerID }

        /// What the partner can do, in plain words. Source: Meta, embedded-signup/errors and versions.
        package var hint: String {
            if errorCode != nil || errorMessage != nil {
                return
                    "The window showed an error. Send its session id to Meta's support if it comes again, and the signup link to the customer once more."
            }
            return switch step {
            case "BUSINESS_ACCOUNT_SELECTION":
                "The customer chose no business portfolio: only an admin of one can. Send the link to an admin."
            case "WABA_PHONE_PROFILE_PICKER", "WHATSAPP_BUSINESS_PROFILE_SETUP":
                "The customer stopped at the WhatsApp profile. Help with name and category, and send the signup link again."
            case "PHONE_NUMBER_SETUP", "PHONE_NUMBER_VERIFICATION":
                "The customer stopped at the phone number: it must receive a code and be free of the WhatsApp apps. Offer another number, and send the signup link again."
            case "PERMISSIONS":
                "The customer gave no permission. Explain what is asked for, and send the signup link again."
            default: FailureReason.signupAbandoned.remedy.text
            }
        }
    }

    /// A signup that brought nothing: there is no run, so the partner's page tells of it. Told once for a session.
    package func abandon(_ given: Abandonment, by principal: Principal) async throws {
        let partner = try principal.requirePartner()
        try await store.write { tx in
            guard try tx.customers.find(given.customerID, of: partner) != nil else {
                throw ServiceError.customerNotFound
            }
            try tx.activities.record(
                partner: partner, actor: principal.actor, action: "signup.abandoned", target: given.customerID.rawValue,
                detail: given.step ?? given.errorCode)
            let key = given.sessionID ?? ActivityID(at: tx.now).rawValue
            try tx.publish(
                EventDraft(
                    type: .signupAbandoned, partnerID: partner, customerID: given.customerID,
                    data: [
                        "state": .null, "step": .null, "phone_number": .null, "claimed_waba_id": .null,
                        "reason": .string(FailureReason.signupAbandoned.rawValue),
                        "actor": .string(ActionActor.partner.rawValue), "remedy": .string(given.hint),
                        "current_step": .text(given.step), "error_code": .text(given.errorCode),
                        "error_message": .text(given.errorMessage), "session_id": .text(given.sessionID),
                    ], dedupeKey: "signup_abandoned:\(given.customerID):\(key)"))
        }
    }
}

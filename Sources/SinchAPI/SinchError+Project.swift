// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Services

extension SinchError {
    /// Codes as they are published; one line each, so that a search from a documented code leads here.
    init(_ error: ProjectError) {
        switch error {
        case .notInitialized: self = .projectNotInitialized
        case .projectRemoved: self = .projectNotFound
        case .accountNotFound:
            self.init(404, "account_not_found", "Account not found.", "Create an account first.")
        case .accountExists:
            self.init(409, "account_exists", "Account already exists.", "Use the account that exists.")
        case .accountNotUpdatable:
            self.init(
                409, "account_not_updatable", "Account is not updatable.", "Only a rejected account can be updated.")
        case .noFieldsToUpdate:
            self.init(400, "no_fields_to_update", "No fields to be updated.", "Provide a field to update.")
        case .accountHasSenders(let project, let senders):
            self = SinchError(
                409, "account_has_senders", "Account has senders.", "Delete the senders of the account first."
            ).with("projectId", .string(project.rawValue))
                .with("senderIds", .array(senders.map { .string($0.rawValue) }))
        case .accountHasSenderChanges:
            self.init(
                409, "account_has_sender_changes", "Account has pending sender changes.",
                "Delete the pending sender changes first.")
        case .senderNotFound:
            self.init(404, "sender_not_found", "Sender not found.", "Verify that the senderId is correct.")
        case .senderAlreadyDeleted:
            self.init(
                409, "sender_already_deleted", "A sender has been deleted within 30 days.",
                "Wait until the sender is removed.")
        case .senderNotUpdatable:
            self.init(
                409, "sender_not_updatable", "Sender is not updatable.", "Only an ACTIVE sender can be updated.")
        case .senderChangesNotUpdatable:
            self.init(
                409, "sender_changes_not_updatable", "Sender changes are not updatable.",
                "Only changes in DRAFT or REJECTED can be updated.")
        case .senderChangesNotFound:
            self.init(
                404, "sender_changes_not_found", "Sender changes not found.", "Verify that the sender has changes.")
        case .senderChangesNotDeletable:
            self.init(
                409, "sender_changes_not_deletable", "Sender changes are not deletable.",
                "Only changes in DRAFT, REJECTED or ERROR can be deleted.")
        case .displayNameUnderReview:
            self.init(
                409, "sender_display_name_update_not_allowed", "Sender display name update is not allowed.",
                "Wait until the display name is reviewed.")
        case .notAllowedToRegister:
            self.init(
                409, "not_allowed_register", "Not allowed to register.",
                "Only a sender in PENDING_VERIFICATION can be registered.")
        case .codeRequestFailed:
            self.init(400, "sender_request_code_failed", "Request code failed.", "Please wait and try again.")
        case .tooManyCodeRequests:
            self.init(
                429, "sender-register-too-many-requests", "Too many requests.", "Please wait and try again.")
        case .alreadyRegistered:
            self.init(
                429, "sender-already-registered", "Sender already registered.", "Submit the code that was sent.")
        case .tooManyWrongCodes:
            self.init(
                429, "too_many_invalid_verification_codes", "Too many invalid verification codes.",
                "Please wait and try again.")
        case .notAllowedToVerify:
            self.init(
                409, "not_allowed_verify", "Not allowed to verify.",
                "Only a sender in PENDING_VERIFICATION can be verified.")
        case .wrongCode:
            self.init(
                409, "wrong_otp", "Sender verification failed due to wrong OTP.", "Submit the code that was sent.")
        case .anotherWABA, .anotherBusinessManager, .wabaNotFound, .tooManyWABAs, .wabaUsed, .numberUsed,
            .numberProvisioned, .allNumbersProvisioned, .invalidToken, .invalidCode, .tokensNotGranted, .loginRequired,
            .rateLimited, .insightsUnavailable, .solutionNotFound, .solutionNotReassignable, .webhookExists,
            .webhookLimitReached, .webhookNotFound, .invalidTarget:
            self.init(others: error)
        }
    }

    private init(others error: ProjectError) {
        switch error {
        case .anotherWABA:
            self.init(
                409, "wrong_waba_id", "Different wabaId already exists for sub account / project.",
                "Use the wabaId of the project.")
        case .anotherBusinessManager:
            self.init(
                409, "wrong_business_manager",
                "Different business manager already exists for sub account / project.",
                "Use the business manager of the project.")
        case .wabaNotFound:
            self.init(409, "not_found_waba_id", "Not found wabaId.", "Verify that the wabaId is correct and shared.")
        case .tooManyWABAs: self.init(409, "too_many_waba_id", "Too many wabaId.", "Provide the wabaId.")
        case .wabaUsed:
            self.init(409, "waba_id_used", "WabaId is used.", "Use a wabaId that no other project uses.")
        case .numberUsed:
            self.init(409, "used_phone_number_id", "Used phoneNumberId.", "Use another phoneNumberId.")
        case .numberProvisioned:
            self.init(409, "provisioned_phone_number_id", "Provisioned phoneNumberId.", "Use another phoneNumberId.")
        case .allNumbersProvisioned:
            self.init(
                409, "all_phone_number_id_provisioned", "All phoneNumberId are provisioned.",
                "Add another phone number to the WhatsApp Business Account.")
        case .invalidToken: self = .invalidFacebookToken
        case .invalidCode: self = .invalidFacebookCode
        // The operator's switch is ours; no documented code comes nearer.
        case .tokensNotGranted:
            self.init(
                400, "project_not_initialized", "Project not initialized for WhatsApp.",
                "Ask the operator to allow long-lived access tokens for this partner.")
        case .loginRequired:
            self.init(500, "log_in_facebook_required", "Log in to Facebook is required.", "Log in to Facebook again.")
        case .rateLimited:
            self.init(
                500, "facebook_Request_limit_reached", "Facebook request limit reached.", "Please wait and try again.")
        case .insightsUnavailable:
            self.init(
                424, "template_insights_not_yet_available", "Template Insights unavailable.",
                "Template Insights are not available yet for this WhatsApp Business account, please contact support.")
        case .solutionNotFound:
            self.init(404, "solution_not_found", "Solution not found.", "Verify that the solutionId is correct.")
        case .solutionNotReassignable:
            self.init(
                409, "solution_cannot_be_reassigned", "Solution cannot be reassigned.",
                "Project is already onboarded, can't reassign solution")
        case .webhookExists:
            self.init(
                409, "webhook_exists", "Webhook already exists.",
                "Webhooks must have a unique target, use another target.")
        case .webhookLimitReached:
            self.init(
                424, "webhook_limit_reached", "Webhook limit reached.", "A project can have at most 15 webhooks.")
        case .webhookNotFound:
            self.init(404, "webhook_not_found", "Webhook not found.", "Verify that the webhookId is correct.")
        case .invalidTarget: self = .invalidInput(["target must be a URL address"])
        // Told above.
        case .notInitialized, .projectRemoved, .accountNotFound, .accountExists, .accountNotUpdatable,
            .noFieldsToUpdate, .accountHasSenders, .accountHasSenderChanges, .senderNotFound, .senderAlreadyDeleted,
            .senderNotUpdatable, .senderChangesNotUpdatable, .senderChangesNotFound, .senderChangesNotDeletable,
            .displayNameUnderReview, .notAllowedToRegister, .codeRequestFailed, .tooManyCodeRequests,
            .alreadyRegistered, .notAllowedToVerify, .wrongCode, .tooManyWrongCodes:
            self = .internalError
        }
    }
}

extension SinchError {
    init(_ error: ServiceError) {
        switch error {
        case .unauthorized, .partnerKeyRequired, .operatorKeyRequired, .partnerNotFound: self = .unauthorized
        case .whatsAppDisabled, .appNotFound, .wabaNotFound, .customerNotFound: self = .projectNotInitialized
        case .missing(let field): self = .invalidInput(["\(field) should not be empty"])
        case .invalid(let field, let message): self = .invalidInput(["\(field) \(message)"])
        case .refusedByMeta(let refusal) where refusal.class == .wait: self = .tooManyRequests
        case .refusedByMeta(let refusal):
            self = SinchError.invalidInput([refusal.details ?? refusal.message])
        case .numberRefused(let refusal): self = .invalidInput([refusal.text])
        case .phoneNumberNotFound: self = SinchError(ProjectError.senderNotFound)
        // What no call of this door can meet, and what is ours alone to mend.
        case .metaUnavailable, .unavailable, .keyNotFound, .onboardingNotFound, .endpointNotFound, .eventNotFound,
            .deliveryNotFound, .reconciliationNotFound, .importNotFound, .reconciliationUnderWay, .emailTaken,
            .phoneTaken, .externalIDTaken, .businessOfAnotherPartner, .solutionOfAnotherPartner, .notResumable,
            .notCancellable, .anotherRunOpen, .notCertified, .deliveryUnderWay, .endpointDisabled,
            .idempotencyMismatch, .activationNotFound, .activationExists, .activationDecided, .accountNotVerified:
            self = .internalError
        }
    }

    /// `invalid_payload` for what cannot be read. Not documented: the statuses 405, 408 and 413.
    init(_ fault: RequestFault) {
        switch fault {
        case .malformedJSON, .nestedTooDeep: self = .invalidPayload
        case .bodyTooLarge:
            self.init(413, "invalid_payload", "Invalid payload.", "Correct payload and submit again.")
        case .bodyTooSlow: self.init(408, "invalid_payload", "Invalid payload.", "Correct payload and submit again.")
        case .invalidIdempotencyKey: self = .invalidPayload
        case .invalidQuery(let parameter, let message): self = .invalidInput(["\(parameter) \(message)"])
        case .unknownRoute: self = .projectNotFound
        case .methodNotAllowed:
            self.init(405, "invalid_payload", "Invalid payload.", "Use a method that this path knows.")
        }
    }
}

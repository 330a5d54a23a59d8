// SPDX-License-Identifier: Apache-2.0

extension FailureReason {
    package var remedy: Remedy {
        switch self {
        case .codeExpired:
            Remedy(
                actor: .customer,
                text:
                    "The signup code lived 30 seconds and is over. Let the customer finish Embedded Signup again and resume with the new code."
            )
        case .codeUsed:
            Remedy(
                actor: .customer,
                text:
                    "This signup code was exchanged before. Let the customer finish Embedded Signup again and resume with the new code."
            )
        case .codeInvalid:
            Remedy(
                actor: .partner,
                text:
                    "Meta does not know this code. Send response.authResponse.code exactly as Embedded Signup returned it, then resume with it."
            )
        case .codeExchangeUnknown:
            Remedy(
                actor: .customer,
                text:
                    "Meta's answer to the code exchange was lost and a code works once. Let the customer finish Embedded Signup again and resume with the new code."
            )
        case .redirectURIMismatch:
            Remedy(
                actor: .partner,
                text:
                    "The code came from an OAuth dialog with a redirect_uri. Launch Embedded Signup with Meta's JavaScript SDK, or send the same redirect_uri."
            )
        case .appCredentialsInvalid:
            Remedy(
                actor: .operator,
                text: "Meta refuses the app id or app secret. Set the right ones with `gangway apps set` and resume.")
        case .tokenInvalid:
            Remedy(
                actor: .customer,
                text:
                    "The business token no longer works (expired, revoked or the app was removed). Let the customer finish Embedded Signup again and resume with the new code."
            )
        case .tokenOfAnotherApp:
            Remedy(
                actor: .partner,
                text:
                    "The code belongs to another Meta app. Launch Embedded Signup with this server's app id and resume with the new code."
            )
        case .permissionMissing:
            Remedy(
                actor: .operator,
                text:
                    "The app lacks a permission for this call. Check Advanced Access, that the app is Live and the Login for Business configuration, then resume."
            )
        case .wabaNotShared:
            Remedy(
                actor: .customer,
                text:
                    "This WABA was not shared with the app. Let the customer finish Embedded Signup and choose it, then resume with the new code."
            )
        case .wabaAmbiguous:
            Remedy(actor: .partner, text: "The customer shared several WABAs. Resume with the waba_id that is meant.")
        case .wabaOwnedByAnotherPartner:
            Remedy(
                actor: .operator,
                text: "Another partner of this server owns this WABA. Offboard it there first, then resume.")
        case .anotherRunOpen:
            Remedy(
                actor: .partner,
                text: "Another onboarding of this WABA is still open. Finish or cancel that one, then resume.")
        case .businessNotApproved:
            Remedy(
                actor: .operator,
                text:
                    "A WABA of this business was shared, but nothing proves that the business is this partner's customer. Approve the business id for the partner, then resume."
            )
        case .signupAbandoned:
            Remedy(
                actor: .customer,
                text: "The customer did not finish the signup. Send the signup link again, then resume.")
        case .phoneNumberMissing:
            Remedy(
                actor: .customer,
                text: "The WABA has no phone number. Let the customer add one in WhatsApp Manager, then resume.")
        case .phoneNumberAmbiguous:
            Remedy(
                actor: .partner,
                text: "The WABA has several phone numbers. Resume with the phone_number_id that is meant.")
        case .phoneNumberNotOnWABA:
            Remedy(
                actor: .partner,
                text:
                    "The phone number named in the request is not on this WABA. Check the number, then resume with the right phone_number_id."
            )
        case .phoneNumberNotVerified:
            Remedy(
                actor: .customer,
                text: "The phone number is not verified. Let the customer verify it in WhatsApp Manager, then resume.")
        case .pinMismatch:
            Remedy(
                actor: .customer,
                text:
                    "The number already has a two-step verification PIN and it is another one. Resume with the right PIN, or turn two-step verification off in WhatsApp Manager and resume."
            )
        case .pinGuessesExceeded:
            Remedy(
                actor: .customer,
                text:
                    "The PIN was guessed wrong too often and Meta locked further tries for a while. Wait, then resume with the right PIN."
            )
        case .registrationLimitReached:
            Remedy(
                actor: .partner,
                text: "The number was registered 10 times within 72 hours. Wait until the date shown, then resume.")
        case .twoStepVerificationOn:
            Remedy(
                actor: .customer,
                text:
                    "The number's present provider still holds it: two-step verification is on there, or Meta could not confirm who owns it. Let the owner turn two-step verification off at the present provider (WhatsApp Manager, Phone numbers), then resume."
            )
        case .numberNotMovable:
            Remedy(
                actor: .customer,
                text:
                    "Meta does not let this number move: it must be connected at its present provider, under the same verified business, and on no list of this WABA. Mend what the error names, then resume."
            )
        case .verificationCodeNeeded:
            Remedy(
                actor: .customer,
                text:
                    "Meta has sent a code to the number. Resume with it as verification_code; if none came, resume with resend_code."
            )
        case .verificationCodeWrong:
            Remedy(
                actor: .customer,
                text:
                    "This is not the code that Meta sent last, or it is older than ten minutes. Resume with the right verification_code, or with resend_code for a new one."
            )
        case .numberNotOnBusinessApp:
            Remedy(
                actor: .partner,
                text:
                    "This number is not used in the WhatsApp Business app, so nothing can be synchronised. Cancel, and begin again with the flow embedded_signup and a new code."
            )
        case .syncWindowMissed:
            Remedy(
                actor: .customer,
                text:
                    "Contacts and history can be synchronised within 24 hours of the signup only. Resume with skip to go on without them; or let the customer disconnect in the WhatsApp Business app and finish Embedded Signup again."
            )
        case .businessAppDisconnected:
            Remedy(
                actor: .customer,
                text:
                    "The number is no longer connected from the WhatsApp Business app. Let the customer open the app on its phone; if it stays disconnected, finish Embedded Signup again from the app and resume with the new code."
            )
        case .testMessageMissing:
            Remedy(
                actor: .partner,
                text:
                    "No message came from the tester's number. Write from it to the business number; if it was written, check that the app's webhook field messages is subscribed and the callback reachable. Then resume, or resume with skip."
            )
        case .testMessageFailed:
            Remedy(
                actor: .partner,
                text:
                    "Meta did not deliver the test message; its error is shown with the step. Mend what it names and resume, which sends another message, or resume with skip."
            )
        case .testMessageUnconfirmed:
            Remedy(
                actor: .partner,
                text:
                    "Nothing tells whether the test message arrived: no status came. Check that the app's webhook field messages is subscribed and the callback reachable, then resume, which sends another message, or resume with skip."
            )
        case .solutionNotUsable:
            Remedy(
                actor: .partner,
                text:
                    "This solution id is not one that this partner can use. Check the Multi-Partner Solution and submit again."
            )
        case .callbackRefused:
            Remedy(
                actor: .partner,
                text:
                    "Meta refused the callback override: the URL must be https and answer the verification handshake. Mend it, then resume."
            )
        case .currencyMissing:
            Remedy(
                actor: .partner,
                text:
                    "Sharing the credit line fixes the WABA's currency. Resume with currency set to one of AUD, EUR, GBP, IDR, INR, USD."
            )
        case .creditLineNotConfigured:
            Remedy(
                actor: .operator,
                text:
                    "No extended credit line is set for the app. Set it with `gangway apps set --credit-line`, then resume."
            )
        case .creditLineRefused:
            Remedy(
                actor: .operator,
                text:
                    "Meta refused to share the credit line. Check that the system user is on the WABA with an Admin or Financial Editor role and that the WABA has no other line, then resume."
            )
        case .creditShareUnconfirmed:
            Remedy(
                actor: .operator,
                text:
                    "It is not certain whether the credit line was shared. Look at the allocations in Meta Business Suite; resume verifies again and never shares twice."
            )
        case .creditLineStillUsed:
            Remedy(
                actor: .partner,
                text:
                    "Revoking the credit line would stop the other WABAs of this business, which are shown. Offboard those first and resume, or cancel and offboard with keep_credit_line."
            )
        case .creditRevokeUnconfirmed:
            Remedy(
                actor: .operator,
                text:
                    "Meta does not show the credit allocation as deleted. Look at the allocations in Meta Business Suite; resume reads it again."
            )
        case .paymentMethodMissing:
            Remedy(
                actor: .customer,
                text: "Add a payment method in WhatsApp Manager: without one Meta refuses template messages (131042).")
        case .reviewRejected:
            Remedy(
                actor: .customer,
                text: "Meta rejected the account. Appeal in Business Support Home; resume when it is approved.")
        case .accountRestricted:
            Remedy(
                actor: .customer,
                text:
                    "Meta restricted or disabled the account. Appeal in Business Support Home; resume when it is reinstated."
            )
        case .accountDeleted:
            Remedy(actor: .customer, text: "The WABA was deleted. Start again with a new signup.")
        case .partnerRemoved:
            Remedy(
                actor: .customer,
                text:
                    "The customer no longer shares this WABA. Let the customer finish Embedded Signup again and resume with the new code."
            )
        case .templateAnalyticsRefused:
            Remedy(
                actor: .partner, text: "Meta refused to enable template analytics. Resume later, or resume with skip.")
        case .rejectedByMeta:
            Remedy(
                actor: .operator,
                text:
                    "Meta refused this step for a reason that no repeat can mend. The error is shown with the step; resume when it is settled."
            )
        case .metaUnavailable:
            Remedy(
                actor: .operator,
                text: "Meta did not serve this step after many tries. Check Meta's status page, then resume.")
        case .internalError:
            Remedy(
                actor: .operator,
                text: "This step crashed repeatedly. The log of the server says why; resume when it is mended.")
        }
    }
}

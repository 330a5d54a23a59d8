// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import HTTPTypes
import Services
import Store
import TestSupport

/// Source: Sinch, tag "Senders".
extension SinchReplay {
    private static let signup = #"{"wabaId": "102290129340398", "phoneNumberId": "106540352242922", "#

    private static let connected = """
        {"id": "*", "state": "ACTIVE", "region": "EU", "metaLocalStorage": "UNSPECIFIED", "cloudApi": true,
         "businessManager": "SINCH_UK", "compatibleRegions": ["eu", "us"], "created": "*", "modified": "*",
         "numberProvider": "CUSTOMER", "countryCode": "1", "phoneNumber": "5550783881", "qualityRating": "GREEN",
         "details": {"displayName": "Lucky Shrub", "vertical": "NOT_SET"},
         "metadata": {"displayName": {"value": "Lucky Shrub", "status": "APPROVED"}}}
        """

    static let senders: [SinchReplay] = [
        SinchReplay(
            "GET senders", method: .get, "/whatsapp/senders", 200,
            .json(#"{"totalSize": 1, "pageSize": 50, "senders": [\#(connected)]}"#),
            after: { try await $0.onboard() }),
        SinchReplay(
            "array filters", method: .get,
            "/whatsapp/senders?filterStates=ACTIVE&filterStates=ERROR&filterStatuses=DRAFT", 200,
            .json(#"{"totalSize": 0, "pageSize": 50, "senders": []}"#), after: { try await $0.onboard() }),
        SinchReplay(
            "invalid_filter_states", method: .get, "/whatsapp/senders?filterStates=GONE", 400,
            .error(
                "invalid_filter_states", "Invalid filter states.",
                information:
                    #"{"supportedCodes": "ACTIVE, IN_PROGRESS, INACTIVE, PENDING_VERIFICATION, SUSPENDED, ERROR"}"#)),
        SinchReplay(
            "invalid_filter_statuses", method: .get, "/whatsapp/senders?filterStatuses=ACTIVE", 400,
            .error(
                "invalid_filter_statuses", "Invalid filter statuses.",
                information: #"{"supportedCodes": "DRAFT, ERROR, IN_PROGRESS, REJECTED"}"#)),
        SinchReplay(
            "GET sender", method: .get, "/whatsapp/senders/{sender}", 200, .json(connected),
            after: { try await $0.onboard() }),
        SinchReplay(
            "sender_not_found", method: .get, "/whatsapp/senders/018c0000-0000-7000-8000-000000000000", 404,
            .error("sender_not_found", "Sender not found.")),
        SinchReplay(
            "POST senders", "body embedded signup", method: .post, "/whatsapp/senders",
            signup + #""authenticationCode": "code", "region": "EU", "metaLocalStorage": "DE"}"#, 201,
            .json(
                """
                {"id": "*", "region": "EU", "metaLocalStorage": "DE", "cloudApi": true, "businessManager": "SINCH_UK",
                 "compatibleRegions": ["eu", "us"], "created": "*", "modified": "*", "numberProvider": "CUSTOMER",
                 "changes": {"status": "IN_PROGRESS"}}
                """)),
        SinchReplay(
            "body partner initiated", method: .post, "/whatsapp/senders", SinchStage.numberBody, 201,
            .json(
                """
                {"id": "*", "state": "PENDING_VERIFICATION", "region": "EU", "metaLocalStorage": "UNSPECIFIED",
                 "cloudApi": true, "businessManager": "SINCH_UK", "compatibleRegions": ["eu", "us"], "created": "*",
                 "modified": "*", "numberProvider": "CUSTOMER", "countryCode": "48", "phoneNumber": "777777777",
                 "details": {"displayName": "Lucky Shrub", "vertical": "NOT_SET"},
                 "metadata": {"displayName": {"value": "Lucky Shrub", "status": "UNSPECIFIED"}},
                 "changes": {"status": "IN_PROGRESS", "details":
                             {"displayName": "Lucky Shrub", "vertical": "OTHER", "about": "Plants"}}}
                """),
            after: { stage in
                try await stage.onboard()
                stage.planNumbers()
            }),
        SinchReplay(
            "body new number", method: .post, "/whatsapp/senders",
            #"{"details": {"countryCode": "48", "phoneNumber": "777777777", "displayName": "Shrub"}, "region": "US"}"#,
            201,
            .json(
                """
                {"id": "*", "state": "PENDING_VERIFICATION", "region": "US", "metaLocalStorage": "UNSPECIFIED",
                 "cloudApi": true, "businessManager": "SINCH_UK", "compatibleRegions": ["eu", "us"], "created": "*",
                 "modified": "*", "numberProvider": "CUSTOMER", "countryCode": "48", "phoneNumber": "777777777",
                 "details": "*", "metadata": "*", "changes": {"status": "IN_PROGRESS", "details": "*"}}
                """),
            after: { stage in
                try await stage.onboard()
                stage.planNumbers()
            }),
        SinchReplay(
            "body deprecated ES", method: .post, "/whatsapp/senders", deprecated(#""facebookCode": "code""#), 201,
            .json(
                """
                {"id": "*", "region": "EU", "metaLocalStorage": "UNSPECIFIED", "cloudApi": true,
                 "businessManager": "SINCH_UK", "compatibleRegions": ["eu", "us"], "created": "*", "modified": "*",
                 "numberProvider": "CUSTOMER", "changes": {"status": "IN_PROGRESS", "details":
                 {"displayName": "Lucky Shrub", "vertical": "OTHER"}}}
                """)),
        SinchReplay(
            "senders invalid_facebook_token", method: .post, "/whatsapp/senders",
            deprecated(#""facebookAccessToken": "old""#), 400,
            .error("invalid_facebook_token", "Facebook token is invalid or has expired"),
            after: { $0.world.graph.answer("debug_token", with: .json(#"{"data": {"is_valid": false}}"#)) }),
        SinchReplay(
            "senders facebook_Request_limit_reached", method: .post, "/whatsapp/senders",
            deprecated(#""facebookAccessToken": "t""#), 500,
            .error("facebook_Request_limit_reached", "Facebook request limit reached."),
            after: { $0.fail("debug_token", .refusal("debug_token", code: 4, subcode: nil)) }),
        SinchReplay(
            "senders log_in_facebook_required", method: .post, "/whatsapp/senders",
            deprecated(#""facebookAccessToken": "t""#), 500,
            .error("log_in_facebook_required", "Log in to Facebook is required."),
            after: { $0.fail("debug_token", .refusal("debug_token", code: 190, subcode: 464)) }),
        SinchReplay(
            "too_many_waba_id", method: .post, "/whatsapp/senders", deprecated(#""facebookAccessToken": "t""#), 409,
            .error("too_many_waba_id", "Too many wabaId."),
            after: { $0.planTargets(#""1", "2""#) }),
        SinchReplay(
            "all_phone_number_id_provisioned", method: .post, "/whatsapp/senders",
            deprecated(#""facebookAccessToken": "t""#), 409,
            .error("all_phone_number_id_provisioned", "All phoneNumberId are provisioned."),
            after: { stage in
                try await stage.onboard()
                stage.planTargets(#""102290129340398""#)
                stage.world.graph.answer(
                    "list_phone_numbers", with: .json(#"{"data": [{"id": "106540352242922"}]}"#))
            }),
        SinchReplay(
            "invalid_business_manager", method: .post, "/whatsapp/senders",
            signup + #""authenticationCode": "c", "businessManager": "SINCH_UK", "region": "BR"}"#, 400,
            .error("invalid_business_manager", "Invalid business manager.")),
        SinchReplay(
            "senders invalid_business_manager_for_environment", method: .post, "/whatsapp/senders",
            signup + #""authenticationCode": "c", "businessManager": "SINCH_SEP"}"#, 400,
            .error("invalid_business_manager_for_environment", "Invalid business manager for environment.")),
        SinchReplay(
            "wrong_waba_id", method: .post, "/whatsapp/senders",
            #"{"wabaId": "5", "phoneNumberId": "6", "authenticationCode": "c"}"#, 409,
            .error("wrong_waba_id", "Different wabaId already exists for sub account / project."),
            after: { try await $0.onboard() }),
        SinchReplay(
            "not_found_waba_id", method: .post, "/whatsapp/senders", SinchStage.numberBody, 409,
            .error("not_found_waba_id", "Not found wabaId."), after: { try await $0.createAccount() }),
        SinchReplay(
            "waba_id_used", method: .post, "/whatsapp/senders", signup + #""authenticationCode": "c"}"#, 409,
            .error("waba_id_used", "WabaId is used."), after: { try await $0.useElsewhere(number: false) }),
        SinchReplay(
            "provisioned_phone_number_id", method: .post, "/whatsapp/senders",
            #"{"wabaId": "5", "phoneNumberId": "106540352242922", "authenticationCode": "c"}"#, 409,
            .error("provisioned_phone_number_id", "Provisioned phoneNumberId."),
            after: { try await $0.useElsewhere(number: true) }),
        SinchReplay(
            "used_phone_number_id", method: .post, "/whatsapp/senders", signup + #""authenticationCode": "c"}"#, 409,
            .error("used_phone_number_id", "Used phoneNumberId."), after: { try await $0.onboard() }),
        SinchReplay(
            "wrong_business_manager", method: .post, "/whatsapp/senders",
            signup + #""authenticationCode": "c", "businessManager": "SINCH_BR"}"#, 409,
            .error(
                "wrong_business_manager", "Different business manager already exists for sub account / project."),
            after: { try await $0.createAccount() }),
    ]

    private static func deprecated(_ credential: String) -> String {
        #"{"name": "Lucky Shrub", "details": {"displayName": "Lucky Shrub", "vertical": "OTHER"}, \#(credential)}"#
    }

    static let senderChanges: [SinchReplay] = [
        SinchReplay(
            "PATCH sender", "null deletes", method: .patch, "/whatsapp/senders/{sender}",
            #"{"status": "SUBMIT", "details": {"about": "Seeds", "email": null}}"#, 200,
            .json(
                """
                {"id": "*", "state": "ACTIVE", "region": "EU", "metaLocalStorage": "UNSPECIFIED", "cloudApi": true,
                 "businessManager": "SINCH_UK", "compatibleRegions": ["eu", "us"], "created": "*", "modified": "*",
                 "numberProvider": "CUSTOMER", "countryCode": "1", "phoneNumber": "5550783881",
                 "qualityRating": "GREEN", "metadata": "*",
                 "details": {"displayName": "Lucky Shrub", "vertical": "NOT_SET", "about": "Seeds"}}
                """),
            after: { stage in
                try await stage.onboard()
                stage.planNumbers()
            }),
        SinchReplay(
            "PATCH status default", method: .patch, "/whatsapp/senders/{sender}", #"{"details": {"about": "Seeds"}}"#,
            200,
            .json(
                """
                {"id": "*", "state": "ACTIVE", "region": "EU", "metaLocalStorage": "UNSPECIFIED", "cloudApi": true,
                 "businessManager": "SINCH_UK", "compatibleRegions": ["eu", "us"], "created": "*", "modified": "*",
                 "numberProvider": "CUSTOMER", "countryCode": "1", "phoneNumber": "5550783881",
                 "qualityRating": "GREEN", "metadata": "*", "details": "*",
                 "changes": {"status": "DRAFT", "details": {"about": "Seeds"}}}
                """), after: { try await $0.onboard() }),
        SinchReplay(
            "sender no_fields_to_update", method: .patch, "/whatsapp/senders/{sender}", "{}", 400,
            .error("no_fields_to_update", "No fields to be updated."), after: { try await $0.onboard() }),
        SinchReplay(
            "sender_not_updatable", method: .patch, "/whatsapp/senders/{sender}", #"{"details": {"about": "a"}}"#, 409,
            .error("sender_not_updatable", "Sender is not updatable."), after: { try await $0.addNumber() }),
        SinchReplay(
            "sender_changes_not_updatable", method: .patch, "/whatsapp/senders/{sender}",
            #"{"details": {"about": "a"}}"#, 409,
            .error("sender_changes_not_updatable", "Sender changes are not updatable."),
            after: { try await $0.failSender() }),
        SinchReplay(
            "sender_display_name_update_not_allowed", method: .patch, "/whatsapp/senders/{sender}",
            #"{"details": {"displayName": "Other"}}"#, 409,
            .error("sender_display_name_update_not_allowed", "Sender display name update is not allowed."),
            after: { stage in
                try await stage.onboard()
                try await stage.world.store.write { tx in
                    _ = try tx.phoneNumbers.setName(
                        "PENDING_REVIEW", verifiedName: nil, at: tx.now, of: SinchStage.number)
                }
            }),
        SinchReplay(
            "DELETE sender", method: .delete, "/whatsapp/senders/{sender}", 204, .empty,
            after: { try await $0.onboard() }),
        SinchReplay(
            "sender_already_deleted", method: .delete, "/whatsapp/senders/{sender}", 409,
            .error("sender_already_deleted", "A sender has been deleted within 30 days."),
            after: { stage in
                try await stage.onboard()
                _ = try await stage.call(.delete, "/whatsapp/senders/{sender}")
            }),
        SinchReplay(
            "DELETE changes", method: .delete, "/whatsapp/senders/{sender}/changes", 204, .empty,
            after: { try await $0.draftSender() }),
        SinchReplay(
            "sender_changes_not_found", method: .delete, "/whatsapp/senders/{sender}/changes", 404,
            .error("sender_changes_not_found", "Sender changes not found."), after: { try await $0.onboard() }),
        SinchReplay(
            "sender_changes_not_deletable", method: .delete, "/whatsapp/senders/{sender}/changes", 409,
            .error("sender_changes_not_deletable", "Sender changes are not deletable."),
            after: { try await $0.addNumber() }),
        SinchReplay(
            "POST sender comments", method: .post, "/whatsapp/senders/{sender}/comments", #"{"comment": "Hello"}"#, 201,
            .json(#"{"type": "CREATED", "comment": "Hello", "created": "*"}"#), after: { try await $0.onboard() }),
        SinchReplay(
            "GET sender activities", method: .get, "/whatsapp/senders/{sender}/activities", 200,
            .json(
                """
                {"totalSize": 2, "pageSize": 50, "notifications": [
                 {"type": "COMMENT_ADDED", "created": "*", "author": "Provisioning API user", "comment": "Hello"},
                 {"type": "CREATED", "created": "*", "author": "system"}]}
                """),
            after: { stage in
                try await stage.onboard()
                stage.world.clock.advance(by: .seconds(1))
                _ = try await stage.call(.post, "/whatsapp/senders/{sender}/comments", #"{"comment": "Hello"}"#)
            }),
    ]

    private static let register = "/whatsapp/senders/{sender}/register"
    private static let verify = "/whatsapp/senders/{sender}/verify"

    static let codes: [SinchReplay] = [
        SinchReplay(
            "POST register", method: .post, register, #"{"method": "SMS"}"#, 200,
            .json(#"{"id": "*", "method": "SMS", "accepted": "*", "verificationCodeSent": true}"#),
            after: { try await $0.addNumber() }),
        SinchReplay(
            "register already verified", method: .post, register, #"{"method": "VOICE"}"#, 200,
            .json(#"{"id": "*", "method": "VOICE", "accepted": "*", "verificationCodeSent": false}"#),
            after: { stage in
                try await stage.addNumber()
                stage.fail("request_code", .refusal("request_code", code: 136_024, subcode: nil))
            }),
        SinchReplay(
            "sender_request_code_failed", method: .post, register, #"{"method": "SMS"}"#, 400,
            .error("sender_request_code_failed", "Request code failed."),
            after: { stage in
                try await stage.addNumber()
                stage.fail("request_code", .refusal("request_code", subcode: nil))
            }),
        SinchReplay(
            "not_allowed_register", method: .post, register, #"{"method": "SMS"}"#, 409,
            .error("not_allowed_register", "Not allowed to register."), after: { try await $0.onboard() }),
        SinchReplay(
            "sender-register-too-many-requests", method: .post, register, #"{"method": "SMS"}"#, 429,
            .error("sender-register-too-many-requests", "Too many requests."),
            after: { stage in
                try await stage.addNumber()
                for _ in 1...10 { _ = try await stage.call(.post, register, #"{"method": "SMS"}"#) }
            }),
        SinchReplay(
            "POST verify", method: .post, verify, #"{"code": "123456"}"#, 204, .empty,
            after: { stage in
                try await stage.addNumber()
                _ = try await stage.call(.post, register, #"{"method": "SMS"}"#)
            }),
        SinchReplay(
            "not_allowed_verify", method: .post, verify, #"{"code": "123456"}"#, 409,
            .error("not_allowed_verify", "Not allowed to verify."), after: { try await $0.addNumber() }),
        SinchReplay(
            "wrong_otp", method: .post, verify, #"{"code": "000000"}"#, 409,
            .error("wrong_otp", "Sender verification failed due to wrong OTP."),
            after: { stage in
                try await stage.addNumber()
                _ = try await stage.call(.post, register, #"{"method": "SMS"}"#)
                stage.fail("verify_code", .refusal("verify_code", code: 136_025, subcode: nil))
            }),
        SinchReplay(
            "too_many_invalid_verification_codes", method: .post, verify, #"{"code": "000000"}"#, 429,
            .error("too_many_invalid_verification_codes", "Too many invalid verification codes."),
            after: { stage in
                try await stage.addNumber()
                _ = try await stage.call(.post, register, #"{"method": "SMS"}"#)
                stage.fail(
                    "verify_code",
                    GraphError(
                        class: .wait, reach: .answered, operation: "verify_code", httpStatus: 400, code: 4,
                        message: "too many"))
            }),
    ]
}

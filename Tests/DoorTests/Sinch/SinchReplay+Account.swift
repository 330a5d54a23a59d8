// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import GraphClient
import HTTPTypes
import TestSupport

/// Source: Sinch, common errors; tags "WhatsApp Accounts" and "WhatsApp".
extension SinchReplay {
    static let common: [SinchReplay] = [
        SinchReplay(
            "invalid_input", method: .post, "/whatsapp", #"{"companyLegalName": 5}"#, 400,
            .error(
                "invalid_input", "Invalid input.", resolution: "Correct the validation errors and submit again.",
                information: """
                    {"validationErrors": ["clientBusinessManagerId must be a string",
                     "companyLegalName must be a string"]}
                    """)),
        SinchReplay(
            "invalid_payload", method: .post, "/whatsapp", "{", 400,
            .error("invalid_payload", "Invalid payload.", resolution: "Correct payload and submit again.")),
        SinchReplay(
            "invalid_page_token", method: .get, "/whatsapp/senders?pageToken=x", 400,
            .error(
                "invalid_page_token", "Invalid page token.",
                resolution:
                    "The page token to use is provided in the previous query response, for new queries simply leave this field undefined."
            )),
        SinchReplay(
            "invalid_page_size", method: .get, "/whatsapp/senders?pageSize=x", 400,
            .error(
                "invalid_page_size", "Page size must be numeric.",
                resolution: "Use a integer value for pageSize parameter.")),
        SinchReplay(
            "project_not_initialized", method: .put, "/whatsapp/enableTemplateAnalytics", 400,
            .error(
                "project_not_initialized", "Project not initialized for WhatsApp.",
                resolution: "Verify that the project ID is correct and that it has been onboarded for WhatsApp.")),
    ]

    static let account: [SinchReplay] = [
        SinchReplay(
            "account_not_found", "GET whatsapp", method: .get, "/whatsapp", 404,
            .error("account_not_found", "Account not found.")),
        SinchReplay(
            "POST whatsapp", "account body partner-initiated", "account pending", method: .post, "/whatsapp",
            SinchStage.accountBody, 201,
            .json(
                """
                {"isEmbeddedSignup": false, "businessManager": "SINCH_UK", "compatibleRegions": ["eu", "us"],
                 "wabaMaxPriceOnboarded": false, "changes": {"status": "IN_PROGRESS", "details":
                 {"clientBusinessManagerId": "506914307656634", "wabaName": "Lucky Shrub", "senderDetails":
                  {"displayName": "Lucky Shrub", "businessCategory": "OTHER", "region": "EU", "metaLocalStorage": "DE"}}}}
                """)),
        SinchReplay(
            "account body deprecated", method: .post, "/whatsapp",
            """
            {"companyLegalName": "Lucky Shrub Ltd", "clientBusinessManagerId": "506914307656634",
             "businessManager": "SINCH_BR"}
            """, 201,
            .json(
                """
                {"isEmbeddedSignup": false, "businessManager": "SINCH_BR", "compatibleRegions": ["br", "us"],
                 "wabaMaxPriceOnboarded": false, "changes": {"status": "IN_PROGRESS", "details":
                 {"clientBusinessManagerId": "506914307656634", "wabaName": "Lucky Shrub Ltd",
                  "companyLegalName": "Lucky Shrub Ltd"}}}
                """)),
        SinchReplay(
            "account onboarded", method: .get, "/whatsapp", 200,
            .json(
                """
                {"state": "ONBOARDED", "isEmbeddedSignup": true, "businessManager": "SINCH_UK",
                 "compatibleRegions": ["eu", "us"], "wabaMaxPriceOnboarded": false, "wabaId": "102290129340398",
                 "currency": "USD",
                 "details": {"clientBusinessManagerId": "506914307656634", "wabaName": "Lucky Shrub"}}
                """), after: { try await $0.onboard() }),
        SinchReplay(
            "account rejected", method: .get, "/whatsapp", 200,
            .json(
                """
                {"state": "REJECTED", "isEmbeddedSignup": false, "businessManager": "SINCH_UK",
                 "compatibleRegions": ["eu", "us"], "wabaMaxPriceOnboarded": false,
                 "changes": {"status": "REJECTED", "details": "*"}}
                """), after: { try await $0.rejectAccount() }),
        SinchReplay(
            "PATCH whatsapp", method: .patch, "/whatsapp", #"{"wabaName": "Luckier Shrub"}"#, 200,
            .json(
                """
                {"isEmbeddedSignup": false, "businessManager": "SINCH_UK", "compatibleRegions": ["eu", "us"],
                 "wabaMaxPriceOnboarded": false, "changes": {"status": "IN_PROGRESS", "details":
                 {"clientBusinessManagerId": "506914307656634", "wabaName": "Luckier Shrub", "senderDetails": "*"}}}
                """), after: { try await $0.rejectAccount() }),
        SinchReplay(
            "account_not_updatable", method: .patch, "/whatsapp", #"{"wabaName": "x"}"#, 409,
            .error("account_not_updatable", "Account is not updatable."), after: { try await $0.createAccount() }),
        SinchReplay(
            "account no_fields_to_update", method: .patch, "/whatsapp", "{}", 400,
            .error("no_fields_to_update", "No fields to be updated."), after: { try await $0.rejectAccount() }),
        SinchReplay(
            "account_exists", method: .post, "/whatsapp", SinchStage.accountBody, 409,
            .error("account_exists", "Account already exists."), after: { try await $0.createAccount() }),
        SinchReplay(
            "account invalid_business_manager_for_environment", method: .post, "/whatsapp",
            #"{"companyLegalName": "a", "clientBusinessManagerId": "1", "businessManager": "SINCH_SEP"}"#, 400,
            .error("invalid_business_manager_for_environment", "Invalid business manager for environment.")),
        SinchReplay(
            "DELETE whatsapp", method: .delete, "/whatsapp", 204, .empty, after: { try await $0.createAccount() }),
        SinchReplay(
            "account_has_senders", method: .delete, "/whatsapp", 409,
            .error(
                "account_has_senders", "Account has senders.",
                information: #"{"projectId": "*", "senderIds": ["*"]}"#), after: { try await $0.onboard() }),
        SinchReplay(
            "account_has_sender_changes", method: .delete, "/whatsapp", 409,
            .error("account_has_sender_changes", "Account has pending sender changes."),
            after: { stage in
                try await stage.createAccount()
                let body = SinchStage.numberBody.replacing("SUBMIT", with: "DRAFT")
                _ = try await stage.call(.post, "/whatsapp/senders", body)
            }),
        SinchReplay(
            "GET activities", method: .get, "/whatsapp/activities", 200,
            .json(
                """
                {"totalSize": 3, "pageSize": 50, "notifications": [
                 {"type": "COMMENT_ADDED", "created": "*", "author": "Provisioning API user", "comment": "Hello"},
                 "*", "*"]}
                """),
            after: { stage in
                try await stage.createAccount()
                stage.world.clock.advance(by: .seconds(1))
                _ = try await stage.call(.post, "/whatsapp/comments", #"{"comment": "Hello"}"#)
            }),
        SinchReplay(
            "POST comments", method: .post, "/whatsapp/comments", #"{"comment": "Please hurry"}"#, 201,
            .json(#"{"type": "CREATED", "comment": "Please hurry", "created": "*"}"#),
            after: { try await $0.createAccount() }),
        SinchReplay(
            "comment too short", method: .post, "/whatsapp/comments", #"{"comment": ""}"#, 400,
            .error(
                "invalid_input", "Invalid input.",
                information: #"{"validationErrors": ["comment must be longer than or equal to 1 characters"]}"#),
            after: { try await $0.createAccount() }),
    ]

    static let platform: [SinchReplay] = [
        SinchReplay(
            "PUT enableTemplateAnalytics", method: .put, "/whatsapp/enableTemplateAnalytics", 200, .empty,
            after: { stage in
                try await stage.onboard()
                stage.world.graph.answer("update_waba", with: .json(#"{"id": 102290129340398}"#))
            }),
        SinchReplay(
            "template_insights_not_yet_available", method: .put, "/whatsapp/enableTemplateAnalytics", 424,
            .error(
                "template_insights_not_yet_available", "Template Insights unavailable.",
                resolution:
                    "Template Insights are not available yet for this WhatsApp Business account, please contact support."
            ),
            after: { stage in
                try await stage.onboard()
                stage.fail("update_waba", .refusal("update_waba", code: 200_005, subcode: nil))
            }),
        SinchReplay(
            "POST longLivedAccessToken by code", method: .post, "/whatsapp/longLivedAccessToken",
            #"{"facebookCode": "FACEBOOK_CODE"}"#, 201, .json(#"{"longLivedAccessToken": "FACEBOOK_TOKEN"}"#),
            after: { stage in
                try await stage.grantTokens()
                stage.planToken()
            }),
        SinchReplay(
            "POST longLivedAccessToken by token", method: .post, "/whatsapp/longLivedAccessToken",
            #"{"facebookToken": "FACEBOOK_TOKEN"}"#, 201, .json(#"{"longLivedAccessToken": "FACEBOOK_TOKEN"}"#),
            after: { stage in
                try await stage.grantTokens()
                stage.planToken()
            }),
        SinchReplay(
            "longLivedAccessToken invalid_input", method: .post, "/whatsapp/longLivedAccessToken", "{}", 400,
            .error(
                "invalid_input", "Invalid input.",
                information: """
                    {"validationErrors": ["facebookToken must be a string", "facebookCode must be a string",
                     "at least one of facebookToken or facebookCode must be provided"]}
                    """)),
        SinchReplay(
            "longLivedAccessToken invalid_payload", method: .post, "/whatsapp/longLivedAccessToken", "[1]", 400,
            .error("invalid_payload", "Invalid payload.")),
        SinchReplay(
            "longLivedAccessToken invalid_facebook_token", method: .post, "/whatsapp/longLivedAccessToken",
            #"{"facebookToken": "old"}"#, 400,
            .error("invalid_facebook_token", "Facebook token is invalid or has expired"),
            after: { stage in
                try await stage.grantTokens()
                stage.fail("long_lived_token", .refusal("long_lived_token", code: 190, subcode: nil))
            }),
        SinchReplay(
            "invalid_facebook_code", method: .post, "/whatsapp/longLivedAccessToken", #"{"facebookCode": "old"}"#, 400,
            .error("invalid_facebook_code", "Facebook code is invalid or has expired"),
            after: { stage in
                try await stage.grantTokens()
                stage.fail("exchange_code", .refusal("exchange_code", subcode: 36_007))
            }),
        SinchReplay(
            "longLivedAccessToken invalid_business_manager_for_environment", method: .post,
            "/whatsapp/longLivedAccessToken", #"{"facebookCode": "c", "businessManager": "SINCH_AMERICA"}"#, 400,
            .error("invalid_business_manager_for_environment", "Invalid business manager for environment.")),
        SinchReplay(
            "longLivedAccessToken facebook_Request_limit_reached", method: .post, "/whatsapp/longLivedAccessToken",
            #"{"facebookCode": "c"}"#, 500,
            .error("facebook_Request_limit_reached", "Facebook request limit reached."),
            after: { stage in
                try await stage.grantTokens()
                stage.fail("exchange_code", .refusal("exchange_code", code: 4, subcode: nil))
            }),
        SinchReplay(
            "longLivedAccessToken log_in_facebook_required", method: .post, "/whatsapp/longLivedAccessToken",
            #"{"facebookToken": "c"}"#, 500,
            .error("log_in_facebook_required", "Log in to Facebook is required."),
            after: { stage in
                try await stage.grantTokens()
                stage.fail("long_lived_token", .refusal("long_lived_token", code: 190, subcode: 459))
            }),
        SinchReplay(
            "POST wabaDetails", method: .post, "/whatsapp/wabaDetails", #"{"facebookToken": "FACEBOOK_TOKEN"}"#, 200,
            .json(
                """
                {"wabas": [{"id": "100000000000000", "name": "Example company", "numbers":
                 [{"id": "222222222222222", "displayPhoneNumber": "+48 777 777777", "provisioned": false}]}]}
                """), after: { $0.planToken() }),
        SinchReplay(
            "wabaDetails invalid_input", method: .post, "/whatsapp/wabaDetails", "{}", 400,
            .error(
                "invalid_input", "Invalid input.",
                information: #"{"validationErrors": ["facebookToken must be a string"]}"#)),
        SinchReplay(
            "wabaDetails invalid_facebook_token", method: .post, "/whatsapp/wabaDetails",
            #"{"facebookToken": "old"}"#, 400,
            .error("invalid_facebook_token", "Facebook token is invalid or has expired"),
            after: { $0.world.graph.answer("debug_token", with: .json(#"{"data": {"is_valid": false}}"#)) }),
        SinchReplay(
            "wabaDetails invalid_business_manager_for_environment", method: .post, "/whatsapp/wabaDetails",
            #"{"facebookToken": "t", "businessManager": "SINCH_SEP"}"#, 400,
            .error("invalid_business_manager_for_environment", "Invalid business manager for environment.")),
    ]
}

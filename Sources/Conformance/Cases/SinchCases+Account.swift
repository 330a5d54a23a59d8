// SPDX-License-Identifier: Apache-2.0

// Source: Sinch, tags "WhatsApp Accounts", "WhatsApp", "Solutions".
extension SinchCases {
    private static func shape(_ more: [String: String] = [:], without absent: [String] = []) -> String {
        SinchShapes.account(more, without: absent)
    }

    private static let order = """
        {"wabaName": "Conform", "clientBusinessManagerId": "{{sinch.business_id}}",
         "senderDetails": {"displayName": "Conform", "businessCategory": "OTHER", "region": "EU", "metaLocalStorage": "DE"}}
        """
    /// Source: Sinch, pending create: no `state`, all in `changes`.
    private static let pending = shape(
        ["isEmbeddedSignup": "false", "changes": #"{"status": "IN_PROGRESS", "details": "<object>"}"#],
        without: ["state", "details"])
    private static let activityTypes =
        "COMMENT_ADDED|CREATED|DRAFT|EDITED|IN_PROGRESS|PENDING_FACEBOOK_VERIFICATION|REJECTED"
    private static let noAccount = failure("account_not_found", "Account not found.")
    private static let comment = #"{"comment": "Hello"}"#

    /// First what stands, then the life of an account at the new project.
    static let account = [
        asked(
            "account/200", "get account, onboarded", "GET", "/whatsapp", 200,
            shape(["state": #""ONBOARDED""#, "details": SinchShapes.accountDetails, "wabaId": #""<digits>""#])),
        asked("account/404", "get account, 404", "GET", "/whatsapp", at: fresh, 404, noAccount),
        asked(
            "account/activities/404", "account activities, 404", "GET", "/whatsapp/activities", at: fresh, 404,
            noAccount),
        asked(
            "account/comments/404", "account comments, 404", "POST", "/whatsapp/comments", at: fresh, json: comment,
            404, noAccount),
        asked(
            "account/patch/404", "update account, 404", "PATCH", "/whatsapp", at: fresh,
            json: #"{"wabaName": "Conform"}"#, 404, noAccount),
        asked(
            "account/invalid_input", "create account, 400", "POST", "/whatsapp", at: fresh,
            json: #"{"companyLegalName": 5}"#, 400,
            invalid("clientBusinessManagerId must be a string", "companyLegalName must be a string")),
        asked(
            "account/invalid_business_manager_for_environment", "create account, 400", "POST", "/whatsapp", at: fresh,
            json: #"{"companyLegalName": "a", "clientBusinessManagerId": "1", "businessManager": "SINCH_SEP"}"#, 400,
            failure("invalid_business_manager_for_environment", "Invalid business manager for environment.")),
        asked(
            "account/account_exists", "create account, 409", "POST", "/whatsapp", json: order, 409,
            failure("account_exists", "Account already exists."), isChange: true),
        asked(
            "account/account_has_senders", "delete account, 409", "DELETE", "/whatsapp", 409,
            failure(
                "account_has_senders", "Account has senders.",
                information: #"{"projectId": "{{sinch.project_id}}", "senderIds": ["<each>", "<text>"]}"#),
            isChange: true),
        asked(
            "account/201", "create account, partner-initiated", "POST", "/whatsapp", at: fresh, json: order, 201,
            pending, isChange: true),
        asked(
            "account/200/pending", "get account, pending create", "GET", "/whatsapp", at: fresh, 200, pending,
            isChange: true),
        asked(
            "account/account_not_updatable", "update account, 409: only a REJECTED one", "PATCH", "/whatsapp",
            at: fresh, json: #"{"wabaName": "Other"}"#, 409,
            failure("account_not_updatable", "Account is not updatable."), isChange: true),
        asked(
            "account/no_fields_to_update", "update account, 400", "PATCH", "/whatsapp", at: fresh, json: "{}", 400,
            failure("no_fields_to_update", "No fields to be updated."), isChange: true),
        asked(
            "account/comments/201", "account comments", "POST", "/whatsapp/comments", at: fresh, json: comment, 201,
            SinchShapes.comment, isChange: true),
        asked(
            "account/comments/empty", "account comments, 400", "POST", "/whatsapp/comments", at: fresh,
            json: #"{"comment": ""}"#, 400, invalid("comment must be longer than or equal to 1 characters")),
        asked(
            "account/activities/200", "account activities, newest first", "GET", "/whatsapp/activities", at: fresh,
            200, SinchShapes.activities(activityTypes), isChange: true),
        asked(
            "senders/not_found_waba_id", "create sender, 409: no WABA yet", "POST", "/whatsapp/senders", at: fresh,
            json: numberOrder("SUBMIT"), 409, failure("not_found_waba_id", "Not found wabaId."), isChange: true),
        asked(
            "senders/201/draft", "create sender, status DRAFT", "POST", "/whatsapp/senders", at: fresh,
            json: numberOrder("DRAFT"), 201,
            SinchShapes.sender(["changes": SinchShapes.changes("DRAFT")], without: ["state"]),
            keeps: ["run.draft_id": "id"], isChange: true),
        asked(
            "account/account_has_sender_changes", "delete account, 409", "DELETE", "/whatsapp", at: fresh, 409,
            failure("account_has_sender_changes", "Account has pending sender changes."), isChange: true),
        asked(
            "senders/changes/204/draft", "delete changes of a DRAFT", "DELETE",
            "/whatsapp/senders/{{run.draft_id}}/changes", at: fresh, 204, "", isChange: true),
        asked("account/204", "delete account", "DELETE", "/whatsapp", at: fresh, 204, "", isChange: true),
        asked(
            "account/201/deprecated", "create account, deprecated body", "POST", "/whatsapp", at: fresh,
            json:
                #"{"companyLegalName": "Conform Ltd", "clientBusinessManagerId": "{{sinch.business_id}}", "businessManager": "SINCH_BR"}"#,
            201, pending, isChange: true),
        asked(
            "senders/wrong_business_manager", "create sender, 409", "POST", "/whatsapp/senders", at: fresh,
            json: #"{"wabaId": "5", "phoneNumberId": "6", "authenticationCode": "c", "businessManager": "SINCH_UK"}"#,
            409,
            failure("wrong_business_manager", "Different business manager already exists for sub account / project."),
            isChange: true),
        asked("account/204/deprecated", "delete account", "DELETE", "/whatsapp", at: fresh, 204, "", isChange: true),
    ]

    // MARK: Tag "WhatsApp"

    private static let forEnvironment = failure(
        "invalid_business_manager_for_environment", "Invalid business manager for environment.")
    private static let deadToken = failure("invalid_facebook_token", "Facebook token is invalid or has expired")
    private static let longLived = "/whatsapp/longLivedAccessToken"
    private static let wabaDetails = "/whatsapp/wabaDetails"

    static let platform = [
        asked(
            "enableTemplateAnalytics/200", "enableTemplateAnalytics: no body", "PUT",
            "/whatsapp/enableTemplateAnalytics", 200, "", isChange: true),
        asked(
            "longLivedAccessToken/neither", "longLivedAccessToken, 400", "POST", longLived, json: "{}", 400,
            invalid(
                "facebookToken must be a string", "facebookCode must be a string",
                "at least one of facebookToken or facebookCode must be provided")),
        asked(
            "longLivedAccessToken/invalid_payload", "longLivedAccessToken, 400", "POST", longLived, json: "[1]", 400,
            invalidPayload),
        asked(
            "longLivedAccessToken/invalid_business_manager_for_environment", "longLivedAccessToken, 400", "POST",
            longLived, json: #"{"facebookCode": "c", "businessManager": "SINCH_AMERICA"}"#, 400, forEnvironment),
        asked(
            "longLivedAccessToken/invalid_facebook_token", "longLivedAccessToken, 400", "POST", longLived,
            json: #"{"facebookToken": "EAAnonsense"}"#, 400, deadToken),
        asked(
            "longLivedAccessToken/invalid_facebook_code", "longLivedAccessToken, 400", "POST", longLived,
            json: #"{"facebookCode": "nonsense"}"#, 400,
            failure("invalid_facebook_code", "Facebook code is invalid or has expired")),
        asked(
            "longLivedAccessToken/201", "longLivedAccessToken by code", "POST", longLived,
            json: #"{"facebookCode": "{{sinch.second_code}}"}"#, 201, #"{"longLivedAccessToken": "<text>"}"#,
            keeps: ["run.facebook_token": "longLivedAccessToken"], isChange: true),
        asked(
            "longLivedAccessToken/201/token", "longLivedAccessToken by token", "POST", longLived,
            json: #"{"facebookToken": "{{run.facebook_token}}"}"#, 201, #"{"longLivedAccessToken": "<text>"}"#,
            isChange: true),
        asked(
            "wabaDetails/invalid_input", "wabaDetails, 400", "POST", wabaDetails, json: "{}", 400,
            invalid("facebookToken must be a string")),
        asked(
            "wabaDetails/invalid_payload", "wabaDetails, 400", "POST", wabaDetails, json: "{", 400, invalidPayload),
        asked(
            "wabaDetails/invalid_facebook_token", "wabaDetails, 400", "POST", wabaDetails,
            json: #"{"facebookToken": "EAAnonsense"}"#, 400, deadToken),
        asked(
            "wabaDetails/invalid_business_manager_for_environment", "wabaDetails, 400", "POST", wabaDetails,
            json: #"{"facebookToken": "t", "businessManager": "SINCH_SEP"}"#, 400, forEnvironment),
        asked(
            "wabaDetails/200", "wabaDetails", "POST", wabaDetails,
            json: #"{"facebookToken": "{{run.facebook_token}}"}"#, 200,
            """
            {"wabas": ["<each>", {"id": "<digits>", "name?": "<text>", "numbers":
             ["<each>", {"id": "<digits>", "displayPhoneNumber": "<text>", "provisioned": "<bool>"}]}]}
            """, isChange: true),
    ]

    // MARK: Solutions

    static let solutions = [
        asked(
            "solutions/200", "list solutions: not paged", "GET", "/whatsapp/solutions", 200,
            #"{"solutions": ["<each>", \#(SinchShapes.solution)]}"#),
        asked(
            "solutions/get/200", "get solution", "GET", "/whatsapp/solutions/{{sinch.solution_id}}", 200,
            SinchShapes.solution),
        asked(
            "solutions/get/404", "get solution, 404", "GET", "/whatsapp/solutions/5", 404,
            failure("solution_not_found", "Solution not found.")),
        asked(
            "solutions/assign/404", "assign, 404", "POST", "/whatsapp/solutions/5/assign", 404,
            failure("solution_not_found", "Solution not found."), isChange: true),
        asked(
            "solutions/solution_cannot_be_reassigned", "assign, 409", "POST",
            "/whatsapp/solutions/{{sinch.solution_id}}/assign", 409,
            failure(
                "solution_cannot_be_reassigned", "<text>", "Project is already onboarded, can't reassign solution"),
            isChange: true),
        asked(
            "solutions/post/400", "create solution, 400", "POST", "/whatsapp/solutions", json: "{}", 400,
            invalidSomehow),
    ]
}

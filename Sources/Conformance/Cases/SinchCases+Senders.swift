// SPDX-License-Identifier: Apache-2.0

// Source: Sinch, tag "Senders".
extension SinchCases {
    private static let noSender = failure("sender_not_found", "Sender not found.")
    private static let path = "/whatsapp/senders"
    private static let active = SinchShapes.sender(["state": #""ACTIVE""#])
    private static let activityTypes =
        "ACTIVE|COMMENT_ADDED|CREATED|DRAFT|EDITED|ERROR|IN_PROGRESS|INACTIVE|REGISTERED|REJECTED|VERIFIED"

    /// Partner initiated.
    static func numberOrder(_ status: String) -> String {
        """
        {"phoneNumberProvider": "CUSTOMER", "status": "\(status)",
         "details": {"displayName": "Conform", "vertical": "OTHER", "countryCode": "49", "phoneNumber": "{{sinch.number}}",
                     "about": "Conform"}}
        """
    }

    private static func unknown(_ id: String, _ method: String, _ tail: String, _ json: String? = nil)
        -> ConformanceCase
    {
        asked(
            "senders/\(id)/404", "any on one sender: sender_not_found", method, "\(path)/\(nobody)\(tail)", json: json,
            404, noSender)
    }

    private static func signup(_ more: String) -> String {
        #"{"wabaId": "5", "phoneNumberId": "6", "authenticationCode": "c", \#(more)}"#
    }

    static let senders =
        [
            asked(
                "senders/200", "list senders", "GET", path, 200, SinchShapes.page("senders", SinchShapes.sender())),
            asked(
                "senders/200/filters", "list senders: array filters", "GET", "\(path)?filterStates=ACTIVE", 200,
                SinchShapes.page("senders", active), keeps: ["run.sender_id": "senders.0.id"]),
            asked(
                "senders/200/page", "paging: pageSize", "GET", "\(path)?pageSize=1", 200,
                #"{"totalSize": "<number>", "pageSize": 1, "previousPageToken?": "<string>", "nextPageToken?": "<string>", "senders": [\#(SinchShapes.sender())]}"#
            ),
            asked(
                "senders/invalid_filter_states", "list senders, 400", "GET", "\(path)?filterStates=GONE", 400,
                failure(
                    "invalid_filter_states", "<text>",
                    information:
                        #"{"supportedCodes": "ACTIVE, IN_PROGRESS, INACTIVE, PENDING_VERIFICATION, SUSPENDED, ERROR"}"#
                )),
            asked(
                "senders/invalid_filter_statuses", "list senders, 400", "GET", "\(path)?filterStatuses=ACTIVE", 400,
                failure(
                    "invalid_filter_statuses", "<text>",
                    information: #"{"supportedCodes": "DRAFT, ERROR, IN_PROGRESS, REJECTED"}"#)),
            asked("senders/get/200", "get sender", "GET", "\(path)/{{run.sender_id}}", 200, active),
            asked(
                "senders/activities/200", "sender activities", "GET", "\(path)/{{run.sender_id}}/activities", 200,
                SinchShapes.activities(activityTypes)),
            unknown("get", "GET", ""), unknown("delete", "DELETE", ""),
            unknown("patch", "PATCH", "", #"{"details": {"about": "a"}}"#), unknown("activities", "GET", "/activities"),
            unknown("changes", "DELETE", "/changes"), unknown("comments", "POST", "/comments", #"{"comment": "a"}"#),
            unknown("register", "POST", "/register", #"{"method": "SMS"}"#),
            unknown("verify", "POST", "/verify", #"{"code": "123456"}"#),
        ] + refusals + onActive

    /// What is wrong with a body, told without anything being begun.
    private static let refusals = [
        asked(
            "senders/invalid_input/signup", "create sender: Embedded Signup, required", "POST", path,
            json: #"{"authenticationCode": "c"}"#, 400, invalidSomehow),
        asked(
            "senders/invalid_input/partner-initiated", "create sender: partner initiated, required", "POST", path,
            json: #"{"phoneNumberProvider": "CUSTOMER"}"#, 400, invalidSomehow),
        asked(
            "senders/invalid_input/new-number", "create sender: new number (late), required", "POST", path,
            json: #"{"details": {"countryCode": "49"}}"#, 400, invalidSomehow),
        asked(
            "senders/invalid_input/deprecated", "create sender: deprecated ES, a token or a code", "POST", path,
            json: #"{"name": "a", "details": {"displayName": "a", "vertical": "OTHER"}}"#, 400, invalidSomehow),
        asked(
            "senders/invalid_business_manager", "create sender, 400: SINCH_UK does not serve BR", "POST", path,
            json: signup(#""businessManager": "SINCH_UK", "region": "BR""#), 400,
            failure("invalid_business_manager", "<text>")),
        asked(
            "senders/invalid_facebook_token", "create sender, 400", "POST", path,
            json:
                #"{"name": "a", "details": {"displayName": "a", "vertical": "OTHER"}, "facebookAccessToken": "EAAnonsense"}"#,
            400, failure("invalid_facebook_token", "Facebook token is invalid or has expired")),
        asked(
            "senders/wrong_waba_id", "create sender, 409", "POST", path, json: signup(#""region": "EU""#), 409,
            failure("wrong_waba_id", "Different wabaId already exists for sub account / project."), isChange: true),
        asked(
            "senders/used_phone_number_id", "create sender, 409", "POST", path,
            json:
                #"{"wabaId": "{{sinch.own_waba_id}}", "phoneNumberId": "{{sinch.own_number_id}}", "authenticationCode": "c"}"#,
            409, failure("used_phone_number_id", "Used phoneNumberId."), isChange: true),
        asked(
            "senders/waba_id_used", "create sender, 409", "POST", path, at: fresh,
            json: #"{"wabaId": "{{sinch.own_waba_id}}", "phoneNumberId": "6", "authenticationCode": "c"}"#, 409,
            failure("waba_id_used", "WabaId is used."), isChange: true),
        asked(
            "senders/provisioned_phone_number_id", "create sender, 409", "POST", path, at: fresh,
            json: #"{"wabaId": "5", "phoneNumberId": "{{sinch.own_number_id}}", "authenticationCode": "c"}"#, 409,
            failure("provisioned_phone_number_id", "Provisioned phoneNumberId."), isChange: true),
    ]

    private static let own = "\(path)/{{run.sender_id}}"

    private static let onActive = [
        asked(
            "senders/no_fields_to_update", "update sender, 400", "PATCH", own, json: "{}", 400,
            failure("no_fields_to_update", "<text>")),
        asked(
            "senders/patch/null", "update sender: displayName is not nullable", "PATCH", own,
            json: #"{"details": {"displayName": null}}"#, 400, invalidSomehow),
        asked(
            "senders/not_allowed_register", "register, 409: only PENDING_VERIFICATION", "POST", "\(own)/register",
            json: #"{"method": "SMS"}"#, 409, failure("not_allowed_register", "<text>")),
        asked(
            "senders/register/invalid_input", "register: SMS or VOICE", "POST", "\(own)/register",
            json: #"{"method": "FAX"}"#, 400, invalidSomehow),
        asked(
            "senders/not_allowed_verify", "verify, 409: only PENDING_VERIFICATION", "POST", "\(own)/verify",
            json: #"{"code": "123456"}"#, 409, failure("not_allowed_verify", "<text>")),
        asked(
            "senders/verify/invalid_input", "verify: exactly 6 characters", "POST", "\(own)/verify",
            json: #"{"code": "12345"}"#, 400, invalidSomehow),
        asked(
            "senders/sender_changes_not_found", "delete changes, 404", "DELETE", "\(own)/changes", 404,
            failure("sender_changes_not_found", "<text>"), isChange: true),
        asked(
            "senders/patch/200", "update sender: status defaults to DRAFT; shown in changes", "PATCH", own,
            json: #"{"details": {"about": "Conform"}}"#, 200,
            SinchShapes.sender(["state": #""ACTIVE""#, "changes": SinchShapes.changes("DRAFT")]), isChange: true),
        asked(
            "senders/changes/204", "delete changes: DRAFT", "DELETE", "\(own)/changes", 204, "", isChange: true),
        asked(
            "senders/patch/200/submit", "update sender: SUBMIT, null deletes", "PATCH", own,
            json: #"{"status": "SUBMIT", "details": {"about": "Conform", "email": null}}"#, 200, active,
            isChange: true),
        asked(
            "senders/comments/201", "sender comments", "POST", "\(own)/comments", json: #"{"comment": "Hello"}"#, 201,
            SinchShapes.comment, isChange: true),
        asked(
            "senders/comments/empty", "sender comments, 400", "POST", "\(own)/comments", json: #"{"comment": ""}"#,
            400, invalid("comment must be longer than or equal to 1 characters")),
    ]

    // MARK: Embedded Signup, to the end

    private static let signedUp = "\(path)/{{run.signup_id}}"

    static let signup = [
        asked(
            "senders/201", "create sender, Embedded Signup: no state, changes IN_PROGRESS", "POST", path, at: fresh,
            json:
                #"{"wabaId": "{{sinch.waba_id}}", "phoneNumberId": "{{sinch.phone_number_id}}", "authenticationCode": "{{sinch.code}}", "region": "EU"}"#,
            201, SinchShapes.sender(["changes": SinchShapes.changes("IN_PROGRESS")], without: ["state"]),
            keeps: ["run.signup_id": "id"], isChange: true),
        ConformanceCase(
            "senders/active", source: "Sinch, Embedded Signup for creating a WhatsApp Sender: ACTIVE", "GET",
            fresh + signedUp, headers: auth, status: 200...200, answer: active, isChange: true, isAwaited: true),
        asked(
            "account/200/embedded-signup", "get account: onboarded by Embedded Signup", "GET", "/whatsapp", at: fresh,
            200,
            SinchShapes.account([
                "state": #""ONBOARDED""#, "isEmbeddedSignup": "true", "details": SinchShapes.accountDetails,
                "wabaId": #""{{sinch.waba_id}}""#,
            ]), isChange: true, isAwaited: true),
        asked(
            "senders/204", "delete sender: marked for removal", "DELETE", signedUp, at: fresh, 204, "", isChange: true),
        asked(
            "senders/sender_already_deleted", "delete sender, 409", "DELETE", signedUp, at: fresh, 409,
            failure("sender_already_deleted", "A sender has been deleted within 30 days."), isChange: true),
        asked(
            "senders/200/removed", "delete sender: stays usable for 30 days", "GET", signedUp, at: fresh, 200,
            SinchShapes.sender(), isChange: true),
    ]

    // MARK: A number of the customer's, with its code

    private static let added = "\(path)/{{run.number_id}}"
    private static let pending = SinchShapes.sender([
        "state": #""PENDING_VERIFICATION""#, "countryCode": #""49""#, "phoneNumber": #""{{sinch.number}}""#,
    ])

    static let addedNumber = [
        asked(
            "senders/201/partner-initiated", "create sender, partner initiated; PENDING_VERIFICATION inferred",
            "POST", path, json: numberOrder("SUBMIT"), 201, pending, keeps: ["run.number_id": "id"], isChange: true),
        asked(
            "senders/sender_not_updatable", "update sender, 409: only ACTIVE", "PATCH", added,
            json: #"{"details": {"about": "a"}}"#, 409, failure("sender_not_updatable", "<text>"), isChange: true),
        asked(
            "senders/sender_changes_not_deletable", "delete changes, 409", "DELETE", "\(added)/changes", 409,
            failure("sender_changes_not_deletable", "<text>"), isChange: true),
        asked(
            "senders/not_allowed_verify/order", "verify, 409: register first", "POST", "\(added)/verify",
            json: #"{"code": "123456"}"#, 409, failure("not_allowed_verify", "<text>"), isChange: true),
        asked(
            "senders/register/200", "register", "POST", "\(added)/register", json: #"{"method": "SMS"}"#, 200,
            #"{"id": "{{run.number_id}}", "method": "SMS", "accepted": "<milliseconds>", "verificationCodeSent": true}"#,
            isChange: true),
        asked(
            "senders/wrong_otp", "verify, 409", "POST", "\(added)/verify", json: #"{"code": "000000"}"#, 409,
            failure("wrong_otp", "Sender verification failed due to wrong OTP."), isChange: true),
        asked(
            "senders/verify/204", "verify", "POST", "\(added)/verify", json: #"{"code": "{{sinch.otp}}"}"#, 204, "",
            isChange: true),
        asked(
            "senders/active/partner-initiated", "sender life cycle: ACTIVE after the code", "GET", added, 200, active,
            isChange: true, isAwaited: true),
    ]
}

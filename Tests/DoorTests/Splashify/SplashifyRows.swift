// SPDX-License-Identifier: Apache-2.0

/// Every row that Splashify documents, with what replays it over HTTP. Source: partner-docs.splashifypro.com, by page.
struct SplashifyRow: Sendable {
    enum Proof: Sendable {
        /// Cases of `gangway conform`, by id; `ConformanceTests` asks them of our own server.
        case cases([String])
        /// Functions of tests, by name.
        case tests([String])
        /// What the documents do not tell, or what has no wire: why there is nothing to replay.
        case notVerified(String)
    }

    let page: String
    let row: String
    let proof: Proof

    init(_ page: String, _ row: String, _ proof: Proof) {
        self.page = page
        self.row = row
        self.proof = proof
    }

    static let all = conventions + customers + signups + numbers + cloud + webhooks

    private static let conventions = [
        SplashifyRow(
            "TP-Signup", "host api.splashifypro.com: only it changes",
            .tests(["`the documented command is answered as printed and ends in the documented event`"])),
        SplashifyRow("Authentication", "Authorization: Bearer pk_live_…", .tests(["liveKeysOpenTheLiveWorld"])),
        SplashifyRow(
            "Authentication", "32 random characters, or 64 long", .notVerified("two revisions; keys are opaque")),
        SplashifyRow(
            "Authentication", "revocation in about 5 s",
            .notVerified("no call of this API revokes; ours ends within 2 s")),
        SplashifyRow(
            "Authentication", "429 with exponential backoff", .notVerified("figures are published for e-mail only")),
        SplashifyRow(
            "Authentication", "older 401 body", .notVerified("another revision: the WhatsApp pages' body is used")),
        SplashifyRow("API Reference", "error body of the e-mail half", .notVerified("e-mail is not part of this API")),
        SplashifyRow("API Reference", "snake_case", .cases(["customers/201"])),
        SplashifyRow("API Reference", "versions kept 12 months", .notVerified("a promise without wire")),
        SplashifyRow("Pagination", "e-mail half: limit, next_cursor", .notVerified("e-mail is not part of this API")),
        SplashifyRow("Phone Numbers", "WhatsApp half: Graph cursors", .tests(["aListIsReadInPagesWhereALimitIsGiven"])),
        SplashifyRow("TP-Signup", "error body success, message", .cases(["tp-signup/401", "customers/401"])),
    ]

    private static let customers = [
        SplashifyRow("Create customer", "full_name: required, min. 2", .cases(["customers/400/full_name"])),
        SplashifyRow("Create customer", "email: shape", .cases(["customers/400/email"])),
        SplashifyRow("Create customer", "email: lower-cased and trimmed", .cases(["customers/409/email"])),
        SplashifyRow("Create customer", "phone: 7 to 15 digits", .cases(["customers/400/phone"])),
        SplashifyRow("Create customer", "phone: separators stripped", .cases(["customers/409/phone"])),
        SplashifyRow("Create customer", "201", .cases(["customers/201"])),
        SplashifyRow("Create customer", "400", .tests(["whatIsWrongIsNamed"])),
        SplashifyRow("Create customer", "401", .cases(["customers/401", "customers/401/unknown-key"])),
        SplashifyRow("Create customer", "409 email", .cases(["customers/409/email"])),
        SplashifyRow("Create customer", "409 phone", .cases(["customers/409/phone"])),
        SplashifyRow("Create customer", "500", .tests(["aFailingDatabaseIsSaidToBeOne"])),
        SplashifyRow("Create customer", "unique per partner", .tests(["whatIsTakenIsToldWithItsField"])),
        SplashifyRow("Create customer", "list, get, update, delete", .notVerified("pages not found")),
    ]

    private static let signups = [
        SplashifyRow("TP-Signup", "object", .cases(["tp-signup/400/object"])),
        SplashifyRow("TP-Signup", "value.event", .cases(["tp-signup/400/event"])),
        SplashifyRow("TP-Signup", "waba_info.waba_id", .cases(["tp-signup/400/waba_id"])),
        SplashifyRow("TP-Signup", "waba_info.solution_id", .cases(["tp-signup/400/solution_id"])),
        SplashifyRow("TP-Signup", "waba_info.phone_number", .cases(["tp-signup/400/phone_number"])),
        SplashifyRow(
            "TP-Signup", "waba_info.data_localization_region", .cases(["tp-signup/400/data_localization_region"])),
        SplashifyRow("TP-Signup", "auto_subscribe: default false", .tests(["autoSubscribeMayBeLeftOut"])),
        SplashifyRow("TP-Signup", "auto_subscribe: true", .tests(["autoSubscribeAddsTheSubscription"])),
        SplashifyRow("TP-Signup", "several entry[] and changes[]", .tests(["everyChangeOfEveryEntryIsEnrolled"])),
        SplashifyRow("TP-Signup", "200", .cases(["tp-signup/200"])),
        SplashifyRow("TP-Signup", "200 means accepted only", .tests(["theDocumentedCallIsAcceptedForProcessing"])),
        SplashifyRow("TP-Signup", "400", .tests(["whatIsWrongIsNamedByItsPath"])),
        SplashifyRow("TP-Signup", "401", .cases(["tp-signup/401"])),
        SplashifyRow("TP-Signup", "404", .cases(["tp-signup/404"])),
        SplashifyRow("TP-Signup", "404 of another partner's customer", .tests(["unknownAndForeignCustomersLookAlike"])),
        SplashifyRow("TP-Signup", "502", .tests(["aSilentOrBrokenPlatformIsA502"])),
        SplashifyRow("TP-Signup", "503", .cases(["tp-signup/503"])),
        SplashifyRow("TP-Signup", "4xx of the platform, its status", .tests(["theRefusalOfThePlatformPassesThrough"])),
        SplashifyRow(
            "TP-Signup", "4xx of the platform, the body's shape", .notVerified("not shown; ours has both forms")),
        SplashifyRow("TP-Signup", "the same waba_id again", .cases(["tp-signup/200/again"])),
        SplashifyRow("TP-Signup", "updated in place", .tests(["theSameWABAAgainUpdatesTheLinkInPlace"])),
        SplashifyRow(
            "TP-Signup", "the page's curl",
            .tests(["`the documented command is answered as printed and ends in the documented event`"])),
    ]

    private static let numbers = [
        SplashifyRow("Phone Numbers", "200 by WABA", .cases(["phone-numbers/200"])),
        SplashifyRow("Phone Numbers", "200 by customer", .cases(["phone-numbers/200/alias"])),
        SplashifyRow("Phone Numbers", "the printed body", .tests(["bothPathsShowTheDocumentedList"])),
        SplashifyRow(
            "Phone Numbers", "alias before the first webhook", .tests(["aCustomerWithoutAWABAYetHasAnEmptyList"])),
        SplashifyRow("Phone Numbers", "401", .cases(["phone-numbers/401"])),
        SplashifyRow("Phone Numbers", "403", .cases(["phone-numbers/403"])),
        SplashifyRow("Phone Numbers", "404", .cases(["phone-numbers/404", "phone-numbers/404/customer"])),
        SplashifyRow("Phone Numbers", "502", .tests(["aSilentPlatformIsA502"])),
        SplashifyRow("Phone Numbers", "503", .cases(["phone-numbers/503"])),
        SplashifyRow("Register Number", "200", .cases(["register/200"])),
        SplashifyRow("Register Number", "body", .tests(["aWrongRegistrationIsNotSent"])),
        SplashifyRow("Register Number", "new_verified_name", .tests(["aWrongRegistrationIsNotSent"])),
        SplashifyRow(
            "Register Number", "(#136025), (#131045), (#136100)", .tests(["aRefusedRegistrationPassesThrough"])),
    ]

    private static let cloud = [
        SplashifyRow(
            "WhatsApp API — Overview", "id resolved, owner checked: 403, 404",
            .tests(["anothersAndUnknownIDsGetNothing"])),
        SplashifyRow(
            "WhatsApp API — Overview", "403, 404 over HTTP",
            .cases(["cloud/403", "cloud/404", "cloud/401", "register/404"])),
        SplashifyRow("WhatsApp API — Overview", "health_status", .cases(["cloud/health_status"])),
        SplashifyRow(
            "WhatsApp API — Overview", "analytics of four kinds", .tests(["theCallGoesToMetaWithTheCustomersToken"])),
        SplashifyRow("WhatsApp API — Overview", "is_enabled_for_insights", .cases(["cloud/insights"])),
        SplashifyRow(
            "WhatsApp API — Overview", "message_templates: five calls",
            .tests(["theCallGoesToMetaWithTheCustomersToken"])),
        SplashifyRow(
            "WhatsApp API — Overview", "previews, compare", .tests(["templatesThatMetaShowedAreKnownAfterwards"])),
        SplashifyRow("WhatsApp API — Overview", "flows", .tests(["theCallGoesToMetaWithTheCustomersToken"])),
        SplashifyRow(
            "WhatsApp API — Overview", "verification code, number details, display name",
            .notVerified("pages without exact paths: details as at Meta")),
        SplashifyRow("WhatsApp API — Overview", "act_…", .tests(["anothersIDIs403AndNobodys404"])),
    ]

    private static let webhooks = [
        SplashifyRow(
            "WhatsApp Events", "one account-level URL", .notVerified("set in a panel; ours by POST /api/v1/endpoints")),
        SplashifyRow(
            "WhatsApp Events", "whatsapp.waba_onboarded, WABA_ONBOARDED in the body",
            .tests(["theBodyIsFlatAndCalledByItsOtherName"])),
        SplashifyRow(
            "WhatsApp Events", "Content-Type, X-Webhook-Source",
            .tests(["`each endpoint hears in the format it chose`"])),
        SplashifyRow(
            "WhatsApp Events", "X-Webhook-Type on messages only",
            .tests(["`each endpoint hears in the format it chose`"])),
        SplashifyRow("WhatsApp Events", "isv_name_token is stripped", .tests(["theBodyIsFlatAndCalledByItsOtherName"])),
        SplashifyRow(
            "WhatsApp Events", "messages and statuses as Meta sent them", .tests(["messagesAreHandedOnAsMetaSentThem"])),
        SplashifyRow("WhatsApp Events", "signature, retry", .notVerified("none documented: ours are added in headers")),
        SplashifyRow("WhatsApp Events", "failure event", .tests(["aFailureIsToldToWhoNamesIt"])),
    ]
}

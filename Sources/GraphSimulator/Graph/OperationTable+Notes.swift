// SPDX-License-Identifier: Apache-2.0

extension OperationTable {
    static let tokenNotes: [Operation: Notes] = [
        .exchangeCode: Notes("app id and secret; the code's form, its one use, its 30 s, the same `redirect_uri`"),
        .appToken: Notes("app id and secret", simplified: "`{app-id}|{app-secret}` works as well"),
        .longLivedToken: Notes("app id and secret; a living token of the same app"),
        .revokeToken: Notes(
            "app id and secret; a token of the same app",
            simplified: "the partner's own first system token stays"),
        .debugToken: Notes(
            "the same app's token; expiry, revocation, `granular_scopes` with the newest WABA first",
            simplified: "`type` is APP or SYSTEM_USER"),
        .fetchBusinessToken: Notes("`appsecret_proof`, `fetch_only`, a customer who shares a WABA"),
        .createSystemToken: Notes(
            "`appsecret_proof`, `business_app`, `scope` within the caller's; 60 days or for ever",
            simplified: "only the caller's own system user"),
        .readUser: Notes("the token's own user; `me` too", simplified: "one name for all users"),
        .listUserBusinesses: Notes("the token's own user", simplified: "the token's one portfolio"),
        .listPermissions: Notes("the token's own user", simplified: "all are granted"),
        .readApp: Notes("the token's own app"),
        .appSubscribe: Notes(
            "app token; `object`, known `fields`, the handshake", simplified: "one object, one subscription an app"),
        .appSubscriptions: Notes("app token"),
        .appUnsubscribe: Notes("app token; `object` and `fields` narrow it"),
        .listConnectedBusinesses: Notes("the token's own app", simplified: "customers that gave a token"),
        .createSolution: Notes(
            "name, a known partner app, permissions; `partner_solutions` webhooks", simplified: "two apps exist"),
        .listSolutions: Notes("`role`; paging"),
        .readSolution: Notes("a party of the solution"),
        .acceptSolution: Notes("the partner's app, an INITIATED solution"),
        .rejectSolution: Notes("the partner's app, an INITIATED solution"),
        .requestDeactivation: Notes("a party, an ACTIVE solution"),
        .acceptDeactivation: Notes("the other party"),
        .rejectDeactivation: Notes("the other party"),
        .solutionAccessToken: Notes("`business_id` of a customer of the solution"),
        .listWABASolutions: Notes("a WABA that the token sees"),
        .migrateToSolution: Notes(
            "an ACTIVE solution of the caller's; 2593079, 2593085; done after 90 days",
            simplified: "the customer cannot answer sooner"),
    ]

    static let accountNotes: [Operation: Notes] = [
        .readWABA: Notes("every field of Meta's schema by name; edges as fields"),
        .updateWABA: Notes(
            "`is_enabled_for_insights` once and for ever (200006); the id comes as a number",
            simplified: "other switches change nothing"),
        .listClientWABAs: Notes("own portfolio; `fields`, `filtering`, `sort`, `limit`, cursors, `summary`"),
        .listOwnedWABAs: Notes("own portfolio; as the client list"),
        .subscribeApp: Notes(
            "empty body subscribes and takes an override away; an override needs the subscription and the handshake"),
        .listSubscribedApps: Notes("a WABA that the token sees"),
        .unsubscribeApp: Notes("takes off the caller's app only"),
        .assignUser: Notes("a known user, known `tasks`", simplified: "system users only"),
        .listAssignedUsers: Notes("`business` required"),
        .removeAssignedUser: Notes("an assigned user"),
        .listTemplates: Notes("`name`, `status`, `language`, `category`, `name_or_content`; paging"),
        .createTemplate: Notes(
            "name, language, category, components and their lengths; 250 at most; review by webhook",
            simplified: "names that begin with `rejected_` are rejected, all others approved"),
        .deleteTemplate: Notes("by `name`, or `name` and `hsm_id`"),
        .readTemplate: Notes("a template of a WABA that the token sees"),
        .updateTemplate: Notes("approved, rejected or paused ones; a new review", simplified: "no limit of edits"),
        .readBusiness: Notes("own portfolio, or a customer's; edges as fields"),
        .listSystemUsers: Notes("own portfolio", simplified: "one system user a partner"),
        .certifyBusiness: Notes(
            "own portfolio, a customer, 1 to 3 files of 5 MB as PDF, JPEG or PNG; result by webhook",
            simplified: "always approved; files are not kept"),
        .listCertifications: Notes("own portfolio; `end_business_id`", simplified: "field names not verified"),
        .addPreverifiedNumber: Notes("own portfolio, a free number"),
        .listPreverifiedNumbers: Notes(
            "own and shared numbers; `code_verification_status`", simplified: "answer's shape inferred"),
        .sharePreverifiedNumber: Notes(
            "own portfolio, a pre-verified number, a known partner", simplified: "any partner, not only of a solution"),
        .unsharePreverifiedNumber: Notes("own portfolio, a pre-verified number, a known partner"),
        .listCreditLines: Notes("own portfolio", simplified: "one line, the first app's"),
        .shareCredit: Notes(
            "currency, a visible WABA without a line, the system user on it with MANAGE or MANAGE_BILLING",
            simplified: "error codes inferred"),
        .shareCreditOnly: Notes("a customer who shares a WABA", simplified: "error codes inferred"),
        .attachCredit: Notes(
            "currency, a visible WABA without a line, a shared line", simplified: "error codes inferred"),
        .listAllocations: Notes("`receiving_business_id` required"),
        .readAllocation: Notes("`receiving_credential`, `receiving_business`, `request_status`"),
        .revokeCredit: Notes("all WABAs of the business lose the line"),
    ]

    static let numberNotes: [Operation: Notes] = [
        .listPhoneNumbers: Notes("`fields`, `filtering` by mode, `sort`, paging; newest onboarded first"),
        .addPhoneNumber: Notes(
            "a free number, 2 or 20 a WABA; `preverified_id`; `migrate_phone_number` (2388001 while two-step is on)",
            simplified: "a number moves from any other WABA of the sandbox; its business is not compared"),
        .readPhoneNumber: Notes("every field of Meta's schema by name"),
        .updatePhoneNumber: Notes(
            "`pin`, `new_display_name` with its review, `webhook_configuration` with the handshake"),
        .requestCode: Notes(
            "method, language; 136024 when verified", simplified: "the code is the number's last six digits"),
        .verifyCode: Notes("digits, a code asked for (136025)"),
        .register: Notes(
            "verified within 14 days, PIN (133005; 133008 after 5 for 12 h), 10 calls in 72 h (133016), data region, "
                + "not for the business app"),
        .deregister: Notes("registered, 10 calls in 72 h, not for the business app"),
        .readProfile: Notes("fields that are set"),
        .updateProfile: Notes("lengths, `vertical`, 2 websites", simplified: "any picture handle is taken"),
        .sendMessage: Notes(
            "registered, an approved template and its parameters, payment for templates, 24 h window, 80 a second "
                + "(20 with the business app), one in 6 s to the same person after 45; `status: read`",
            simplified: "sent and delivered at once, never read; media is not fetched; no groups, no BSUID"),
        .syncBusinessApp: Notes(
            "a business-app number, each kind once, within 24 h", simplified: "one sample follows by webhook"),
    ]
}

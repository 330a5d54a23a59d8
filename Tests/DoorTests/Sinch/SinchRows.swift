// SPDX-License-Identifier: Apache-2.0

/// Every row of what Sinch documents: paths, bodies, shapes and errors. Source: Provisioning API 1.2.117, by operation.
enum SinchRows {
    static let all = common + account + platform + senders + solutions + templates + webhooks

    private static let common = [
        "invalid_input", "invalid_payload", "invalid_page_token", "invalid_page_size", "project_not_initialized",
        "unauthorized_error", "project_not_found", "internal_error", "HTTP Basic", "OAuth2 token", "OAuth2 bearer",
        "paging", "array filters",
    ]

    private static let account = [
        "GET whatsapp", "POST whatsapp", "PATCH whatsapp", "DELETE whatsapp", "GET activities", "POST comments",
        "account body partner-initiated", "account body deprecated", "account pending", "account onboarded",
        "account rejected", "account PENDING_FACEBOOK_VERIFICATION", "account_not_found",
        "account_data_is_corrupt", "account_exists", "account invalid_business_manager_for_environment",
        "account_not_updatable", "account no_fields_to_update", "account_has_senders", "account_has_sender_changes",
        "template_could_not_delete_drafts", "comment too short",
    ]

    private static let platform = [
        "PUT enableTemplateAnalytics", "template_insights_not_yet_available", "POST longLivedAccessToken by code",
        "POST longLivedAccessToken by token", "longLivedAccessToken invalid_input",
        "longLivedAccessToken invalid_facebook_token", "invalid_facebook_code",
        "longLivedAccessToken invalid_business_manager",
        "longLivedAccessToken invalid_business_manager_for_environment", "longLivedAccessToken invalid_payload",
        "longLivedAccessToken facebook_Request_limit_reached", "longLivedAccessToken log_in_facebook_required",
        "POST wabaDetails", "wabaDetails invalid_input", "wabaDetails invalid_facebook_token",
        "wabaDetails invalid_business_manager", "wabaDetails invalid_business_manager_for_environment",
    ]

    private static let senders = [
        "GET senders", "POST senders", "GET sender", "PATCH sender", "DELETE sender", "GET sender activities",
        "DELETE changes", "POST sender comments", "POST register", "POST verify", "GET suggestedUsernames",
        "invalid_filter_states", "invalid_filter_statuses", "body embedded signup", "body partner initiated",
        "body new number", "body deprecated ES", "senders invalid_facebook_token", "invalid_business_manager",
        "senders invalid_business_manager_for_environment", "file_invalid_mime_type",
        "senders account_data_is_corrupt", "wrong_waba_id", "not_found_waba_id", "too_many_waba_id", "waba_id_used",
        "wrong_business_manager", "used_phone_number_id", "provisioned_phone_number_id",
        "all_phone_number_id_provisioned", "invalid_waba_id_or_phone_number_id_for_region", "file_not_found",
        "file_size_too_large", "file_has_wrong_dimensions", "file_unexpected_error",
        "senders facebook_Request_limit_reached", "senders log_in_facebook_required", "sender_not_found",
        "sender no_fields_to_update", "sender_username_not_available",
        "sender_phone_number_not_registered_with_meta_cloud_api", "sender_not_updatable",
        "sender_changes_not_updatable", "sender_display_name_update_not_allowed",
        "sender_username_update_not_available", "sender_already_deleted", "sender_changes_not_found",
        "sender_changes_not_deletable", "sender_request_code_failed", "not_allowed_register",
        "sender-number-not-approved-for-enterprise", "sender-register-too-many-requests",
        "sender-already-registered", "too_many_invalid_verification_codes", "not_allowed_verify", "wrong_otp",
        "PATCH status default", "null deletes", "register already verified", "sender removed after 30 days",
        "changes.errorCode",
    ]

    private static let solutions = [
        "GET solutions", "POST solutions", "GET solution", "POST assign", "solution_not_found",
        "solution_cannot_be_reassigned",
    ]

    private static let templates = [
        "GET templates", "POST templates", "POST templates/sync",
        "GET templates by name", "DELETE templates by name", "GET template", "PATCH template", "DELETE template",
        "too_many_requests",
    ]

    private static let webhooks = [
        "GET webhooks", "POST webhooks", "GET webhook", "PUT webhook", "PATCH webhook", "DELETE webhook",
        "webhook_exists", "webhook_limit_reached", "webhook_not_found", "invalid_id_format",
        "webhook target must be a string", "webhook target must be a URL address", "ALL stands alone",
        "GET flows", "GET flow screens", "delivery", "delivery comment", "delivery WHATSAPP_SENDER_DELETED",
        "delivery signature", "bundles",
    ]

    /// By the suite that shows it: several requests, or no request at all.
    static let shownElsewhere = [
        "HTTP Basic": "SinchAccessTests", "OAuth2 token": "SinchAccessTests", "OAuth2 bearer": "SinchAccessTests",
        "unauthorized_error": "SinchAccessTests", "project_not_found": "SinchAccessTests",
        "internal_error": "SinchStoryTests", "paging": "SinchStoryTests",
        "sender removed after 30 days": "SinchStoryTests", "delivery": "SinchDeliveryTests",
        "delivery comment": "SinchDeliveryTests", "delivery WHATSAPP_SENDER_DELETED": "SinchDeliveryTests",
        "delivery signature": "SinchDeliveryTests", "changes.errorCode": "SinchFailureTests",
        "account PENDING_FACEBOOK_VERIFICATION": "SinchStoryTests",
    ]

    /// Why no case shows it.
    static let notVerified = [
        "account_data_is_corrupt": "nothing here can be corrupt in a way that a client could be told of",
        "senders account_data_is_corrupt": "the same",
        "template_could_not_delete_drafts": "drafts of templates are not kept here",
        "GET suggestedUsernames": "late; usernames are not supported",
        "sender_username_not_available": "late; usernames are not supported",
        "sender_username_update_not_available": "late; usernames are not supported",
        "sender_phone_number_not_registered_with_meta_cloud_api": "belongs to usernames",
        "file_invalid_mime_type": "pictures are kept as an address and not fetched",
        "file_not_found": "pictures are not fetched", "file_size_too_large": "pictures are not fetched",
        "file_has_wrong_dimensions": "pictures are not fetched", "file_unexpected_error": "pictures are not fetched",
        "invalid_waba_id_or_phone_number_id_for_region": "regions are not kept apart here",
        "longLivedAccessToken invalid_business_manager":
            "when it is given beside the one for the environment is not told",
        "wabaDetails invalid_business_manager": "when it is given beside the one for the environment is not told",
        "sender-number-not-approved-for-enterprise": "Meta has no such answer today",
        "sender-already-registered": "asking again for a code is allowed here until Meta refuses",
        "GET flows": "flows are out of scope", "GET flow screens": "flows are out of scope",
        "bundles": "bundles are out of scope",
    ]
}

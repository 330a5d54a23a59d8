// SPDX-License-Identifier: Apache-2.0
import Domain

/// What a webhook may ask for. Source: Sinch, Provisioning API 1.2.117, webhook triggers.
enum Triggers {
    static let all =
        ["ALL", "BUNDLE_DONE"] + account + sender + [
            "WHATSAPP_TEMPLATE_APPROVED", "WHATSAPP_TEMPLATE_CATEGORY_FUTURE_UPDATE",
            "WHATSAPP_TEMPLATE_CATEGORY_UPDATED", "WHATSAPP_TEMPLATE_COMMENT_ADDED", "WHATSAPP_TEMPLATE_DELETED",
            "WHATSAPP_TEMPLATE_QUALITY_SCORE_UPDATED", "WHATSAPP_TEMPLATE_REJECTED",
            "WHATSAPP_TEMPLATE_STATUS_UPDATED",
        ]

    private static let account = [
        "WHATSAPP_ACCOUNT_COMMENT_ADDED", "WHATSAPP_ACCOUNT_ONBOARDED", "WHATSAPP_ACCOUNT_PENDING_VERIFICATION",
        "WHATSAPP_ACCOUNT_REJECTED", "WHATSAPP_ACCOUNT_DAILY_LIMIT_CHANGED", "WHATSAPP_WABA_ACCOUNT_CHANGED",
    ]

    private static let sender = [
        "WHATSAPP_SENDER_ACTIVE", "WHATSAPP_SENDER_COMMENT_ADDED", "WHATSAPP_SENDER_DAILY_LIMIT_CHANGED",
        "WHATSAPP_SENDER_ERROR", "WHATSAPP_SENDER_INACTIVE", "WHATSAPP_SENDER_PENDING_VERIFICATION",
        "WHATSAPP_SENDER_QUALITY_RATING_CHANGED", "WHATSAPP_SENDER_REJECTED", "WHATSAPP_SENDER_DELETED",
        "WHATSAPP_SENDER_DISPLAY_NAME_UPDATED", "WHATSAPP_SENDER_USERNAME_UPDATED",
    ]

    /// Nil for what the documents have no trigger for.
    static func trigger(for news: AccountNews) -> String? {
        switch news {
        case .onboarded: "WHATSAPP_ACCOUNT_ONBOARDED"
        case .pendingVerification: "WHATSAPP_ACCOUNT_PENDING_VERIFICATION"
        case .rejected: "WHATSAPP_ACCOUNT_REJECTED"
        case .commentAdded: "WHATSAPP_ACCOUNT_COMMENT_ADDED"
        case .wabaChanged: "WHATSAPP_WABA_ACCOUNT_CHANGED"
        case .created, .edited, .inProgress: nil
        }
    }

    static func trigger(for news: SenderNews) -> String? {
        switch news {
        case .active: "WHATSAPP_SENDER_ACTIVE"
        case .inactive: "WHATSAPP_SENDER_INACTIVE"
        case .error: "WHATSAPP_SENDER_ERROR"
        case .rejected: "WHATSAPP_SENDER_REJECTED"
        case .pendingVerification: "WHATSAPP_SENDER_PENDING_VERIFICATION"
        case .deleted: "WHATSAPP_SENDER_DELETED"
        case .displayNameUpdated: "WHATSAPP_SENDER_DISPLAY_NAME_UPDATED"
        case .qualityRatingUpdated: "WHATSAPP_SENDER_QUALITY_RATING_CHANGED"
        case .commentAdded: "WHATSAPP_SENDER_COMMENT_ADDED"
        case .created, .draft, .edited, .inProgress, .registered, .verified: nil
        }
    }
}

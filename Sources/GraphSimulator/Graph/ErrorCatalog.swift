// SPDX-License-Identifier: Apache-2.0

/// The documented error codes with status and texts; business rules and planned faults take theirs from here.
/// Source: Meta, error codes (status, title); detail texts are paraphrased.
enum ErrorCatalog {
    struct Entry: Sendable {
        var status: Int
        var title: String
        var details: String?
        var isTransient: Bool?
    }

    static func error(_ code: Int, subcode: Int? = nil) -> GraphError {
        guard let entry = entries[code] else {
            return GraphError(status: 400, code: code, subcode: subcode, message: "(#\(code)) Unknown error")
        }
        return GraphError(
            status: entry.status, code: code, subcode: subcode,
            message: bare.contains(code) ? entry.title : "(#\(code)) \(entry.title)", details: entry.details,
            isTransient: entry.isTransient)
    }

    /// Codes whose message Meta prints without the number in front.
    private static let bare: Set<Int> = [0, 1, 2, 104, 190]

    static let entries: [Int: Entry] = [
        0: Entry(status: 401, title: "AuthException"),
        1: Entry(status: 400, title: "An unknown error occurred", isTransient: true),
        2: Entry(status: 503, title: "Service temporarily unavailable", isTransient: true),
        3: Entry(status: 500, title: "Application does not have the capability to make this API call."),
        4: Entry(status: 400, title: "Application request limit reached", isTransient: true),
        10: Entry(status: 403, title: "Application does not have permission for this action"),
        17: Entry(status: 400, title: "User request limit reached", isTransient: true),
        32: Entry(status: 400, title: "Page request limit reached", isTransient: true),
        33: Entry(status: 400, title: "Business phone number has been deleted."),
        100: Entry(status: 400, title: "Invalid parameter"),
        104: Entry(status: 401, title: "An access token is required to request this resource."),
        190: Entry(status: 401, title: "Error validating access token: Session has expired"),
        200: Entry(status: 403, title: "Permissions error"),
        341: Entry(status: 400, title: "Application limit reached", isTransient: true),
        368: Entry(status: 403, title: "Temporarily blocked for policies violations."),
        613: Entry(status: 400, title: "Calls to this api have exceeded the rate limit."),
        803: Entry(status: 404, title: "Some of the aliases you requested do not exist"),
        2494100: Entry(status: 400, title: "Phone number in maintenance mode"),
        80007: Entry(
            status: 400,
            title: "There have been too many calls from this WhatsApp Business account. Wait a bit and try again.",
            isTransient: true),
        130429: Entry(
            status: 400, title: "Rate limit hit",
            details:
                "Message failed to send because there were too many messages sent from this phone number in a short "
                + "period of time"),
        130497: Entry(status: 403, title: "Business account is restricted from messaging users in this country."),
        131000: Entry(status: 500, title: "Something went wrong", details: "Try again."),
        131005: Entry(status: 403, title: "Access denied"),
        131008: Entry(status: 400, title: "Required parameter is missing"),
        131009: Entry(status: 400, title: "Parameter value is not valid"),
        131016: Entry(status: 500, title: "Service unavailable"),
        131021: Entry(status: 400, title: "Recipient cannot be sender"),
        131026: Entry(status: 400, title: "Message undeliverable"),
        131030: Entry(
            status: 400, title: "Recipient phone number not in allowed list",
            details: "Add the recipient to the list of the test number."),
        131031: Entry(
            status: 403, title: "Business Account locked", details: "The account is restricted or a data check failed."),
        131037: Entry(status: 400, title: "Display name approval required"),
        131042: Entry(
            status: 400, title: "Business eligibility payment issue",
            details: "Payment settings of the account need attention."),
        131045: Entry(status: 500, title: "Incorrect certificate"),
        131047: Entry(
            status: 400, title: "Re-engagement message",
            details: "More than 24 hours passed since the customer last wrote."),
        131048: Entry(status: 400, title: "Spam rate limit hit"),
        131049: Entry(
            status: 400, title: "Message withheld", details: "Not delivered to keep the ecosystem healthy."),
        131050: Entry(status: 400, title: "Recipient has opted out of marketing messages from this business"),
        131051: Entry(status: 400, title: "Unsupported message type"),
        131052: Entry(status: 400, title: "Media download error"),
        131053: Entry(status: 400, title: "Media upload error"),
        131056: Entry(
            status: 400, title: "(Business Account, Consumer Account) pair rate limit hit",
            details: "Too many messages to the same number in a short time."),
        131057: Entry(status: 500, title: "Account in maintenance mode"),
        131064: Entry(status: 400, title: "Message failed to send because of an account limit."),
        132000: Entry(status: 400, title: "Number of parameters does not match the expected number of params"),
        132005: Entry(status: 400, title: "Hydrated text too long"),
        132007: Entry(status: 400, title: "Format character policy violated"),
        132012: Entry(status: 400, title: "Parameter format does not match"),
        132015: Entry(status: 400, title: "Template is paused"),
        132016: Entry(status: 400, title: "Template is disabled"),
        132001: Entry(status: 404, title: "Template name does not exist in the translation"),
        132068: Entry(status: 400, title: "Flow is blocked"),
        132069: Entry(status: 400, title: "Flow is throttled"),
        133000: Entry(status: 500, title: "Incomplete deregistration", details: "Deregister the number again."),
        133004: Entry(status: 503, title: "Server Temporarily Unavailable", details: "Try again later."),
        133005: Entry(
            status: 400, title: "Two step verification PIN Mismatch",
            details: "The PIN is not the one set on this number."),
        133006: Entry(
            status: 400, title: "Phone number re-verification needed",
            details: "Verify the number before registering it."),
        133008: Entry(
            status: 400, title: "Too many two step verification PIN guesses",
            details: "Too many wrong PINs; wait 12 hours."),
        133009: Entry(
            status: 400, title: "Two step verification PIN guessed too fast", details: "Wait before the next try."),
        133010: Entry(
            status: 400, title: "Account not registered", details: "Phone number is not registered on the platform."),
        133015: Entry(
            status: 400, title: "Please wait a few minutes before attempting to register this phone number",
            details: "Number deletion has not finished; wait 5 minutes."),
        133016: Entry(
            status: 400, title: "Account register deregister rate limit exceeded",
            details: "Too many registrations for this number in a short time."),
        134011: Entry(status: 400, title: "Payments terms of service have not been accepted"),
        135000: Entry(status: 400, title: "Generic user error"),
        136024: Entry(
            status: 400, title: "Phone number is already verified", details: "The number already passed verification."),
        136025: Entry(
            status: 400, title: "Verify code error", details: "The code is not the one sent, or it was not asked for."),
        137000: Entry(status: 400, title: "Identity hash mismatch"),
        200005: Entry(status: 400, title: "Template insights not available"),
        200006: Entry(status: 400, title: "Template insights cannot be disabled once enabled"),
        200007: Entry(status: 400, title: "Template insights not enabled"),
        1752041: Entry(status: 400, title: "Duplicate Request"),
        2388001: Entry(
            status: 400, title: "Ownership of the phone number could not be confirmed",
            details: "Two-step verification is still on at the number's present provider."),
        2388012: Entry(status: 400, title: "Phone number is in this account's list already"),
        2388103: Entry(status: 400, title: "Phone number cannot be migrated"),
        2388019: Entry(status: 400, title: "Message template limit exceeded"),
        2388040: Entry(status: 400, title: "Character limit exceeded"),
        2388047: Entry(status: 400, title: "Message header format is incorrect"),
        2388072: Entry(status: 400, title: "Message body format is incorrect"),
        2388073: Entry(status: 400, title: "Message footer format is incorrect"),
        2388299: Entry(status: 400, title: "Variables cannot be at the start or end of the template"),
        2593079: Entry(
            status: 400, title: "The WhatsApp Business Account is already marked for migration to another solution."),
        2593085: Entry(status: 400, title: "The WhatsApp Business Account cannot be migrated to this solution."),
        2593107: Entry(
            status: 400, title: "Sync limit reached", details: "This synchronisation was already requested once."),
        2593108: Entry(
            status: 400, title: "Outside the allowed time", details: "More than 24 hours passed since onboarding."),
    ]
}

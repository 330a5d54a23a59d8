// SPDX-License-Identifier: Apache-2.0

/// What `POST /_sandbox/signups` may say; everything has a default.
struct SignupOrder: Sendable {
    enum Flow: String, Sendable {
        case embeddedSignup = "embedded_signup"
        case businessApp = "business_app"
        case hosted
        case techPartner = "tech_partner"
    }

    struct Review: Sendable {
        var outcome: String
        var delay: Milliseconds
    }

    var flow = Flow.embeddedSignup
    var businessID: String?
    var businessName: String?
    var wabaID: String?
    var wabaName: String?
    var currency: String
    var digits: String?
    var displayName: String?
    var pin: String?
    var isVerified = true
    var hasNumber = true
    var hasPaymentMethod = false
    var review: Review
    var nameReview: Review
    var partnerAddedDelay: Milliseconds = 0
    var shareDelay: Milliseconds = 0
    var sendsWebhooks = true
    var codeLifetime: Milliseconds = 30_000
    var tokenLifetimeSeconds: Int64?
    /// Registering the number is refused for so long.
    var lockedFor: Milliseconds = 0
    var redirectURI: String?
    var scopes: [String]

    init(_ body: JSON, defaultDelay: Milliseconds) throws(ControlFailure) {
        if let text = body["flow"]?.text {
            guard let flow = Flow(rawValue: text) else { throw ControlFailure("flow: unknown value \(text)") }
            self.flow = flow
        }
        businessID = try Self.id(body["business"]?["id"] ?? body["business_id"], "business.id")
        businessName = body["business"]?["name"]?.text
        wabaID = try Self.id(body["waba"]?["id"] ?? body["waba_id"], "waba.id")
        wabaName = body["waba"]?["name"]?.text
        currency = body["currency"]?.text ?? "USD"
        digits = body["phone_number"]?.text?.filter(\.isNumber)
        displayName = body["display_name"]?.text
        pin = body["pin"]?.text
        if let pin, !WorldState.isPIN(pin) { throw ControlFailure("pin: six digits expected") }
        isVerified = Self.flag(body["verified"]) ?? true
        hasNumber = Self.flag(body["with_number"]) ?? true
        hasPaymentMethod = Self.flag(body["payment_method"]) ?? false
        review = try Self.review(body["review"], ["APPROVED", "REJECTED", "PENDING"], "review", defaultDelay)
        nameReview = try Self.review(
            body["name_review"], ["APPROVED", "REJECTED", "PENDING", "DEFERRED"], "name_review", defaultDelay)
        partnerAddedDelay = try Self.time(body["partner_added_delay_ms"], "partner_added_delay_ms") ?? 0
        shareDelay = try Self.time(body["share_delay_ms"], "share_delay_ms") ?? 0
        sendsWebhooks = Self.flag(body["send_webhooks"]) ?? true
        codeLifetime = try Self.time(body["code_ttl"], "code_ttl").map { $0 * 1000 } ?? 30_000
        tokenLifetimeSeconds = try Self.time(body["token_expires_in"], "token_expires_in")
        lockedFor = try Self.time(body["locked_seconds"], "locked_seconds").map { $0 * 1000 } ?? 0
        redirectURI = body["redirect_uri"]?.text
        scopes = body["scopes"]?.elements?.compactMap(\.text) ?? WorldState.customerScopes
    }

    /// A span in whichever unit; a hundred years in milliseconds are enough.
    private static func time(_ value: JSON?, _ path: String) throws(ControlFailure) -> Int64? {
        guard let value, value != .null else { return nil }
        guard let number = value.number, (0...3_155_760_000_000).contains(number) else {
            throw ControlFailure("\(path): a number expected that is not negative, and not more than a hundred years")
        }
        return number
    }

    private static func flag(_ value: JSON?) -> Bool? { value.map(\.isTrue) }

    private static func id(_ value: JSON?, _ path: String) throws(ControlFailure) -> String? {
        guard let text = value?.text else { return nil }
        guard (13...17).contains(text.utf8.count), text.allSatisfy(\.isNumber) else {
            throw ControlFailure("\(path): 13 to 17 digits expected")
        }
        return text
    }

    private static func review(
        _ value: JSON?, _ outcomes: [String], _ path: String, _ defaultDelay: Milliseconds
    ) throws(ControlFailure) -> Review {
        let outcome = value?["outcome"]?.text ?? "APPROVED"
        guard outcomes.contains(outcome) else { throw ControlFailure("\(path).outcome: unknown value \(outcome)") }
        return Review(outcome: outcome, delay: try time(value?["delay_ms"], "\(path).delay_ms") ?? defaultDelay)
    }
}

/// Why a control call was refused; answered as 400 with the member's path.
struct ControlFailure: Error, Sendable {
    var status = 400
    var message: String

    init(_ message: String, status: Int = 400) {
        self.message = message
        self.status = status
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Times of all objects are milliseconds of the sandbox's clock.
typealias Milliseconds = Int64

/// A customer's or partner's portfolio.
struct Business: Codable, Sendable {
    var id: String
    var name: String
    /// Owned WABAs, the newest share first.
    var wabaIDs: [String] = []
    var isVerified = true
}

struct WABA: Codable, Sendable {
    var id: String
    var name: String
    var ownerBusinessID: String
    var creationTimeSeconds: Int64
    var currency: String
    var timezoneID = "1"
    var templateNamespace: String
    var reviewStatus: String
    var isEnabledForInsights = false
    var primaryFundingID: String?
    /// Why sends are or are not paid for: the credit line's allocation on this WABA.
    var allocationID: String?
    /// Businesses that see it besides the owner, with the time of the share.
    var sharedWith: [String: Milliseconds] = [:]
    var solutionID: String?
    var phoneNumberIDs: [String] = []
    /// Tasks by system user.
    var assignedUsers: [String: [String]] = [:]
    /// Subscribed apps with their callback override.
    var subscriptions: [String: Subscription] = [:]
    var country = "US"
    /// Nil while there is only `hello_world`, which every WABA is born with.
    var templates: [MessageTemplate]?
    /// Asked for, and accepted by itself after 90 days.
    var migration: SolutionMigration?

    struct Subscription: Codable, Sendable {
        var overrideURL: String?
    }
}

struct PhoneNumber: Codable, Sendable {
    var id: String
    var wabaID: String
    /// Digits with country code.
    var digits: String
    var displayNumber: String
    var verifiedName: String
    var newDisplayName: String?
    var nameStatus: String
    var newNameStatus: String?
    var isVerified: Bool
    /// When it passed verification; registering is possible for 14 days from here.
    var verifiedAt: Milliseconds?
    var isOnBusinessApp = false
    var isRegistered = false
    var wasRegistered = false
    var dataRegion: String?
    var lastOnboardedAt: Milliseconds?
    var addedAt: Milliseconds
    /// Keyed digest of the two-step PIN; the PIN itself is not kept.
    var pinDigest: String?
    var wrongPINs: [Milliseconds] = []
    /// Register and deregister calls of the last 72 h.
    var registrationCalls: [Milliseconds] = []
    var lockedUntil: Milliseconds?
    var verificationCode: String?
    var overrideURL: String?
    var profile: [String: String] = [:]
    var websites: [String]?
    var syncs: [String: Milliseconds] = [:]
    /// The number at the provider that it leaves; that one is `MIGRATED` once this is registered.
    var migratesFrom: String?
    var isMigrated: Bool?
    /// The portfolio that keeps it until a WABA takes it; `wabaID` is empty meanwhile.
    var preverifiedBy: String?
    /// Partners that may offer it to their customers too.
    var preverifiedFor: [String]?
}

/// What Embedded Signup hands to the page; single use.
struct SignupCode: Codable, Sendable {
    var value: String
    var businessID: String
    var appID: String
    var issuedAt: Milliseconds
    var lifetime: Milliseconds
    var isUsed = false
    var redirectURI: String?
    var tokenLifetimeSeconds: Int64?
    var scopes: [String]
}

struct AccessToken: Codable, Sendable {
    enum Kind: String, Codable, Sendable { case system, business, app }

    var value: String
    var kind: Kind
    var appID: String
    /// Of a business token: the customer; of a system token: the partner.
    var businessID: String
    var userID: String
    var scopes: [String]
    var issuedAt: Milliseconds
    /// 0 never.
    var expiresAt: Milliseconds
    /// Why it stopped working: 458 app removed, 460 password changed, 467 revoked.
    var invalidSubcode: Int?
}

struct CreditAllocation: Codable, Sendable {
    var id: String
    var lineID: String
    var receivingBusinessID: String
    var receivingCredentialID: String
    var isDeleted = false
}

/// The app's own webhook subscription; empty `fields` means all.
struct AppSubscription: Codable, Sendable {
    var appID: String
    var callbackURL: String
    var verifyToken: String
    var fields: [String]
}

struct InboundMessage: Codable, Sendable {
    var phoneNumberID: String
    var from: String
    var at: Milliseconds
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import Services

/// The bodies of an account. Source: Sinch, create and update account.
enum AccountBody {
    /// Either of the two: with `wabaName` and `senderDetails`, or deprecated, with `companyLegalName`.
    static func new(_ body: BodyReader) throws -> (details: ProjectAccount.Details, businessManager: String) {
        let isDeprecated = !body.has("wabaName") && !body.has("senderDetails")
        let business = body.string("clientBusinessManagerId", 1...255, required: true)
        let manager = body.oneOf("businessManager", Vocabulary.businessManagers)
        let wabaName = body.string("wabaName", 1...255, required: !isDeprecated)
        let legalName = body.string("companyLegalName", 1...255, required: isDeprecated)
        let sender = body.object("senderDetails", required: !isDeprecated)
        let details = SenderDetailsBody(sender, isWhole: true)
        let businessID = business.flatMap { BusinessID(validating: $0) }
        if business != nil, businessID == nil { body.fault("clientBusinessManagerId must be a number string") }
        try body.finish()
        guard let businessID else { throw SinchError.invalidPayload }
        try BusinessManagers.requireServed(manager)
        var account = ProjectAccount.Details(businessID: businessID)
        account.wabaName = wabaName
        account.companyLegalName = legalName
        details.fill(&account)
        return (account, manager ?? BusinessManagers.standard)
    }

    /// Nil when no field of an account is named.
    static func change(_ body: BodyReader) throws -> (@Sendable (inout ProjectAccount.Details) -> Void)? {
        let business = body.string("clientBusinessManagerId", 1...255)
        let wabaName = body.string("wabaName", 1...255)
        let legalName = body.string("companyLegalName", 1...255)
        let sender = body.object("senderDetails")
        let details = SenderDetailsBody(sender, isWhole: false)
        let businessID = business.flatMap { BusinessID(validating: $0) }
        if business != nil, businessID == nil { body.fault("clientBusinessManagerId must be a number string") }
        try body.finish()
        guard business != nil || wabaName != nil || legalName != nil || !details.isEmpty else { return nil }
        return { account in
            account.businessID = businessID ?? account.businessID
            account.wabaName = wabaName ?? account.wabaName
            account.companyLegalName = legalName ?? account.companyLegalName
            details.fill(&account)
        }
    }
}

/// `senderDetails` of an account.
struct SenderDetailsBody: Sendable {
    private let displayName: String?
    private let businessCategory: String?
    private let region: String?
    private let storageCountry: String?

    init(_ body: BodyReader?, isWhole: Bool) {
        displayName = body?.string("displayName", 1...255, required: isWhole)
        businessCategory = body?.oneOf("businessCategory", Vocabulary.businessCategories, required: isWhole)
        region = body?.oneOf("region", Vocabulary.regions)
        storageCountry = body?.oneOf("metaLocalStorage", Vocabulary.storageCountries)
    }

    var isEmpty: Bool { displayName == nil && businessCategory == nil && region == nil && storageCountry == nil }

    func fill(_ account: inout ProjectAccount.Details) {
        account.displayName = displayName ?? account.displayName
        account.businessCategory = businessCategory ?? account.businessCategory
        account.region = region ?? account.region
        account.storageCountry = storageCountry ?? account.storageCountry
    }
}

/// Sinch's own portfolios. Here one Meta app serves all: the names are kept and shown, and three of them are served.
enum BusinessManagers {
    static let standard = "SINCH_UK"

    static func requireServed(_ name: String?) throws(SinchError) {
        guard let name, !Vocabulary.signupManagers.contains(name) else { return }
        throw .invalidBusinessManagerForEnvironment
    }

    /// Source: Sinch, Embedded Signup, region by business manager.
    static func require(_ name: String?, toServe region: String?) throws(SinchError) {
        try requireServed(name)
        guard let name, let region else { return }
        guard Vocabulary.compatibleRegions(name).contains(region.lowercased()) else { throw .invalidBusinessManager }
    }
}

/// `{"comment": …}` of an account or a sender.
enum CommentBody {
    static func read(_ body: BodyReader) throws -> String {
        let text = body.string("comment", 1...65_535, required: true)
        try body.finish()
        guard let text else { throw SinchError.invalidPayload }
        return text
    }

    static func answer(_ text: String, _ at: Timestamp) -> JSONValue {
        ["type": "CREATED", "comment": .string(text), "created": .string(at.description)]
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import Services

/// The four bodies that create a sender, told apart by the fields that only one of them has.
/// Source: Sinch, create sender.
enum SenderBody: Sendable {
    case signup(Senders.SignupDraft)
    case number(Senders.NumberDraft)

    static func read(_ body: BodyReader) throws -> SenderBody {
        if body.has("phoneNumberProvider") || body.has("status") || body.has("saveDraftOnFailure") {
            return .number(try partnerInitiated(body))
        }
        if body.has("facebookAccessToken") || body.has("facebookCode") || body.has("name") {
            return .signup(try deprecatedSignup(body))
        }
        if body.has("details"), !body.has("wabaId"), !body.has("phoneNumberId") {
            return .number(try newNumber(body))
        }
        return .signup(try signup(body))
    }

    /// Embedded Signup, current.
    private static func signup(_ body: BodyReader) throws -> Senders.SignupDraft {
        var draft = Senders.SignupDraft()
        draft.wabaID = body.metaID("wabaId", required: true)
        draft.phoneNumberID = body.metaID("phoneNumberId", required: true)
        draft.code = body.string("authenticationCode", 1...4096).map { SignupCode($0) }
        try readPlace(body, into: &draft)
        return draft
    }

    /// Embedded Signup, deprecated: with a name, and a token or a code.
    private static func deprecatedSignup(_ body: BodyReader) throws -> Senders.SignupDraft {
        var draft = Senders.SignupDraft()
        let name = body.string("name", 1...128, required: true)
        if let details = body.object("details", required: true) {
            for (field, value) in ProfileFields.read(details, required: true, nullable: false) {
                draft.profile[field] = value
            }
        }
        if draft.profile[.displayName] == nil { draft.profile[.displayName] = name }
        draft.wabaID = body.metaID("wabaId")
        draft.phoneNumberID = body.metaID("phoneNumberId")
        draft.token = body.string("facebookAccessToken", 1...4096).map { BusinessToken($0) }
        draft.code = body.string("facebookCode", 1...4096).map { SignupCode($0) }
        if !body.has("facebookAccessToken"), !body.has("facebookCode") {
            body.fault("at least one of facebookAccessToken or facebookCode must be provided")
        }
        // A token beside a code is the better proof: it is not spent.
        if draft.token != nil { draft.code = nil }
        try readPlace(body, into: &draft)
        return draft
    }

    private static func readPlace(_ body: BodyReader, into draft: inout Senders.SignupDraft) throws {
        draft.region = body.oneOf("region", Vocabulary.regions)
        draft.storageCountry = body.oneOf("metaLocalStorage", Vocabulary.storageCountries)
        let manager = body.oneOf("businessManager", Vocabulary.businessManagers)
        try body.finish()
        try BusinessManagers.require(manager, toServe: draft.region)
        draft.businessManager = manager ?? (draft.region == "BR" ? "SINCH_BR" : BusinessManagers.standard)
    }

    private static func partnerInitiated(_ body: BodyReader) throws -> Senders.NumberDraft {
        let provider = body.oneOf("phoneNumberProvider", ["CUSTOMER", "SINCH"], required: true)
        let details = body.object("details", required: true)
        let status = body.oneOf("status", ["DRAFT", "SUBMIT"])
        let savesDraft = body.bool("saveDraftOnFailure")
        let country = details?.digits("countryCode", max: 4, required: true)
        let number = details?.digits("phoneNumber", max: 32)
        let profile = details.map { ProfileFields.read($0, required: true, nullable: false) } ?? [:]
        let region = body.oneOf("region", Vocabulary.regions)
        let storage = body.oneOf("metaLocalStorage", Vocabulary.storageCountries)
        // Numbers are Sinch's own goods: this server has none to give.
        if provider == "SINCH" { body.fault("phoneNumberProvider SINCH is not offered by this server") }
        if provider == "CUSTOMER", status != "DRAFT", details?.has("phoneNumber") == false {
            details?.fault("phoneNumber must be a string")
        }
        try body.finish()
        guard let country else { throw SinchError.invalidPayload }
        var draft = Senders.NumberDraft(countryCode: country, number: number)
        draft.isDraft = status == "DRAFT"
        draft.savesDraftOnFailure = savesDraft ?? false
        for (field, value) in profile { draft.profile[field] = value }
        (draft.region, draft.storageCountry) = (region, storage)
        return draft
    }

    private static func newNumber(_ body: BodyReader) throws -> Senders.NumberDraft {
        let details = body.object("details", required: true)
        let country = details?.digits("countryCode", max: 4, required: true)
        let number = details?.digits("phoneNumber", max: 32, required: true)
        let name = details?.string("displayName", 1...128, required: true)
        let region = body.oneOf("region", Vocabulary.regions)
        let storage = body.oneOf("metaLocalStorage", Vocabulary.storageCountries)
        try body.finish()
        guard let country else { throw SinchError.invalidPayload }
        var draft = Senders.NumberDraft(countryCode: country, number: number)
        draft.profile[.displayName] = name
        (draft.region, draft.storageCountry) = (region, storage)
        return draft
    }
}

/// Fields of `details`. Source: Sinch, create and update sender.
enum ProfileFields {
    /// A nil value deletes (only with `nullable`).
    static func read(_ body: BodyReader, required: Bool, nullable: Bool) -> [SenderField: String?] {
        var fields: [SenderField: String?] = [:]
        for field in SenderField.allCases {
            if body.isNull(field.wire) {
                if nullable, field != .displayName, field != .vertical {
                    fields.updateValue(nil, forKey: field)
                } else {
                    body.fault("\(field.wire) must be a string")
                }
                continue
            }
            if let value = value(of: field, body, required: required) { fields.updateValue(value, forKey: field) }
        }
        return fields
    }

    private static func value(of field: SenderField, _ body: BodyReader, required: Bool) -> String? {
        switch field {
        case .displayName: body.string(field.wire, 1...128, required: required)
        case .vertical: body.oneOf(field.wire, Vocabulary.verticals, required: required)
        case .description: body.string(field.wire, 1...512)
        case .email: body.string(field.wire, 1...128)
        case .address: body.string(field.wire, 1...256)
        case .websiteOne, .websiteTwo: body.string(field.wire, 1...256)
        case .about: body.string(field.wire, 1...139)
        case .photoURL: body.string(field.wire, 1...256)
        }
    }
}

extension BodyReader {
    func metaID<ID: MetaID>(_ name: String, required: Bool = false, as type: ID.Type = ID.self) -> ID? {
        guard let text = string(name, 1...255, required: required) else { return nil }
        guard let id = ID(validating: text) else {
            fault("\(name) must be a number string")
            return nil
        }
        return id
    }
}

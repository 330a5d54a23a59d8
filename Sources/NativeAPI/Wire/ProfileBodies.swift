// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Services

/// `POST /phone_numbers/{id}/display_name`.
struct DisplayNameBody: NativeBody {
    let displayName: String

    enum CodingKeys: String, CodingKey, CaseIterable {
        case displayName = "display_name"
    }

    static let fields = FieldNames(of: CodingKeys.self)
}

/// `PATCH /phone_numbers/{id}/profile`. Limits as Meta's. Source: Meta, business profiles.
struct ProfileBody: NativeBody {
    let about: String?
    let address: String?
    let description: String?
    let email: String?
    let websites: [String]?
    let vertical: OneOf<Vertical>?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case about
        case address
        case description
        case email
        case websites
        case vertical
    }

    static let fields = FieldNames(of: CodingKeys.self)

    enum Vertical: String, Sendable, CaseIterable {
        case other = "OTHER"
        case auto = "AUTO"
        case beauty = "BEAUTY"
        case apparel = "APPAREL"
        case education = "EDU"
        case entertainment = "ENTERTAIN"
        case eventPlanning = "EVENT_PLAN"
        case finance = "FINANCE"
        case grocery = "GROCERY"
        case government = "GOVT"
        case hotel = "HOTEL"
        case health = "HEALTH"
        case nonprofit = "NONPROFIT"
        case professionalServices = "PROF_SERVICES"
        case retail = "RETAIL"
        case travel = "TRAVEL"
        case restaurant = "RESTAURANT"
        case alcohol = "ALCOHOL"
        case onlineGambling = "ONLINE_GAMBLING"
        case physicalGambling = "PHYSICAL_GAMBLING"
        case otcDrugs = "OTC_DRUGS"
    }

    func draft() throws -> PhoneNumbers.Profile {
        let draft = PhoneNumbers.Profile(
            about: try FieldChecks.optionalText(about, "about", max: 139),
            address: try Self.clearable(address, "address", max: 256),
            description: try Self.clearable(description, "description", max: 512),
            email: try Self.email(email), websites: try websites.map(Self.websites(_:)),
            vertical: vertical?.value.rawValue)
        guard draft != PhoneNumbers.Profile() else { throw ServiceError.missing(field: "") }
        return draft
    }

    /// Empty takes the member away.
    private static func clearable(_ value: String?, _ field: String, max: Int) throws -> String? {
        value == "" ? "" : try FieldChecks.optionalText(value, field, max: max)
    }

    private static func email(_ value: String?) throws -> String? {
        guard let value, value != "" else { return value }
        return try FieldChecks.email(try FieldChecks.text(value, "email", max: 128), "email")
    }

    private static func websites(_ values: [String]) throws -> [String] {
        guard values.count <= 2 else { throw ServiceError.invalid(field: "websites", message: "may have two at most") }
        return try values.enumerated().map { index, value in
            let field = "websites[\(index)]"
            let text = try FieldChecks.text(value, field, max: 256)
            guard text.hasPrefix("https://") || text.hasPrefix("http://") else {
                throw ServiceError.invalid(field: field, message: "must begin with http:// or https://")
            }
            return text
        }
    }
}

extension PhoneNumbers.Profile {
    func wire(of id: PhoneNumberID) -> JSONValue {
        [
            "id": .id(id),
            "about": .text(about),
            "address": .text(address),
            "description": .text(description),
            "email": .text(email),
            "websites": .array((websites ?? []).map { .string($0) }),
            "vertical": .text(vertical),
            "profile_picture_url": .text(pictureURL),
        ]
    }
}

extension NumberBudget {
    var wire: JSONValue {
        [
            "kind": .name(kind),
            "limit": .integer(Int64(Self.callsMax)),
            "window_hours": .integer(Self.window.milliseconds / 3_600_000),
            "used": .integer(Int64(used)),
            "left": .integer(Int64(left)),
            "next_allowed_at": .time(nextAllowedAt),
        ]
    }
}

extension CustomerBudget {
    var wire: JSONValue {
        [
            "kind": .string("new_customer"),
            "limit": .integer(Int64(max)),
            "window_hours": .integer(Self.window.milliseconds / 3_600_000),
            "used": .integer(Int64(used)),
            "left": .integer(Int64(left)),
            "next_allowed_at": .time(nextAllowedAt),
        ]
    }
}

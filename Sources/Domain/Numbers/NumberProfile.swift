// SPDX-License-Identifier: Apache-2.0

/// What a business tells of itself under one of its numbers; nil leaves a field as it is.
/// Source: Meta, business profiles.
package struct NumberProfile: Sendable, Hashable, Codable {
    /// Up to 139 characters.
    package var about: String?
    /// Up to 256 characters.
    package var address: String?
    /// Up to 512 characters.
    package var description: String?
    package var email: String?
    package var website: String?
    package var category: BusinessCategory?

    package init(
        about: String? = nil, address: String? = nil, description: String? = nil, email: String? = nil,
        website: String? = nil, category: BusinessCategory? = nil
    ) {
        self.about = about
        self.address = address
        self.description = description
        self.email = email
        self.website = website
        self.category = category
    }

    package var isEmpty: Bool { self == NumberProfile() }

    /// `newer` over this one.
    package func merged(with newer: NumberProfile) -> NumberProfile {
        NumberProfile(
            about: newer.about ?? about, address: newer.address ?? address,
            description: newer.description ?? description, email: newer.email ?? email,
            website: newer.website ?? website, category: newer.category ?? category)
    }
}

/// Source: Meta, business profiles, `vertical`.
package enum BusinessCategory: String, Sendable, Codable, CaseIterable {
    case other = "OTHER"
    case auto = "AUTO"
    case beauty = "BEAUTY"
    case apparel = "APPAREL"
    case education = "EDU"
    case entertainment = "ENTERTAIN"
    case events = "EVENT_PLAN"
    case finance = "FINANCE"
    case grocery = "GROCERY"
    case government = "GOVT"
    case hotel = "HOTEL"
    case health = "HEALTH"
    case nonprofit = "NONPROFIT"
    case professional = "PROF_SERVICES"
    case retail = "RETAIL"
    case travel = "TRAVEL"
    case restaurant = "RESTAURANT"

    /// As WhatsApp Manager prints it.
    package var title: String {
        switch self {
        case .other: "Other"
        case .auto: "Automotive"
        case .beauty: "Beauty, Spa and Salon"
        case .apparel: "Clothing and Apparel"
        case .education: "Education"
        case .entertainment: "Entertainment"
        case .events: "Event Planning and Service"
        case .finance: "Finance and Banking"
        case .grocery: "Food and Grocery"
        case .government: "Public Service"
        case .hotel: "Hotel and Lodging"
        case .health: "Medical and Health"
        case .nonprofit: "Non-profit"
        case .professional: "Professional Services"
        case .retail: "Shopping and Retail"
        case .travel: "Travel and Transportation"
        case .restaurant: "Restaurant"
        }
    }

    /// By its printed or its stored name, in any case.
    package init?(named text: String) {
        let wanted = text.lowercased()
        guard
            let match = Self.allCases.first(where: {
                $0.title.lowercased() == wanted || $0.rawValue.lowercased() == wanted
            })
        else { return nil }
        self = match
    }
}

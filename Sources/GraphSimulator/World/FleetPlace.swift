// SPDX-License-Identifier: Apache-2.0

/// Where customers of a generated fleet come from, and the words their names are made of.
struct FleetPlace: Sendable {
    var country: String
    var currency: String
    var timezoneID: String
    /// Of phone numbers; seven digits follow.
    var prefix: String
    var legalForm: String

    /// Currencies are the six that a credit line can be shared in.
    static let all = [
        FleetPlace(country: "US", currency: "USD", timezoneID: "1", prefix: "1555", legalForm: "Inc."),
        FleetPlace(country: "US", currency: "USD", timezoneID: "7", prefix: "1555", legalForm: "LLC"),
        FleetPlace(country: "BR", currency: "USD", timezoneID: "25", prefix: "55119", legalForm: "Ltda."),
        FleetPlace(country: "MX", currency: "USD", timezoneID: "90", prefix: "52155", legalForm: "S.A. de C.V."),
        FleetPlace(country: "IN", currency: "INR", timezoneID: "71", prefix: "91555", legalForm: "Pvt. Ltd."),
        FleetPlace(country: "IN", currency: "INR", timezoneID: "71", prefix: "91556", legalForm: "Traders"),
        FleetPlace(country: "ID", currency: "IDR", timezoneID: "66", prefix: "62815", legalForm: "PT"),
        FleetPlace(country: "GB", currency: "GBP", timezoneID: "58", prefix: "44770", legalForm: "Ltd."),
        FleetPlace(country: "DE", currency: "EUR", timezoneID: "47", prefix: "49155", legalForm: "GmbH"),
        FleetPlace(country: "ES", currency: "EUR", timezoneID: "51", prefix: "34655", legalForm: "S.L."),
        FleetPlace(country: "FR", currency: "EUR", timezoneID: "60", prefix: "33655", legalForm: "SARL"),
        FleetPlace(country: "AU", currency: "AUD", timezoneID: "15", prefix: "61491", legalForm: "Pty Ltd"),
    ]

    static let firstWords = [
        "Lucky", "Blue", "Grüne", "Casa", "Sol", "Northern", "Golden", "Silver", "Urban", "Little", "Grand", "Rapid",
        "Sunny", "Old Town", "Harbour", "Alpine", "Coral", "Bright", "Wild", "Happy", "Royal", "Prime", "Fresh",
        "Velvet", "Crimson", "Emerald", "Nova", "Terra", "Luna", "Açaí", "Señor", "Maison", "Bella", "Spice", "Lotus",
        "Banyan", "Garuda", "Koala", "Cedar", "Maple",
    ]

    static let lastWords = [
        "Shrub", "Bakery", "Motors", "Pharmacy", "Travel", "Books", "Fitness", "Dental", "Coffee", "Flowers", "Optics",
        "Logistics", "Foods", "Fashion", "Electronics", "Insurance", "Realty", "Clinic", "Hotel", "Toys", "Garden",
        "Kitchen", "Jewels", "Cycles", "Pets", "Academy", "Cleaning", "Studio", "Tyres", "Market", "Textiles", "Sweets",
        "Café", "Repairs", "Energy", "Water", "Print", "Music", "Salon", "Farm",
    ]
}

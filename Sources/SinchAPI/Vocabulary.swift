// SPDX-License-Identifier: Apache-2.0

/// Closed sets of words. Source: Sinch, Provisioning API 1.2.117, shared schemas.
enum Vocabulary {
    static let businessManagers = ["SINCH_AMERICA", "SINCH_BR", "SINCH_MX", "SINCH_SEP", "SINCH_UK"]
    /// Those that take senders by Embedded Signup.
    static let signupManagers = ["SINCH_BR", "SINCH_MX", "SINCH_UK"]
    static let regions = ["BR", "EU", "US"]
    static let storageCountries = [
        "AE", "AU", "BH", "BR", "CA", "CH", "DE", "GB", "ID", "IN", "JP", "KR", "SG", "US", "ZA",
    ]
    static let verticals = [
        "ALCOHOL", "AUTOMOTIVE", "BEAUTY_SPA_SALON", "CLOTHING_AND_APPAREL", "EDUCATION", "ENTERTAINMENT",
        "EVENT_PLANNING_AND_SERVICE", "FINANCE_AND_BANKING", "FOOD_AND_GROCERY", "HOTEL_AND_LODGING",
        "MEDICAL_AND_HEALTH", "NON_PROFIT", "ONLINE_GAMBLING", "OTC_DRUGS", "OTHER", "PHYSICAL_GAMBLING",
        "PROFESSIONAL_SERVICES", "PUBLIC_SERVICE", "RESTAURANT", "SHOPPING_AND_RETAIL", "TRAVEL_AND_TRANSPORTATION",
    ]
    static let businessCategories = verticals.filter { $0 != "ONLINE_GAMBLING" }
    /// In the order of the documents' `supportedCodes`.
    static let senderStates = ["ACTIVE", "IN_PROGRESS", "INACTIVE", "PENDING_VERIFICATION", "SUSPENDED", "ERROR"]
    static let changeStatuses = ["DRAFT", "ERROR", "IN_PROGRESS", "REJECTED"]

    /// Source: Sinch, Embedded Signup: `SINCH_BR` and `SINCH_MX` serve BR and US, `SINCH_UK` serves EU and US. The other
    /// two are not told of: all regions.
    static func compatibleRegions(_ businessManager: String) -> [String] {
        switch businessManager {
        case "SINCH_BR", "SINCH_MX": ["br", "us"]
        case "SINCH_UK": ["eu", "us"]
        default: ["br", "eu", "us"]
        }
    }

    static func region(_ businessManager: String) -> String {
        businessManager == "SINCH_BR" || businessManager == "SINCH_MX" ? "BR" : "EU"
    }
}

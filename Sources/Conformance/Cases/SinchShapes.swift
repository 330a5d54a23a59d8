// SPDX-License-Identifier: Apache-2.0

/// Resources as Sinch documents them: members that it calls optional may be missing. Source: Provisioning API 1.2.117, schemas.
enum SinchShapes {
    private static let businessManager = "<one of SINCH_AMERICA|SINCH_BR|SINCH_MX|SINCH_SEP|SINCH_UK|UNRECOGNIZED>"
    private static let regions = #"["<each>", "<one of br|eu|us>"]"#

    private static func object(_ members: [String: String]) -> String {
        "{" + members.sorted { $0.key < $1.key }.map { #""\#($0)": \#($1)"# }.joined(separator: ", ") + "}"
    }

    private static func quoted(_ mark: String) -> String { "\"\(mark)\"" }

    /// `more` says what is required beside, or in place of, what is optional.
    private static func shape(_ members: [String: String], _ more: [String: String]) -> String {
        object(members.filter { more[$0.key.replacing("?", with: "")] == nil }.merging(more) { $1 })
    }

    // MARK: SenderDto

    private static let profile = object([
        "displayName": quoted("<text>"), "vertical": quoted("<text>"), "description?": quoted("<string>"),
        "email?": quoted("<string>"), "address?": quoted("<string>"), "websiteOne?": quoted("<string>"),
        "websiteTwo?": quoted("<string>"), "about?": quoted("<string>"), "photoUrl?": quoted("<string>"),
        "username?": quoted("<string>"),
    ])

    static func changes(_ status: String = "<one of DRAFT|ERROR|IN_PROGRESS|REJECTED>") -> String {
        object([
            "status": quoted(status), "details?": quoted("<object>"), "errorReason?": quoted("<string>"),
            "errorCode?": quoted("<text>"),
        ])
    }

    static func sender(_ more: [String: String] = [:], without absent: [String] = []) -> String {
        var members = [
            "id": quoted("<text>"),
            "state?": quoted("<one of ACTIVE|IN_PROGRESS|INACTIVE|PENDING_VERIFICATION|SUSPENDED|ERROR>"),
            "changes?": changes(), "details?": profile, "metadata?": quoted("<object>"),
            "region": quoted("<one of BR|EU|US|UNRECOGNIZED>"), "metaLocalStorage": quoted("<text>"),
            "conversationApiApp?": quoted("<string>"), "conversationApiAppDetails?": quoted("<object>"),
            "maxTps?": quoted("<number>"),
            "qualityRating?": quoted("<one of GREEN|YELLOW|RED|UNKNOWN|UNRECOGNIZED>"),
            "dailyLimit?": quoted("<text>"), "bearerToken?": quoted("<string>"), "cloudApi": quoted("<bool>"),
            "created?": quoted("<milliseconds>"), "modified?": quoted("<milliseconds>"),
            "countryCode?": quoted("<digits>"), "phoneNumber?": quoted("<digits>"),
            "numberProvider?": quoted("<one of CUSTOMER|SINCH|UNRECOGNIZED>"),
            "businessManager": quoted(businessManager), "wabaBanState?": quoted("<text>"),
            "wabaBanDate?": quoted("<time>"), "compatibleRegions": regions,
        ]
        for name in absent { members["\(name)?"] = nil }
        return shape(members, more)
    }

    // MARK: AccountDto

    static let accountDetails = object([
        "clientBusinessManagerId": quoted("<text>"), "wabaName": quoted("<text>"),
        "companyLegalName?": quoted("<text>"), "senderDetails?": quoted("<object>"),
    ])

    static func account(_ more: [String: String] = [:], without absent: [String] = []) -> String {
        var members = [
            "state?": quoted("<one of ONBOARDED|PENDING_FACEBOOK_VERIFICATION|REJECTED>"),
            "isEmbeddedSignup": quoted("<bool>"), "businessManager": quoted(businessManager),
            "wabaId?": quoted("<digits>"), "changes?": quoted("<object>"), "details?": accountDetails,
            "wabaBanState?": quoted("<one of DISABLE|REINSTATE|SCHEDULE_FOR_DISABLE|UNRECOGNIZED>"),
            "wabaBanDate?": quoted("<time>"), "wabaEnabledForInsights?": quoted("<bool>"),
            "wabaEnabledForDirectSend?": quoted("<bool>"), "wabaMaxPriceOnboarded?": quoted("<bool>"),
            "compatibleRegions": regions, "primaryBusinessLocation?": quoted("<text>"),
            "businessDailyLimit?": quoted("<text>"), "currency?": quoted("<text>"),
        ]
        for name in absent { members["\(name)?"] = nil }
        return shape(members, more)
    }

    // MARK: Lists

    static func page(_ list: String, _ element: String) -> String {
        """
        {"totalSize": "<number>", "pageSize": "<number>", "previousPageToken?": "<string>",
         "nextPageToken?": "<string>", "\(list)": ["<each>", \(element)]}
        """
    }

    static func activities(_ types: String) -> String {
        page(
            "notifications",
            """
            {"type": "<one of \(types)>", "created?": "<milliseconds>", "author?": "<string>", "comment?": "<string>"}
            """)
    }

    static let comment = #"{"type": "CREATED", "comment": "Hello", "created": "<milliseconds>"}"#

    static let solution = """
        {"id": "<text>", "details": {"name": "<text>"}, "ownerApp": {"id": "<number>", "name": "<text>"},
         "partnerApp": {"id": "<number>", "name": "<text>"}, "assigned": "<bool>"}
        """
}

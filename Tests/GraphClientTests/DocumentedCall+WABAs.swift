// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

extension DocumentedCall {
    private static func readWABA(_ fields: [WABAField]) -> ReadWABA {
        ReadWABA(Sample.waba, fields: fields, token: Sample.businessToken)
    }

    static let wabas: [DocumentedCall] = [
        DocumentedCall(
            "waba", "default fields", readWABA([]),
            reads: "102290129340398 Lucky Shrub 1 58e6d318_b627_4112_b9c7_2961197553ea",
            summary: { text($0.id, $0.name, $0.timezoneID, $0.templateNamespace) }),
        DocumentedCall(
            "waba", "selected fields",
            readWABA([
                .id, .name, .currency, .timezoneID, .reviewStatus, .businessVerificationStatus, .ownershipType,
                .ownerBusiness, .primaryFundingID, .isEnabledForInsights, .creationTime,
            ]), reads: "USD APPROVED verified CLIENT_OWNED 506914307656634 290123456789012 true 1764000000",
            summary: {
                text(
                    $0.facts.currency, $0.facts.reviewStatus, $0.businessVerificationStatus, $0.ownershipType,
                    $0.facts.businessID, $0.primaryFundingID, $0.isEnabledForInsights, $0.creationTime?.seconds)
            }),
        DocumentedCall(
            "waba", "health", readWABA([.healthStatus]), reads: "BLOCKED 3 141010",
            summary: {
                text(
                    $0.healthStatus?.canSendMessage, $0.healthStatus?.entities?.count,
                    $0.healthStatus?.entities?.first?.errors?.first?.code)
            }),
        DocumentedCall(
            "waba", "enable template insights: id comes as a number",
            EnableTemplateAnalytics(Sample.waba, token: Sample.businessToken), reads: "102290129340398",
            summary: { $0.id.rawValue }),
        DocumentedCall(
            "waba", "foreign or missing id",
            ReadWABA(WABAID("100000000000001"), fields: [], token: Sample.businessToken),
            reads: "error permanent 100/33", summary: { $0.id.rawValue }),
    ]

    private static func client(_ order: WABAListOrder? = nil, after: String? = nil, limit: Int = 100) -> ListClientWABAs
    {
        var request = ListClientWABAs(
            of: Sample.partnerBusiness, fields: [], order: order, limit: limit, token: Sample.systemToken)
        request.after = after
        return request
    }

    private static func page(_ page: GraphPage<WABAAnswer>) -> String {
        text(page.data.map(\.id.rawValue).joined(separator: ","), page.hasNext, page.nextCursor)
    }

    private static func owned(_ order: WABAListOrder?) -> ListOwnedWABAs {
        ListOwnedWABAs(of: Sample.partnerBusiness, fields: [], order: order, token: Sample.systemToken)
    }

    static let lists: [DocumentedCall] = [
        DocumentedCall(
            "waba-lists", "client list, first page", client(limit: 2),
            reads: "1906385232743451,1972385232742141 true QVFIUnh5ejk4Nw", summary: page),
        DocumentedCall(
            "waba-lists", "client list, last page", client(after: "QVFIUnh5ejk4Nw", limit: 2),
            reads: "1906385232743451 false -", summary: page),
        DocumentedCall(
            "waba-lists", "ids printed as numbers", client(), added: ["appsecret_proof", "limit"],
            reads: "1906385232743451 false -", summary: page),
        DocumentedCall(
            "waba-lists", "filter by creation time",
            ListClientWABAs(
                of: Sample.partnerBusiness, fields: [], filter: .createdAfter(Timestamp(seconds: 1_604_962_813)),
                token: Sample.systemToken), added: ["appsecret_proof", "limit"],
            reads: "1906385232743451 false -", summary: page),
        DocumentedCall(
            "waba-lists", "owned list sorted", owned(.newestFirst), added: ["appsecret_proof", "limit"],
            reads: "1906385232743451,1972385232742141 false -", summary: page),
        DocumentedCall(
            "waba-lists", "empty list", owned(nil), added: ["appsecret_proof", "limit"], reads: " false -",
            summary: page),
        DocumentedCall(
            "waba-lists", "no advanced access", client(), added: ["appsecret_proof", "limit"],
            reads: "error needs_person 200/0", summary: page),
    ]

    private static let override = OverrideCallback(
        Sample.waba, callbackURI: "https://hooks.example.com/meta/42", verifyToken: OtherSecret("s3cret"),
        token: Sample.businessToken)

    private static func apps(_ page: GraphPage<SubscribedApp>) -> String {
        text(page.data.count, page.data.first?.appID, page.data.first?.appName, page.data.first?.overrideCallbackURI)
    }

    static let subscriptions: [DocumentedCall] = [
        DocumentedCall(
            "subscribed-apps", "subscribe", SubscribeApp(Sample.waba, token: Sample.businessToken), reads: "true",
            summary: { text($0.success) }),
        DocumentedCall("subscribed-apps", "set override", override, reads: "true", summary: { text($0.success) }),
        DocumentedCall(
            "subscribed-apps", "override before subscription", override, reads: "error permanent 100/0",
            summary: { text($0.success) }),
        DocumentedCall(
            "subscribed-apps", "list without override",
            ListSubscribedApps(Sample.waba, token: Sample.businessToken),
            reads: "1 634974688087057 Gangway Demo -", summary: apps),
        DocumentedCall(
            "subscribed-apps", "list with override", ListSubscribedApps(Sample.waba, token: Sample.businessToken),
            reads: "1 634974688087057 Gangway Demo https://hooks.example.com/meta/42", summary: apps),
        DocumentedCall(
            "subscribed-apps", "unsubscribe", UnsubscribeApp(Sample.waba, token: Sample.businessToken), reads: "true",
            summary: { text($0.success) }),
        DocumentedCall(
            "subscribed-apps", "phone number override",
            OverridePhoneCallback(
                Sample.phone, callbackURI: "https://hooks.example.com/phone/7", verifyToken: OtherSecret("s3cret"),
                token: Sample.businessToken), reads: "true", summary: { text($0.success) }),
        DocumentedCall(
            "subscribed-apps", "phone number webhook configuration",
            ReadPhoneNumber(Sample.phone, fields: [.webhookConfiguration], token: Sample.businessToken),
            reads: "https://hooks.example.com/phone/7 https://hooks.example.com/meta/42 https://hooks.example.com/meta",
            summary: {
                text(
                    $0.webhookConfiguration?.phoneNumber, $0.webhookConfiguration?.whatsappBusinessAccount,
                    $0.webhookConfiguration?.application)
            }),
    ]

    static let users: [DocumentedCall] = [
        DocumentedCall(
            "assigned-users", "list",
            ListAssignedUsers(Sample.waba, businessID: Sample.partnerBusiness, token: Sample.systemToken),
            reads: "100081234567890 Gangway System User MANAGE",
            summary: { text($0.data.first?.id, $0.data.first?.name, $0.data.first?.tasks?.joined()) }),
        DocumentedCall(
            "assigned-users", "add",
            AssignUser(Sample.waba, userID: Sample.systemUser, token: Sample.systemToken), reads: "true",
            summary: { text($0.success) }),
        DocumentedCall(
            "assigned-users", "remove",
            RemoveAssignedUser(Sample.waba, userID: Sample.systemUser, token: Sample.systemToken), reads: "true",
            summary: { text($0.success) }),
        DocumentedCall(
            "assigned-users", "system users of the business",
            ListSystemUsers(of: Sample.partnerBusiness, token: Sample.systemToken), reads: "100081234567890 ADMIN",
            summary: { text($0.data.first?.id, $0.data.first?.role) }),
    ]
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

@testable import MetaChanges

/// Source: Meta, webhooks/reference; every documented webhook and what is made of it.
@Suite("Documented webhooks")
struct ExampleTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let file: String
        let name: String
        let field: String
        let kind: MetaChangeKind
        var testDescription: String { "\(file): \(name)" }
    }

    static let waba = WABAID("102290129340398")
    static let business = BusinessID("506914307656634")
    static let app = AppID("634974688087057")
    static let number = "15550783881"
    static let numberID = PhoneNumberID("106540352242922")
    static let wamid = "wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI3N0ZENkVGRTQ5Q0Y0QkU5RTAA"
    static let time = Timestamp(seconds: 1_764_000_000)

    @Test("are read as what they say", arguments: account + review + numbers + templates + messages + coexistence)
    func reads(row: Row) throws {
        let example = try #require(try Example.all(in: row.file).first { $0.name == row.name })
        let change = try #require(try NotificationParser.split(body: example.body).first)
        #expect(change.field == row.field)
        #expect(try change.content.get() == row.kind)
    }

    @Test(
        "are all in the table",
        arguments: [
            "webhooks-account", "webhooks-phone", "webhooks-templates", "webhooks-messages", "webhooks-coexistence",
        ])
    func covers(file: String) throws {
        let tables = Self.account + Self.review + Self.numbers + Self.templates + Self.messages + Self.coexistence
        let listed = Set(tables.filter { $0.file == file }.map(\.name))
        #expect(Set(try Example.all(in: file).map(\.name)) == listed)
    }

    @Test(
        "name the WABA they are about",
        arguments: [
            ("WABA shared", "102290129340398"), ("coexistence ended by the user", "102290129340398"),
            ("review rejected", "102290129340398"), ("app uninstalled, without waba_info", nil),
        ])
    func namesWABA(name: String, waba: String?) throws {
        let example = try #require(try Example.all(in: "webhooks-account").first { $0.name == name })
        let change = try #require(try NotificationParser.split(body: example.body).first)
        #expect(change.wabaID?.rawValue == waba)
        #expect(change.entryTime == Self.time)
    }

    @Test("come in batches of several entries")
    func batch() throws {
        let example = try #require(
            try Example.all(in: "webhooks-messages").first { $0.name == "batch of two entries" })
        let changes = try NotificationParser.split(body: example.body)
        #expect(changes.map(\.field) == ["messages", "account_review_update"])
        #expect(try changes[1].content.get() == .accountReview(decision: "APPROVED"))
        #expect(changes.map(\.entryTime) == [nil, Self.time])
    }
}

extension ExampleTests {
    private static func update(_ name: String, _ kind: MetaChangeKind, field: String = "account_update") -> Row {
        Row(file: "webhooks-account", name: name, field: field, kind: kind)
    }

    private static func share(solution: String? = nil, app: AppID? = nil) -> MetaChangeKind.Share {
        .init(waba: waba, business: business, solution: solution.map { SolutionID($0) }, app: app)
    }

    private static func removal(
        waba: WABAID? = waba, business: BusinessID? = business, app: AppID? = nil, number: String? = nil,
        reason: String? = nil, by: String? = nil
    ) -> MetaChangeKind.Removal {
        .init(waba: waba, business: business, app: app, phoneNumber: number, reason: reason, initiatedBy: by)
    }

    static let account: [Row] = [
        update("WABA shared", .partnerAdded(share())),
        update("WABA shared through a solution", .partnerAdded(share(solution: "774485461512159", app: app))),
        update("WABA unshared", .partnerRemoved(removal())),
        update(
            "coexistence ended by the user",
            .partnerRemoved(removal(business: nil, number: number, reason: "ACCOUNT_DISCONNECTED", by: "USER"))),
        update("app installed", .partnerAppInstalled(share(app: app))),
        update("app uninstalled", .partnerAppUninstalled(removal(app: app))),
        update("app uninstalled, without waba_info", .partnerAppUninstalled(removal(waba: nil))),
        update(
            "partner-led verification failed", .unknown(event: "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE")),
        update("verification asked for", .unknown(event: "PARTNER_CLIENT_CERTIFICATION_NEEDED")),
        update("verified account", .unknown(event: "VERIFIED_ACCOUNT")),
        update("scheduled to be disabled", .disabled(.init(state: "SCHEDULE_FOR_DISABLE", date: "April 17, 2026"))),
        update("reinstated", .disabled(.init(state: "REINSTATE", date: "April 17, 2026"))),
        update("violation", .violation(.init(type: "ALCOHOL", remediation: nil))),
        update(
            "restriction",
            .restriction(
                ["RESTRICTED_BIZ_INITIATED_MESSAGING", "RESTRICTED_ADD_PHONE_NUMBER_ACTION"].map {
                    .init(type: $0, expiresAt: Timestamp(seconds: 1_764_086_400), remediation: nil)
                })),
        update("deleted", .accountDeleted),
        update("offboarded (coexistence)", .businessAppOffboarded),
        update("reconnected (coexistence)", .businessAppReconnected),
        update("primary location", .unknown(event: "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE")),
        update("volume tier", .unknown(event: "VOLUME_BASED_PRICING_TIER_UPDATE")),
        update("alert", .unknown(event: nil), field: "account_alerts"),
        update(
            "capability, integer limit", .capability(dailyConversationsMax: "2000"), field: "business_capability_update"
        ),
        update(
            "capability, tier string", .capability(dailyConversationsMax: "TIER_2K"),
            field: "business_capability_update"),
        update("solution created", .unknown(event: "SOLUTION_CREATED"), field: "partner_solutions"),
    ]

    static let review: [Row] = ["approved", "rejected"].map {
        update("review \($0)", .accountReview(decision: $0.uppercased()), field: "account_review_update")
    }

    private static func phone(_ name: String, _ field: String, _ kind: MetaChangeKind) -> Row {
        Row(file: "webhooks-phone", name: name, field: field, kind: kind)
    }

    private static func name(_ decision: String, _ reason: String?) -> MetaChangeKind {
        .nameUpdate(
            .init(displayNumber: number, decision: decision, requestedName: "Lucky Shrub", rejectionReason: reason))
    }

    private static func quality(_ event: String, _ limit: String) -> MetaChangeKind {
        .qualityUpdate(.init(displayNumber: number, event: event, messagingLimit: limit))
    }

    static let numbers: [Row] = [
        phone("display name approved", "phone_number_name_update", name("APPROVED", nil)),
        phone("display name rejected", "phone_number_name_update", name("REJECTED", "NAME_NOT_CONSISTENT")),
        phone("onboarding", "phone_number_quality_update", quality("ONBOARDING", "TIER_250")),
        phone("throughput upgrade", "phone_number_quality_update", quality("THROUGHPUT_UPGRADE", "TIER_UNLIMITED")),
        phone("PIN changed", "security", .unknown(event: "PIN_CHANGED")),
        phone("PIN reset asked", "security", .unknown(event: "PIN_RESET_REQUEST")),
    ]

    private static func template(_ name: String, _ event: String, _ category: String, _ reason: String?) -> Row {
        Row(
            file: "webhooks-templates", name: name, field: "message_template_status_update",
            kind: .templateStatus(
                .init(
                    templateID: "1689556908129832", name: "order_confirmation", language: "en-US", category: category,
                    event: event, reason: reason)))
    }

    private static func template(_ name: String, field: String) -> Row {
        Row(file: "webhooks-templates", name: name, field: field, kind: .unknown(event: nil))
    }

    static let templates: [Row] = [
        template("approved", "APPROVED", "UTILITY", "NONE"),
        template("rejected", "REJECTED", "UTILITY", "INVALID_FORMAT"),
        template("paused", "PAUSED", "MARKETING", nil),
        template("disabled", "DISABLED", "MARKETING", nil),
        template("quality", field: "message_template_quality_update"),
        template("category will change", field: "template_category_update"),
        template("category changed", field: "template_category_update"),
    ]

    private static func message(
        _ name: String, _ received: [ReceivedMessage] = [], _ statuses: [MessageStatus] = []
    ) -> Row {
        Row(
            file: "webhooks-messages", name: name, field: "messages",
            kind: .messages(
                MessageBatch(phoneNumberID: numberID, received: received, statuses: statuses, unreadable: 0)))
    }

    private static func status(_ status: String, _ code: String? = nil, _ title: String? = nil) -> MessageStatus {
        MessageStatus(
            id: wamid, recipient: "16505551234", status: status, at: time, errorCode: code, errorTitle: title)
    }

    static let messages: [Row] = [
        message("incoming text", [ReceivedMessage(id: wamid, from: "16505551234", type: "text", sentAt: time)]),
        message(
            "incoming text with business-scoped user id",
            [ReceivedMessage(id: wamid, from: "US.13491208655302741918", type: "text", sentAt: time)]),
        message("sent", [], [status("sent")]),
        message("delivered", [], [status("delivered")]),
        message("read", [], [status("read")]),
        message("failed: payment", [], [status("failed", "131042", "Business eligibility payment issue")]),
        message("failed: outside the 24 h window", [], [status("failed", "131047", "Re-engagement message")]),
        message("error on account level"),
        message("batch of two entries", [], [status("sent"), status("delivered")]),
    ]

    static let coexistence: [Row] = [
        ("history chunk", "history", sync(.history, progress: 55)),
        ("history refused by the customer", "history", sync(.history, isDeclined: true)),
        ("contacts", "smb_app_state_sync", sync(.contacts)),
        ("message sent from the phone app", "smb_message_echoes", .unknown(event: nil)),
    ].map { Row(file: "webhooks-coexistence", name: $0.0, field: $0.1, kind: $0.2) }

    private static func sync(
        _ kind: BusinessAppSync.Kind, progress: Int? = nil, isDeclined: Bool = false
    ) -> MetaChangeKind {
        .businessAppSync(.init(kind: kind, phoneNumberID: numberID, progress: progress, isDeclined: isDeclined))
    }
}

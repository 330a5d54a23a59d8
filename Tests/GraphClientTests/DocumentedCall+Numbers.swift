// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient

extension DocumentedCall {
    private static func read(_ fields: [PhoneNumberField]) -> ReadPhoneNumber {
        ReadPhoneNumber(Sample.phone, fields: fields, token: Sample.businessToken)
    }

    static let numbers: [DocumentedCall] = [
        DocumentedCall(
            "phone-numbers", "list, default fields",
            ListPhoneNumbers(of: Sample.waba, fields: [], token: Sample.businessToken),
            reads: "106540352242922 +15550783881 Lucky Shrub VERIFIED GREEN CLOUD_API STANDARD",
            summary: {
                let first = $0.data.first
                return text(
                    first?.id, first?.facts.e164, first?.facts.verifiedName, first?.facts.codeVerificationStatus,
                    first?.facts.qualityRating, first?.facts.platformType, first?.throughputLevel)
            }),
        DocumentedCall(
            "phone-numbers", "fresh number, not registered",
            read([
                .verifiedName, .status, .platformType, .codeVerificationStatus, .nameStatus, .qualityRating,
                .isOnBusinessApp, .isPINEnabled, .accountMode,
            ]), reads: "PENDING false PENDING_REVIEW false false LIVE",
            summary: {
                text(
                    $0.facts.status, $0.facts.isConnected, $0.facts.nameStatus, $0.isCoexistence, $0.isPINEnabled,
                    $0.accountMode)
            }),
        DocumentedCall(
            "phone-numbers", "registered number",
            read([.status, .platformType, .nameStatus, .throughput, .messagingLimit]),
            reads: "true APPROVED STANDARD TIER_250",
            summary: { text($0.facts.isConnected, $0.nameStatus, $0.throughputLevel, $0.messagingLimit) }),
        DocumentedCall(
            "phone-numbers", "coexistence number", read([.isOnBusinessApp, .platformType]), reads: "true",
            summary: { text($0.isCoexistence) }),
        DocumentedCall(
            "phone-numbers", "old live number whose verification reads EXPIRED",
            read([.status, .codeVerificationStatus]), reads: "CONNECTED EXPIRED",
            summary: { text($0.facts.status, $0.facts.codeVerificationStatus) }),
    ]

    private static func register(_ region: String? = nil) -> RegisterPhoneNumber {
        RegisterPhoneNumber(
            Sample.phone, pin: RegistrationPIN("212834"), dataLocalizationRegion: region, token: Sample.businessToken)
    }

    private static func registered(_ name: String, _ reads: String, region: String? = nil) -> DocumentedCall {
        DocumentedCall("registration", name, register(region), reads: reads, summary: { text($0.success) })
    }

    static let registration: [DocumentedCall] = [
        DocumentedCall(
            "registration", "create number",
            AddPhoneNumber(
                Sample.waba, countryCode: "1", phoneNumber: "5550783881", verifiedName: "Lucky Shrub",
                token: Sample.businessToken), reads: "106540352242922", summary: { $0.id.rawValue }),
        DocumentedCall(
            "registration", "request code",
            RequestVerificationCode(Sample.phone, codeMethod: .sms, token: Sample.businessToken), reads: "true",
            summary: { text($0.success) }),
        DocumentedCall(
            "registration", "request code, already verified",
            RequestVerificationCode(Sample.phone, codeMethod: .sms, token: Sample.businessToken),
            reads: "error permanent 136024/0", summary: { text($0.success) }),
        DocumentedCall(
            "registration", "verify code",
            VerifyCode(Sample.phone, code: OtherSecret("123830"), token: Sample.businessToken), reads: "true",
            summary: { text($0.success) }),
        registered("register", "true"),
        registered("register with data region", "true", region: "DE"),
        registered("PIN mismatch", "error needs_person 133005/0"),
        registered("not verified", "error needs_person 133006/0"),
        registered("over 10 requests in 72 h", "error wait 133016/0"),
        registered("over 10 requests, variant flagged transient (do not retry)", "error wait 133016/0"),
        registered("server busy", "error transient 133004/0"),
        registered("recently deleted", "error wait 133015/0"),
        DocumentedCall(
            "registration", "deregister", DeregisterPhoneNumber(Sample.phone, token: Sample.businessToken),
            reads: "true", summary: { text($0.success) }),
        DocumentedCall(
            "registration", "deregister of a coexistence number",
            DeregisterPhoneNumber(Sample.phone, token: Sample.businessToken), reads: "error permanent 100/2207051",
            summary: { text($0.success) }),
        DocumentedCall(
            "registration", "set PIN",
            SetPIN(Sample.phone, pin: RegistrationPIN("150954"), token: Sample.businessToken), reads: "true",
            summary: { text($0.success) }),
    ]

    private static let textMessage = SendMessage(
        Sample.phone, to: "+16505551234", content: .text("Test message from your new number"),
        token: Sample.businessToken)
    private static let templateMessage = SendMessage(
        Sample.phone, to: "+16505551234", content: .template(name: "hello_world", language: "en_US"),
        token: Sample.businessToken)
    private static let messageID = "wamid.HBgLMTY1MDU1NTEyMzQVAgARGBI3N0ZENkVGRTQ5Q0Y0QkU5RTAA"

    private static func message(_ name: String, _ request: SendMessage, _ reads: String) -> DocumentedCall {
        DocumentedCall(
            "messages", name, request, reads: reads, summary: { text($0.id, $0.recipientID, $0.status) })
    }

    private static func sync(_ name: String, _ kind: SyncBusinessApp.Kind, _ reads: String) -> DocumentedCall {
        DocumentedCall(
            "coexistence", name, SyncBusinessApp(Sample.phone, kind: kind, token: Sample.businessToken), reads: reads,
            summary: { text($0.requestID) })
    }

    static let messages: [DocumentedCall] = [
        message("text", textMessage, "\(messageID) 16505551234 -"),
        message("template", templateMessage, "\(messageID) 16505551234 accepted"),
        message("number not registered", textMessage, "error needs_person 133010/0"),
        message("no payment method or credit line", templateMessage, "error needs_person 131042/0"),
        message("template missing in language", templateMessage, "error permanent 132001/0"),
        message("recipient not allowed on test number", textMessage, "error needs_person 131030/0"),
        sync("contacts", .contacts, "1063542245922987"),
        sync("history", .history, "1063542245922988"),
        sync("second request", .history, "error permanent 2593107/0"),
        sync("after 24 h", .history, "error permanent 2593108/0"),
        DocumentedCall(
            "business-profile", "read", ReadProfile(Sample.phone, token: Sample.businessToken),
            reads: "Succulents and more info@example.com https://www.example.com/ RETAIL",
            summary: {
                let profile = $0.data.first
                return text(profile?.about, profile?.email, profile?.websites?.joined(), profile?.vertical)
            }),
        DocumentedCall(
            "business-profile", "write",
            UpdateProfile(
                Sample.phone,
                changes: {
                    var changes = UpdateProfile.Changes()
                    changes.about = "Succulents and more"
                    changes.vertical = "RETAIL"
                    changes.websites = ["https://www.example.com/"]
                    return changes
                }(), token: Sample.businessToken), reads: "true", summary: { text($0.success) }),
    ]
}

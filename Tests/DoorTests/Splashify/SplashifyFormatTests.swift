// SPDX-License-Identifier: Apache-2.0
import Domain
import NativeAPI
import SplashifyAPI
import Testing

/// Source: Splashify, "WhatsApp Events".
struct SplashifyFormatTests {
    private let endpoint = Self.endpoint(["*"])

    private static func endpoint(_ events: [String]) -> Endpoint {
        Endpoint(
            id: EndpointID("ep_1"), partnerID: PartnerID("prt_1"), customerID: nil, url: "https://partner.example/hook",
            events: EventFilter(stored: events), format: .splashify, state: .enabled, disabledReason: nil,
            createdAt: Timestamp(seconds: 0), updatedAt: Timestamp(seconds: 0))
    }

    private func event(_ type: EventType, data: [String: JSONValue]) -> Event {
        let draft = EventDraft(
            type: type, partnerID: PartnerID("prt_1"), customerID: nil, wabaID: WABAID("123456789012345"),
            phoneNumberID: PhoneNumberID("623925589026353"), data: data, dedupeKey: "1")
        return Event(
            id: EventID("evt_1"), partnerID: draft.partnerID, type: type.rawValue, occurredAt: Timestamp(seconds: 0),
            customerID: nil, wabaID: draft.wabaID, phoneNumberID: draft.phoneNumberID, onboardingID: nil,
            dataJSON: draft.dataJSON)
    }

    @Test(arguments: [
        ["phone_number": JSONValue.string("+919999999999"), "isv_name_token": "token-canary"],
        ["phone_number": .null, "display_phone_number": "+91 99999 99999"],
    ])
    func theBodyIsFlatAndCalledByItsOtherName(_ data: [String: JSONValue]) throws {
        let rendered = try #require(SplashifyFormat().render(event(.wabaOnboarded, data: data), for: endpoint))
        #expect(
            String(decoding: rendered.body, as: UTF8.self)
                == """
                {"event":"WABA_ONBOARDED","source":"splashifypro","waba_id":"123456789012345",\
                "phone_number_id":"623925589026353","phone_number":"+919999999999"}
                """)
        #expect(rendered.headers == ["X-Webhook-Source": "splashifypro"])
    }

    @Test(arguments: EventType.allCases.filter { $0 != .wabaOnboarded })
    func otherEventsHaveNoWordsHere(_ type: EventType) {
        #expect(SplashifyFormat().render(event(type, data: [:]), for: endpoint) == nil)
    }

    private static let failures: [EventType] = [.onboardingFailed, .onboardingActionRequired]

    /// The name has a precedent among integrators of the tech-partner shape; the members beyond it are ours.
    @Test(arguments: failures) func aFailureIsToldToWhoNamesIt(_ type: EventType) throws {
        let failed = event(
            type,
            data: [
                "phone_number": "+919999999999", "reason": "pin_mismatch", "remedy": "Give the PIN.", "step": "x",
            ])
        let rendered = SplashifyFormat().render(failed, for: Self.endpoint(["whatsapp.waba_onboarded", type.rawValue]))
        #expect(
            rendered.map { String(decoding: $0.body, as: UTF8.self) }
                == """
                {"event":"WABA_ONBOARDING_FAILED","source":"splashifypro","waba_id":"123456789012345",\
                "phone_number_id":"623925589026353","phone_number":"+919999999999","reason":"pin_mismatch",\
                "message":"Give the PIN."}
                """)
        for patterns in [["*"], ["whatsapp.*"], ["whatsapp.onboarding.*"]] {
            #expect(SplashifyFormat().render(failed, for: Self.endpoint(patterns)) == nil)
        }
    }

    /// "Meta's raw payload, forwarded unchanged", marked `meta_raw`; other fields than messages are not documented.
    @Test func messagesAreHandedOnAsMetaSentThem() throws {
        let entry = RawEntry(
            notification: RawNotification(object: Array(#""whatsapp_business_account""#.utf8)), index: 0,
            id: Array(#""102290129340398""#.utf8)[...], time: nil)
        let changes = [#"{"field": "messages",  "value":{"x":"\u00e9\/"}}"#, #"{"field":"security","value":{}}"#].map {
            RawChange(
                entry: entry, bytes: Array($0.utf8)[...], field: $0.contains("messages") ? "messages" : "security",
                wabaID: WABAID("102290129340398"), customerID: CustomerID("1"), phoneNumberID: nil, types: [])
        }
        let rendered = try #require(SplashifyFormat().forward(changes, for: endpoint))
        #expect(
            String(decoding: rendered.body, as: UTF8.self)
                == #"{"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":["#
                + #"{"field": "messages",  "value":{"x":"\u00e9\/"}}]}]}"#)
        #expect(rendered.headers == ["X-Webhook-Source": "splashifypro", "X-Webhook-Type": "meta_raw"])
        #expect(SplashifyFormat().forward([changes[1]], for: endpoint) == nil)
        let raw = try #require(MetaRawFormat().forward(changes, for: endpoint))
        #expect(raw.headers == ["X-Webhook-Type": "meta_raw"])
        #expect(String(decoding: raw.body, as: UTF8.self).contains("security"))
    }

    @Test func theFormatIsNamedAsEndpointsNameIt() { #expect(SplashifyFormat().name == .splashify) }
}

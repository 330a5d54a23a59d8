// SPDX-License-Identifier: Apache-2.0
import Domain
import SplashifyAPI
import Testing

/// Source: Splashify, "WhatsApp Events".
struct SplashifyFormatTests {
    private let endpoint = Endpoint(
        id: EndpointID("ep_1"), partnerID: PartnerID("prt_1"), customerID: nil, url: "https://partner.example/hook",
        events: EventFilter(stored: ["*"]), format: .splashify, state: .enabled, disabledReason: nil,
        createdAt: Timestamp(seconds: 0), updatedAt: Timestamp(seconds: 0))

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

    @Test func theFormatIsNamedAsEndpointsNameIt() { #expect(SplashifyFormat().name == .splashify) }
}

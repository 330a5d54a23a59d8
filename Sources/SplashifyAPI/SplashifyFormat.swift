// SPDX-License-Identifier: Apache-2.0
package import Domain
import FoundationEssentials
import PartnerWebhooks

/// The completed onboarding as Splashify tells it: called `whatsapp.waba_onboarded` in the documents, `WABA_ONBOARDED` in the
/// body, flat. Its documents know no other event of an onboarding. Source: Splashify, "WhatsApp Events".
package struct SplashifyFormat: WebhookFormat {
    package let name = WebhookFormatName.splashify

    package init() {}

    /// `X-Webhook-Type` stays away: only forwarded messages carry it.
    package func render(_ event: Event, for endpoint: Endpoint) -> RenderedEvent? {
        guard EventType(rawValue: event.type) == .wabaOnboarded else { return nil }
        let members: [(String, JSONValue)] = [
            ("event", "WABA_ONBOARDED"), ("source", "splashifypro"), ("waba_id", .text(event.wabaID?.rawValue)),
            ("phone_number_id", .text(event.phoneNumberID?.rawValue)), ("phone_number", .text(phoneNumber(of: event))),
        ]
        // In the order of the documents.
        let body = members.map { JSONValue.string($0).text + ":" + $1.text }.joined(separator: ",")
        return RenderedEvent(body: Array("{\(body)}".utf8), headers: ["X-Webhook-Source": "splashifypro"])
    }

    /// E.164; from the printed form where the onboarding named none.
    private func phoneNumber(of event: Event) -> String? {
        let data = try? JSONDecoder().decode(OnboardedData.self, from: Data(event.dataJSON.utf8))
        guard let data else { return nil }
        return data.phoneNumber ?? data.displayPhoneNumber.map { PhoneNumberFacts.e164($0) }
    }
}

private struct OnboardedData: Decodable {
    let phoneNumber: String?
    let displayPhoneNumber: String?

    enum CodingKeys: String, CodingKey {
        case phoneNumber = "phone_number"
        case displayPhoneNumber = "display_phone_number"
    }
}

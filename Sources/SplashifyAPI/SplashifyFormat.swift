// SPDX-License-Identifier: Apache-2.0
package import Domain
import FoundationEssentials
import PartnerWebhooks

/// What Splashify posts to a partner's one URL: the completed onboarding, called `whatsapp.waba_onboarded` in the documents and
/// `WABA_ONBOARDED` in the body, and Meta's own payload for messages and their statuses. Source: Splashify, "WhatsApp Events".
package struct SplashifyFormat: WebhookFormat {
    package let name = WebhookFormatName.splashify

    package init() {}

    private static let source = ["X-Webhook-Source": "splashifypro"]

    // MARK: Onboardings

    /// `X-Webhook-Type` stays away: only forwarded messages carry it.
    package func render(_ event: Event, for endpoint: Endpoint) -> RenderedEvent? {
        guard let type = EventType(rawValue: event.type) else { return nil }
        if type == .wabaOnboarded { return flat(onboarded(event)) }
        // Not documented, so only for who names it: a client of Splashify's expects no other event.
        let isFailure = type == .onboardingFailed || type == .onboardingActionRequired
        return isFailure && endpoint.events.names(type) ? flat(failed(event)) : nil
    }

    private func onboarded(_ event: Event) -> [(String, JSONValue)] {
        let data = EventData(event)
        // E.164; from the printed form where the onboarding named none.
        let number = data?.phoneNumber ?? data?.displayPhoneNumber.map { PhoneNumberFacts.e164($0) }
        return [
            ("event", "WABA_ONBOARDED"), ("source", "splashifypro"), ("waba_id", .text(event.wabaID?.rawValue)),
            ("phone_number_id", .text(event.phoneNumberID?.rawValue)), ("phone_number", .text(number)),
        ]
    }

    /// The name has a precedent in this ecosystem; the members are ours. `waba_id` is the one that was named while none is
    /// proven.
    private func failed(_ event: Event) -> [(String, JSONValue)] {
        let data = EventData(event)
        return [
            ("event", "WABA_ONBOARDING_FAILED"), ("source", "splashifypro"),
            ("waba_id", .text(event.wabaID?.rawValue ?? data?.claimedWABAID)),
            ("phone_number_id", .text(event.phoneNumberID?.rawValue)), ("phone_number", .text(data?.phoneNumber)),
            ("reason", .text(data?.reason)), ("message", .text(data?.remedy)),
        ]
    }

    /// In the order of the documents.
    private func flat(_ members: [(String, JSONValue)]) -> RenderedEvent {
        let body = members.map { JSONValue.string($0).text + ":" + $1.text }.joined(separator: ",")
        return RenderedEvent(body: Array("{\(body)}".utf8), headers: Self.source)
    }

    // MARK: Messages and statuses

    package var forwardsRawChanges: Bool { true }

    /// Of Meta's fields the documents name messages and statuses alone.
    package func forward(_ changes: [RawChange], for endpoint: Endpoint) -> RenderedEvent? {
        let messages = changes.filter { $0.field == "messages" }
        guard !messages.isEmpty else { return nil }
        let headers = Self.source.merging([RawChange.header: RawChange.headerValue]) { $1 }
        return RenderedEvent(body: RawChange.body(of: messages), headers: headers)
    }
}

private struct EventData: Decodable {
    let phoneNumber: String?
    let displayPhoneNumber: String?
    let claimedWABAID: String?
    let reason: String?
    let remedy: String?

    enum CodingKeys: String, CodingKey {
        case phoneNumber = "phone_number"
        case displayPhoneNumber = "display_phone_number"
        case claimedWABAID = "claimed_waba_id"
        case reason
        case remedy
    }

    init?(_ event: Event) {
        guard let data = try? JSONDecoder().decode(Self.self, from: Data(event.dataJSON.utf8)) else { return nil }
        self = data
    }
}

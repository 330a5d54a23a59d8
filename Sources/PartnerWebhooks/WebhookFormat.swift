// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// How one kind of receiver wants its webhooks. Implemented in the door whose dialect it is.
package protocol WebhookFormat: Sendable {
    var name: WebhookFormatName { get }

    /// Body and headers, the same on every attempt; nil when this format has no words for the event.
    func render(_ event: Event, for endpoint: Endpoint) -> RenderedEvent?
}

/// The formats that this server speaks.
package struct WebhookFormats: Sendable {
    private let byName: [WebhookFormatName: any WebhookFormat]

    /// Of two formats with the same name the later one counts.
    package init(_ formats: [any WebhookFormat]) {
        byName = Dictionary(formats.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }

    package var names: [WebhookFormatName] { byName.keys.sorted { $0.rawValue < $1.rawValue } }

    /// For the store, which renders while it publishes.
    package var renderer: EventRenderer {
        EventRenderer { [byName] event, endpoint in byName[endpoint.format]?.render(event, for: endpoint) }
    }
}

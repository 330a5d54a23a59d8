// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// How one kind of receiver wants its webhooks. Implemented in the door whose dialect it is.
package protocol WebhookFormat: Sendable {
    var name: WebhookFormatName { get }

    /// Body and headers, the same on every attempt; nil when this format has no words for the event.
    func render(_ event: Event, for endpoint: Endpoint) -> RenderedEvent?

    /// Whether it hands on Meta's own changes; what is false here is never asked to ``forward(_:for:)``.
    var forwardsRawChanges: Bool { get }

    /// Changes of one notification that the endpoint wants, in one body; nil when this format hands on none of them. The
    /// header ``RawChange/header`` marks the delivery, so that its body is forgotten once it arrived.
    func forward(_ changes: [RawChange], for endpoint: Endpoint) -> RenderedEvent?

    /// As ``render(_:for:)``, for a format that shows whole things as they stand: `subject` reads them.
    func render(
        _ event: Event, for endpoint: Endpoint, reading subject: EventSubject.Reader
    ) throws -> RenderedEvent?

    /// Headers that sign one attempt besides ours, with the secret that the receiver chose (else the endpoint's own).
    func signature(of body: [UInt8], secret: OtherSecret, at now: Timestamp) -> [String: String]
}

extension WebhookFormat {
    package var forwardsRawChanges: Bool { false }
    package func forward(_ changes: [RawChange], for endpoint: Endpoint) -> RenderedEvent? { nil }

    package func render(
        _ event: Event, for endpoint: Endpoint, reading subject: EventSubject.Reader
    ) throws -> RenderedEvent? {
        render(event, for: endpoint)
    }

    package func signature(of body: [UInt8], secret: OtherSecret, at now: Timestamp) -> [String: String] { [:] }
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
        EventRenderer(
            forwarding: Set(byName.values.filter(\.forwardsRawChanges).map(\.name)),
            forward: { [byName] changes, endpoint in byName[endpoint.format]?.forward(changes, for: endpoint) },
            reading: { [byName] event, endpoint, subject in
                try byName[endpoint.format]?.render(event, for: endpoint, reading: subject)
            })
    }

    /// For the dispatcher, which signs each attempt.
    package var signer: WebhookSigner {
        WebhookSigner { [byName] format, body, secret, now in
            byName[format]?.signature(of: body, secret: secret, at: now) ?? [:]
        }
    }
}

/// Signs in the words of the endpoint's format.
package struct WebhookSigner: Sendable {
    package let headers: @Sendable (WebhookFormatName, [UInt8], OtherSecret, Timestamp) -> [String: String]

    package init(
        _ headers: @escaping @Sendable (WebhookFormatName, [UInt8], OtherSecret, Timestamp) -> [String: String]
    ) {
        self.headers = headers
    }

    package static let none = WebhookSigner { _, _, _, _ in [:] }
}

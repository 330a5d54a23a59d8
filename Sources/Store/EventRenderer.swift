// SPDX-License-Identifier: Apache-2.0
package import Domain

/// Chooses the endpoint's format. Nil when the format has no words for this event: then nothing is delivered.
package struct EventRenderer: Sendable {
    package let render: @Sendable (Event, Endpoint, EventSubject.Reader) throws -> RenderedEvent?
    /// Formats that hand on Meta's own changes.
    let forwarding: Set<WebhookFormatName>
    /// Nil when the format does not hand on any of these changes.
    let forward: @Sendable ([RawChange], Endpoint) -> RenderedEvent?

    package init(
        forwarding: Set<WebhookFormatName> = [],
        forward: @escaping @Sendable ([RawChange], Endpoint) -> RenderedEvent? = { _, _ in nil },
        reading render: @escaping @Sendable (Event, Endpoint, EventSubject.Reader) throws -> RenderedEvent?
    ) {
        self.render = render
        self.forwarding = forwarding
        self.forward = forward
    }

    package init(
        forwarding: Set<WebhookFormatName> = [],
        forward: @escaping @Sendable ([RawChange], Endpoint) -> RenderedEvent? = { _, _ in nil },
        _ render: @escaping @Sendable (Event, Endpoint) -> RenderedEvent?
    ) {
        self.init(forwarding: forwarding, forward: forward, reading: { event, endpoint, _ in render(event, endpoint) })
    }
}

// SPDX-License-Identifier: Apache-2.0
package import Domain

/// Chooses the endpoint's format. Nil when the format has no words for this event: then nothing is delivered.
package struct EventRenderer: Sendable {
    package let render: @Sendable (Event, Endpoint, EventSubject.Reader) throws -> RenderedEvent?

    package init(reading render: @escaping @Sendable (Event, Endpoint, EventSubject.Reader) throws -> RenderedEvent?) {
        self.render = render
    }

    package init(_ render: @escaping @Sendable (Event, Endpoint) -> RenderedEvent?) {
        self.init(reading: { event, endpoint, _ in render(event, endpoint) })
    }
}

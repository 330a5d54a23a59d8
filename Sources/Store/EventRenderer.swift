// SPDX-License-Identifier: Apache-2.0
package import Domain

/// Chooses the endpoint's format. Nil when the format has no words for this event: then nothing is delivered.
package struct EventRenderer: Sendable {
    package let render: @Sendable (Event, Endpoint) -> RenderedEvent?

    package init(_ render: @escaping @Sendable (Event, Endpoint) -> RenderedEvent?) { self.render = render }
}

// SPDX-License-Identifier: Apache-2.0
package import Domain

/// What is sent for one event to one endpoint: rendered once, the same bytes on every attempt.
package struct RenderedEvent: Sendable, Hashable {
    package let body: [UInt8]
    /// Besides the three signature headers, `content-type` and `user-agent`.
    package let headers: [String: String]

    package init(body: [UInt8], headers: [String: String] = [:]) {
        self.body = body
        self.headers = headers
    }
}

/// Chooses the endpoint's format. Nil when the format has no words for this event: then nothing is delivered.
package struct EventRenderer: Sendable {
    package let render: @Sendable (Event, Endpoint) -> RenderedEvent?

    package init(_ render: @escaping @Sendable (Event, Endpoint) -> RenderedEvent?) { self.render = render }
}

// SPDX-License-Identifier: Apache-2.0

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

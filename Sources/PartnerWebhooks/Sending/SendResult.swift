// SPDX-License-Identifier: Apache-2.0

/// One POST to a partner, as it goes over the wire.
package struct OutgoingPost: Sendable {
    package var url: EndpointURL
    /// All of them; nothing but `host` and `content-length` is added.
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// For the whole call: resolving, connecting, sending and the answer's head and body.
    package var timeout: Duration

    package init(
        url: EndpointURL, headers: [(name: String, value: String)], body: [UInt8], timeout: Duration = .seconds(15)
    ) {
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }
}

package enum SendResult: Sendable {
    /// A status line came in time, whatever it says. Redirects are not followed.
    case answered(ReceiverAnswer)
    case failed(SendFailure)
}

package struct ReceiverAnswer: Sendable {
    package let status: Int
    package let retryAfter: RetryAfter?
    /// The header `webhook-delivery`, by which receivers may ask to `disable` the endpoint or `abort-message`.
    package let webhookDelivery: String?
    /// At most 16 KiB, as far as it came in time.
    package let bodyHead: [UInt8]
    /// More was or would have been to come.
    package let isBodyCut: Bool
    /// The address that was dialled.
    package let address: String
    package let latency: Duration
}

package struct SendFailure: Sendable {
    package let kind: SendFailureKind
    /// Nil when no address was found or none was allowed.
    package let address: String?
    package let latency: Duration
}

/// Stored with the attempt: never renamed.
package enum SendFailureKind: String, Hashable, Sendable, CaseIterable {
    case blockedAddress = "blocked_address"
    case timeout
    case connection
    case tls
    case dns
}

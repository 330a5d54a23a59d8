// SPDX-License-Identifier: Apache-2.0

/// One HTTP exchange, with no opinion on what the answer means.
protocol GraphTransport: Sendable {
    func exchange(_ call: PreparedCall) async throws(TransportFailure) -> TransportAnswer
}

struct TransportAnswer: Sendable {
    let status: Int
    /// Names in lower case.
    let headers: [String: String]
    let body: [UInt8]
}

/// Why no complete answer came.
struct TransportFailure: Error, Sendable {
    enum Reason: String, Sendable {
        case connectFailed = "no connection could be made"
        case timedOut = "no complete answer came in time"
        case connectionLost = "the connection broke before the answer was complete"
        case answerTooLarge = "the answer is larger than allowed"
        case cancelled = "the caller gave up"
    }

    let reason: Reason
    /// True only when it is certain that no byte of the request left.
    let isNothingSent: Bool
}

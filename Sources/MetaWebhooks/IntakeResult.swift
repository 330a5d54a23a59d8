// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import NIOCore

/// How a notification ended; the `result` label of `gangway_ingest_requests_total`: never rename.
enum IntakeResult: String, CaseIterable, Sendable {
    case stored
    case badSignature = "bad_signature"
    case unknownApp = "unknown_app"
    case tooLarge = "too_large"
    case tooSlow = "too_slow"
    /// Too much waits already.
    case overloaded
    /// The database failed.
    case unavailable
    /// The database did not answer in time; what it does later Meta's repeat makes a duplicate.
    case timedOut = "timed_out"

    /// An empty body, always: Meta reads none.
    var response: Response {
        switch self {
        case .stored: Response(status: .ok)
        case .badSignature, .unknownApp: Response(status: .unauthorized)
        case .tooLarge: Response(status: .contentTooLarge)
        case .tooSlow: Response(status: .requestTimeout, headers: [.connection: "close"])
        case .overloaded, .unavailable, .timedOut: .unavailable
        }
    }
}

extension Response {
    static var unavailable: Response { Response(status: .serviceUnavailable, headers: [.retryAfter: "1"]) }

    static func challenge(_ text: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

extension HTTPField.Name {
    // A literal of ours: a name that did not parse would fail the first request of every test.
    static let hubSignature256 = HTTPField.Name("X-Hub-Signature-256")!
}

// SPDX-License-Identifier: Apache-2.0
import Domain

/// What the end of one request means for its delivery and endpoint.
struct AttemptReading: Sendable, Hashable {
    /// Shown to partners: never renamed.
    enum DisableReason: String, Sendable {
        /// Answered 410.
        case gone
        /// Answered with `webhook-delivery: disable`.
        case askedByReceiver = "asked_by_receiver"
        case failing
    }

    let isSuccess: Bool
    let status: Int?
    /// Class of the failure; nil for a success. Says nothing about what lies inside.
    let error: String?
    let address: String?
    let response: String?
    let latency: Duration
    let retryAfter: RetryAfter?
    /// The receiver wants neither retries of this delivery…
    let isAborted: Bool
    /// … nor anything else.
    let disabling: DisableReason?
    /// Answered that it is overrun.
    let isThrottled: Bool

    init(_ result: SendResult) {
        switch result {
        case .failed(let failure):
            self.init(error: failure.kind.rawValue, address: failure.address, latency: failure.latency)
        case .answered(let answer):
            self.init(answer)
        }
    }

    /// A failure before or without an answer.
    init(error: String, address: String? = nil, latency: Duration = .zero) {
        isSuccess = false
        status = nil
        self.error = error
        self.address = address
        response = nil
        self.latency = latency
        retryAfter = nil
        isAborted = false
        disabling = nil
        isThrottled = false
    }

    private init(_ answer: ReceiverAnswer) {
        let asked = answer.webhookDelivery?.lowercased()
        isSuccess = (200...299).contains(answer.status)
        status = answer.status
        error = Self.error(for: answer.status)
        address = answer.address
        response = answer.bodyHead.isEmpty ? nil : Self.text(answer.bodyHead)
        latency = answer.latency
        retryAfter = answer.retryAfter
        isAborted = asked == "abort-message"
        disabling = answer.status == 410 ? .gone : asked == "disable" ? .askedByReceiver : nil
        isThrottled = [429, 502, 503, 504].contains(answer.status)
    }

    private static func error(for status: Int) -> String? {
        switch status {
        case 200...299: nil
        case 300...399: "redirect"
        default: "http_status"
        }
    }

    /// PostgreSQL's text holds no NUL.
    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.map { $0 == 0 ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
    }
}

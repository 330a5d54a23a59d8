// SPDX-License-Identifier: Apache-2.0
import Domain
import Logging
import Metrics
import Store

/// What operators see of an attempt: no address, no body.
struct DeliveryReport {
    let claimed: ClaimedDelivery
    let reading: AttemptReading
    let next: Settlement.Next

    func send(to logger: Logger, now: Timestamp) {
        let result = reading.isSuccess ? "succeeded" : reading.error ?? "failed"
        Counter(label: "gangway_delivery_attempts_total", dimensions: [("result", result)]).increment()
        guard !reading.isSuccess else {
            return Timer(label: "gangway_delivery_latency_seconds")
                .recordNanoseconds((now - claimed.createdAt).milliseconds * 1_000_000)
        }
        if reading.error == SendFailureKind.blockedAddress.rawValue {
            Counter(label: "gangway_ssrf_blocked_total", dimensions: [("reason", "address")]).increment()
        }
        logger.debug(
            "delivery attempt failed",
            metadata: [
                "delivery": "\(claimed.id)", "endpoint": "\(claimed.endpointID)", "event": "\(claimed.eventID)",
                "attempt": "\(claimed.attempt + 1)", "result": "\(result)", "next": "\(next)",
            ])
    }
}

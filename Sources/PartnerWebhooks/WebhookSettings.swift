// SPDX-License-Identifier: Apache-2.0
import Domain

package struct WebhookSettings: Sendable {
    /// Requests under way at once, for this node.
    package var inFlightMax: Int
    package var inFlightPerEndpointMax: Int
    /// Deliveries that a quick endpoint may have waiting in memory.
    package var aheadPerEndpointMax: Int
    /// Deliveries claimed and not yet settled, for this node.
    package var claimedMax: Int
    /// How long a claim holds without the node's heartbeat.
    package var lease: Duration
    /// The backstop for lost wake-ups.
    package var poll: Duration
    /// For a whole request, from resolving to the answer's end.
    package var timeout: Duration
    /// How long a shutdown waits for requests under way.
    package var drain: Duration
    package var schedule: RetrySchedule
    package var disabling: DisablingRule
    package var urlPolicy: EndpointURLPolicy
    package var userAgent: String
    package var signer: WebhookSigner

    package init(
        inFlightMax: Int = 128, inFlightPerEndpointMax: Int = 4, aheadPerEndpointMax: Int = 64, claimedMax: Int = 1024,
        lease: Duration = .seconds(30), poll: Duration = .seconds(1), timeout: Duration = .seconds(15),
        drain: Duration = .seconds(20), schedule: RetrySchedule = .standard, disabling: DisablingRule = DisablingRule(),
        urlPolicy: EndpointURLPolicy = EndpointURLPolicy(), userAgent: String = "Gangway",
        signer: WebhookSigner = .none
    ) {
        self.inFlightMax = inFlightMax
        self.inFlightPerEndpointMax = inFlightPerEndpointMax
        self.aheadPerEndpointMax = aheadPerEndpointMax
        self.claimedMax = claimedMax
        self.lease = lease
        self.poll = poll
        self.timeout = timeout
        self.drain = drain
        self.schedule = schedule
        self.disabling = disabling
        self.urlPolicy = urlPolicy
        self.userAgent = userAgent
        self.signer = signer
    }
}

/// When an endpoint that only fails is given up: its deliveries are held until someone enables it again.
package struct DisablingRule: Hashable, Sendable {
    package var failuresMin: Int
    /// Without one success, from the first failure on.
    package var silence: Duration

    package init(failuresMin: Int = 10, silence: Duration = .days(5)) {
        self.failuresMin = failuresMin
        self.silence = silence
    }

    func isMet(failures: Int, since: Timestamp, now: Timestamp) -> Bool {
        failures >= failuresMin && now - since >= silence
    }
}

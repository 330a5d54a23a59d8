// SPDX-License-Identifier: Apache-2.0
import Domain
import Store

/// One thing to write about a claimed delivery.
struct Settlement: Sendable {
    enum Content: Sendable {
        /// A request was made, or would have been if the endpoint had allowed it.
        case attempt(AttemptReading, startedAt: Timestamp, next: Next)
        /// Nothing was sent: back to where it was.
        case putBack
    }

    /// Decided when the answer came, so that the waiting time counts from there.
    enum Next: Sendable, Hashable {
        case succeeded
        case retry(at: Timestamp)
        case failed
        case held
    }

    let claimed: ClaimedDelivery
    let content: Content
}

extension Settlement.Next {
    /// - Parameter attempt: the one that has ended, counted from 1.
    init(
        after reading: AttemptReading, of claimed: ClaimedDelivery, schedule: RetrySchedule, now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) {
        if reading.isSuccess {
            self = .succeeded
        } else if reading.disabling != nil {
            self = .held
        } else if reading.isAborted || claimed.isManual {
            self = .failed
        } else if let delay = schedule.delay(
            afterAttempt: claimed.attempt + 1, retryAfter: reading.retryAfter, now: now, using: &random)
        {
            self = .retry(at: now + delay)
        } else {
            self = .failed
        }
    }

    fileprivate var stored: DeliveryTable.Result {
        switch self {
        case .succeeded: .succeeded
        case .retry(let at): .retry(at: at)
        case .failed: .failed
        case .held: .held
        }
    }
}

/// What a transaction of settlements found out.
struct Settled: Sendable {
    struct Disabled: Sendable {
        let endpoint: EndpointID
        let reason: AttemptReading.DisableReason
    }

    /// Somebody else has the delivery now: nothing was written.
    var lost: [DeliveryID] = []
    var disabled: [Disabled] = []
}

extension StoreTransaction {
    func apply(_ settlements: [Settlement], rule: DisablingRule) throws -> Settled {
        var settled = Settled()
        var states: [EndpointID: Endpoint.State?] = [:]
        for settlement in settlements {
            let claimed = settlement.claimed
            let isDisabled = try isDisabled(claimed.endpointID, known: &states)
            switch settlement.content {
            case .putBack:
                if isDisabled { try deliveries.hold(claimed) } else { try deliveries.release(claimed, dueAt: now) }
            case .attempt(let reading, let startedAt, let next):
                let attempt = DeliveryAttempt(
                    attempt: claimed.attempt + 1, isManual: claimed.isManual, startedAt: startedAt,
                    finishedAt: startedAt + reading.latency, status: reading.status, error: reading.error,
                    address: reading.address, response: reading.response)
                var result = next.stored
                if case .retry = next, isDisabled { result = .held }
                guard try deliveries.settle(claimed, attempt: attempt, result: result) else {
                    settled.lost.append(claimed.id)
                    continue
                }
                guard !isDisabled, let reason = try judge(claimed.endpointID, after: reading, rule: rule) else {
                    continue
                }
                try endpoints.disable(claimed.endpointID, reason: reason.rawValue)
                states[claimed.endpointID] = .disabled
                settled.disabled.append(Settled.Disabled(endpoint: claimed.endpointID, reason: reason))
            }
        }
        return settled
    }

    private func isDisabled(_ id: EndpointID, known: inout [EndpointID: Endpoint.State?]) throws -> Bool {
        if let state = known[id] { return state == .disabled }
        let state = try endpoints.find(id, of: nil)?.state
        known[id] = .some(state)
        return state == .disabled
    }

    /// Counts the attempt; says whether and why the endpoint is to be disabled.
    private func judge(
        _ id: EndpointID, after reading: AttemptReading, rule: DisablingRule
    ) throws -> AttemptReading.DisableReason? {
        if reading.isSuccess {
            try endpoints.recordSuccess(of: id)
            return reading.disabling
        }
        guard let record = try endpoints.recordFailure(of: id) else { return nil }
        if let reason = reading.disabling { return reason }
        return rule.isMet(failures: record.failures, since: record.since, now: now) ? .failing : nil
    }
}

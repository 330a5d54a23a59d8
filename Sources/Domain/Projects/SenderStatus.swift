// SPDX-License-Identifier: Apache-2.0

/// How a sender stands.
package struct SenderStatus: Sendable, Hashable {
    package enum State: String, Sendable, CaseIterable {
        case active
        case inProgress = "in_progress"
        case inactive
        case pendingVerification = "pending_verification"
        case suspended
        case error
    }

    /// Stored: never rename.
    package enum Change: String, Sendable, Codable, CaseIterable {
        case draft
        case error
        case inProgress = "in_progress"
        case rejected
    }

    /// Nil until it is live for the first time, unless it failed or waits for its code.
    package var state: State?
    package var change: Change?
    package var reason: FailureReason?
    package var detail: String?

    package init(_ state: State?, _ change: Change? = nil, reason: FailureReason? = nil, detail: String? = nil) {
        self.state = state
        self.change = change
        self.reason = reason
        self.detail = detail
    }

    static func failed(_ reason: FailureReason?, _ detail: String?) -> SenderStatus {
        SenderStatus(.error, .error, reason: reason ?? .internalError, detail: detail)
    }
}

/// A sender with everything its state is derived from.
package struct SenderSnapshot: Sendable {
    package let sender: Sender
    package let onboarding: Onboarding?
    package let waba: WABA?
    package let number: PhoneNumber?

    package init(sender: Sender, onboarding: Onboarding?, waba: WABA?, number: PhoneNumber?) {
        self.sender = sender
        self.onboarding = onboarding
        self.waba = waba
        self.number = number
    }

    /// After this long an unfinished adding was cut off by a crash.
    package static let addingMax: Duration = .minutes(2)

    package func status(at now: Timestamp) -> SenderStatus {
        var status = underlying(at: now)
        if sender.removalAt != nil { status.state = .inactive }
        if let pending = sender.pending, status.change == nil {
            status.change = pending.status
            status.detail = pending.detail
        }
        return status
    }

    private func underlying(at now: Timestamp) -> SenderStatus {
        switch sender.phase {
        case .draft: SenderStatus(nil, .draft)
        case .run: run
        case .adding:
            now - sender.updatedAt > Self.addingMax
                ? .failed(.internalError, "adding the number was interrupted") : SenderStatus(nil, .inProgress)
        case .unverified: SenderStatus(.pendingVerification, .inProgress)
        case .failed: .failed(sender.failure, sender.failureDetail)
        case .live: live
        }
    }

    private var run: SenderStatus {
        guard let onboarding else { return live }
        switch onboarding.state {
        case .running, .waiting: return SenderStatus(nil, .inProgress)
        case .actionRequired, .failed: return .failed(onboarding.reason, onboarding.detail)
        case .cancelled: return .failed(nil, "the onboarding was cancelled")
        case .live: return live
        case .offboarded: return SenderStatus(.inactive)
        }
    }

    private var live: SenderStatus {
        switch waba?.state {
        case .restricted: return SenderStatus(.suspended)
        case .disconnected, .deleted, .offboarded: return SenderStatus(.inactive)
        case .onboarding, .live, nil: break
        }
        switch number?.facts.status {
        case "BANNED", "RESTRICTED", "FLAGGED", "RATE_LIMITED": return SenderStatus(.suspended)
        case "DELETED", "DISCONNECTED", "MIGRATED", "UNVERIFIED", "PENDING": return SenderStatus(.inactive)
        default: return SenderStatus(.active)
        }
    }
}

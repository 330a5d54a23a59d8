// SPDX-License-Identifier: Apache-2.0

/// One comparison of our records with Meta's lists and WABAs, for one Meta app, as stored.
package struct Reconciliation: Sendable, Hashable {
    /// Stored and shown: never rename.
    package enum State: String, Sendable, Codable, CaseIterable {
        case running
        /// For Meta's limits, or for Meta itself.
        case waiting
        case finished
        case failed
        case cancelled

        package var isOpen: Bool {
            switch self {
            case .running, .waiting: true
            case .finished, .failed, .cancelled: false
            }
        }
    }

    /// In this order. Stored and shown: never rename.
    package enum Phase: String, Sendable, Codable, CaseIterable {
        case clientList = "client_list"
        case ownedList = "owned_list"
        case records

        package var next: Phase? {
            switch self {
            case .clientList: .ownedList
            case .ownedList: .records
            case .records: nil
            }
        }
    }

    package struct Counts: Sendable, Hashable, Codable {
        /// WABAs that Meta listed, client and owned.
        package var listed = 0
        /// Records that were compared.
        package var checked = 0
        /// Onboardings that were waiting for a webhook that never came.
        package var rescued = 0
        package var repaired = 0
        /// Differences by ``DriftKind``.
        package var drift: [String: Int] = [:]

        package init() {}

        package mutating func add(_ kind: DriftKind, _ count: Int = 1) { drift[kind.rawValue, default: 0] += count }
    }

    package let id: ReconciliationID
    package let appID: AppID
    package var state: State
    package var phase: Phase
    package let repairs: Bool
    /// The beginning of a key, or `system` for the periodic ones.
    package let requestedBy: String
    package var counts: Counts
    /// Records of this app when it began.
    package let recordTotal: Int
    /// Why it waits or failed.
    package var detail: String?
    package let startedAt: Timestamp
    /// When the first record was about to be compared: what the estimate counts from.
    package var recordsAt: Timestamp?
    package var updatedAt: Timestamp
    package var finishedAt: Timestamp?

    package init(
        id: ReconciliationID, appID: AppID, repairs: Bool, requestedBy: String, recordTotal: Int, startedAt: Timestamp
    ) {
        self.id = id
        self.appID = appID
        self.repairs = repairs
        self.requestedBy = requestedBy
        self.recordTotal = recordTotal
        self.startedAt = startedAt
        state = .running
        phase = .clientList
        counts = Counts()
        updatedAt = startedAt
    }

    /// As read from storage.
    package init(
        id: ReconciliationID, appID: AppID, state: State, phase: Phase, repairs: Bool, requestedBy: String,
        counts: Counts, recordTotal: Int, detail: String?, startedAt: Timestamp, recordsAt: Timestamp?,
        updatedAt: Timestamp, finishedAt: Timestamp?
    ) {
        self.id = id
        self.appID = appID
        self.state = state
        self.phase = phase
        self.repairs = repairs
        self.requestedBy = requestedBy
        self.counts = counts
        self.recordTotal = recordTotal
        self.detail = detail
        self.startedAt = startedAt
        self.recordsAt = recordsAt
        self.updatedAt = updatedAt
        self.finishedAt = finishedAt
    }

    /// When it will end at the pace of the records so far; nil before the first one: Meta does not say how long its lists
    /// are.
    package var estimatedFinishAt: Timestamp? {
        guard state.isOpen, phase == .records, let recordsAt, counts.checked > 0 else { return nil }
        let elapsed = (updatedAt - recordsAt).milliseconds
        let left = Int64(max(0, recordTotal - counts.checked))
        return updatedAt + .milliseconds(elapsed * left / Int64(counts.checked))
    }
}

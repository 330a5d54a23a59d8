// SPDX-License-Identifier: Apache-2.0

/// An import of WABAs that were onboarded elsewhere, as stored. The operator's word says whose they are.
package struct WABAImport: Sendable, Hashable {
    /// Stored and shown: never rename.
    package enum Source: String, Sendable, Codable, CaseIterable {
        case csv
        /// Meta's client list.
        case meta
    }

    /// Stored and shown: never rename.
    package enum State: String, Sendable, Codable, CaseIterable {
        case running
        case waiting
        case finished
        case failed

        package var isOpen: Bool { self == .running || self == .waiting }
    }

    package let id: ImportID
    package let appID: AppID
    package let source: Source
    package var state: State
    /// Whose the rows are that name no partner.
    package let partnerID: PartnerID?
    package let requestedBy: String
    /// Nil for Meta's list, which does not say how long it is.
    package let rowTotal: Int?
    package var rowsDone: Int
    /// Rows by ``ImportOutcome``.
    package var counts: [String: Int]
    package var detail: String?
    package let createdAt: Timestamp
    package var updatedAt: Timestamp
    package var finishedAt: Timestamp?

    package init(
        id: ImportID, appID: AppID, source: Source, state: State = .running, partnerID: PartnerID?,
        requestedBy: String, rowTotal: Int?, rowsDone: Int = 0, counts: [String: Int] = [:], detail: String? = nil,
        createdAt: Timestamp, updatedAt: Timestamp, finishedAt: Timestamp? = nil
    ) {
        self.id = id
        self.appID = appID
        self.source = source
        self.state = state
        self.partnerID = partnerID
        self.requestedBy = requestedBy
        self.rowTotal = rowTotal
        self.rowsDone = rowsDone
        self.counts = counts
        self.detail = detail
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.finishedAt = finishedAt
    }
}

/// What became of a row. Stored and shown: never rename.
package enum ImportOutcome: String, Sendable, Codable, CaseIterable {
    case imported
    /// On record as this partner's before.
    case alreadyHere = "already_here"
    case ownedByAnotherPartner = "owned_by_another_partner"
    /// Meta does not show it to the app.
    case notShared = "not_shared"
    /// Neither the row nor the import names a partner, and the business is nobody's.
    case noPartner = "no_partner"
    case invalid
    /// Meta would not answer.
    case failed
}

/// One row of an import's report.
package struct ImportRow: Sendable, Hashable {
    /// Of the file, counted from 1 with the head; of Meta's list, counted from 1.
    package let line: Int
    /// As given; Meta's id where it is one.
    package let wabaID: String
    package let outcome: ImportOutcome
    package let detail: String?
    package let partnerID: PartnerID?
    package let customerID: CustomerID?

    package init(
        line: Int, wabaID: String, outcome: ImportOutcome, detail: String? = nil, partnerID: PartnerID? = nil,
        customerID: CustomerID? = nil
    ) {
        self.line = line
        self.wabaID = wabaID
        self.outcome = outcome
        self.detail = detail
        self.partnerID = partnerID
        self.customerID = customerID
    }
}

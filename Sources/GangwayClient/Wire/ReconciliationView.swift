// SPDX-License-Identifier: Apache-2.0

package struct ReconciliationView: Codable, Sendable, Hashable {
    package let id: String
    package let state: String
    package let phase: String
    package let repair: Bool
    package let listed: Int
    package let records: Int
    package let checked: Int
    package let rescued: Int
    package let repaired: Int
    /// How many by kind.
    package let drift: [String: Int]
    package let detail: String?
    package let startedAt: String
    package let estimatedFinishAt: String?
    package let finishedAt: String?

    package var isOpen: Bool { state == "running" || state == "waiting" }

    enum CodingKeys: String, CodingKey {
        case id
        case state
        case phase
        case repair
        case listed
        case records
        case checked
        case rescued
        case repaired
        case drift
        case detail
        case startedAt = "started_at"
        case estimatedFinishAt = "estimated_finish_at"
        case finishedAt = "finished_at"
    }
}

package struct DriftView: Codable, Sendable, Hashable {
    package struct Remedy: Codable, Sendable, Hashable {
        package let actor: String
        package let text: String
    }

    package let kind: String
    package let wabaID: String
    package let phoneNumberID: String?
    package let partnerID: String?
    package let detail: String?
    package let repair: String
    package let remedy: Remedy

    enum CodingKeys: String, CodingKey {
        case kind
        case wabaID = "waba_id"
        case phoneNumberID = "phone_number_id"
        case partnerID = "partner_id"
        case detail
        case repair
        case remedy
    }
}

package struct ImportView: Codable, Sendable, Hashable {
    package let id: String
    package let source: String
    package let state: String
    package let rows: Int?
    package let rowsDone: Int
    /// How many by outcome.
    package let outcomes: [String: Int]
    package let detail: String?

    package var isOpen: Bool { state == "running" || state == "waiting" }

    enum CodingKeys: String, CodingKey {
        case id
        case source
        case state
        case rows
        case rowsDone = "rows_done"
        case outcomes
        case detail
    }
}

package struct ImportRowView: Codable, Sendable, Hashable {
    package let line: Int
    package let wabaID: String
    package let outcome: String
    package let detail: String?

    enum CodingKeys: String, CodingKey {
        case line
        case wabaID = "waba_id"
        case outcome
        case detail
    }
}

/// A WABA of Meta's own list.
package struct ListedWABAView: Codable, Sendable, Hashable {
    package struct Record: Codable, Sendable, Hashable {
        package let partnerID: String
        package let customerID: String
        package let state: String

        enum CodingKeys: String, CodingKey {
            case partnerID = "partner_id"
            case customerID = "customer_id"
            case state
        }
    }

    package let id: String
    package let name: String?
    package let currency: String?
    package let reviewStatus: String?
    package let creationTime: String?
    package let record: Record?

    enum CodingKeys: String, CodingKey {
        case id
        case name
        case currency
        case reviewStatus = "account_review_status"
        case creationTime = "creation_time"
        case record
    }
}

// SPDX-License-Identifier: Apache-2.0
import Metrics

/// Counts of one transaction, reported after its commit: a closure may run twice.
struct ChangeTally: Sendable {
    struct Label: Hashable, Sendable {
        let field: String
        let result: ChangeResult
    }

    private(set) var counts: [Label: Int] = [:]

    mutating func add(_ field: String, _ result: ChangeResult, count: Int = 1) {
        counts[Label(field: Self.known.contains(field) ? field : "other", result: result), default: 0] += count
    }

    func report() {
        for (label, count) in counts {
            Counter(
                label: "gangway_changes_total",
                dimensions: [("field", label.field), ("result", label.result.rawValue)]
            ).increment(by: count)
            guard label.result == .duplicate else { continue }
            Counter(label: "gangway_ingest_duplicates_total").increment(by: count)
        }
    }

    /// Fields are Meta's open enum: a metric's label must not be.
    private static let known: Set<String> = [
        "account_update", "account_review_update", "account_alerts", "business_capability_update", "messages",
        "message_template_status_update", "message_template_quality_update", "partner_solutions",
        "phone_number_name_update", "phone_number_quality_update", "security", "template_category_update",
    ]
}

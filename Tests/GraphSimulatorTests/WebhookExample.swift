// SPDX-License-Identifier: Apache-2.0

import Testing

/// A change as our reference of Meta's webhooks prints it. Source: graph-examples/webhooks-*.json.
struct WebhookExample: Sendable, CustomTestStringConvertible {
    enum Entry: Sendable { case waba, customer, partner }

    var name: String
    var field: String
    var event: String?
    var variant: String?
    var entry: Entry
    var hasTime: Bool
    var value: String

    init(
        _ name: String, field: String, event: String?, variant: String?, entry: Entry, hasTime: Bool, _ value: String
    ) {
        self.name = name
        self.field = field
        self.event = event
        self.variant = variant
        self.entry = entry
        self.hasTime = hasTime
        self.value = value
    }

    var testDescription: String { "\(field): \(name)" }

    static let all = account + others
}

// SPDX-License-Identifier: Apache-2.0

/// Something due at a time of the sandbox's clock: a change of the world, a webhook, or both; kept until it is done.
struct ScheduledEvent: Codable, Sendable {
    enum Change: Codable, Sendable {
        case review(wabaID: String, decision: String)
        case name(phoneNumberID: String, decision: String)
        case share(wabaID: String, businessIDs: [String])
        case template(wabaID: String, templateID: String, decision: String)
        case certification(id: String, decision: String)
        case migration(wabaID: String, solutionID: String)
    }

    struct Webhook: Codable, Sendable {
        var appID: String
        var field: String
        var entryID: String
        /// JSON text of `value`.
        var value: String
        /// Account fields carry the time, `messages` does not.
        var timeSeconds: Int64?
        var wabaID: String?
        var phoneNumberID: String?
        /// What is wrong with the signature: the receiver must refuse it.
        var forgery: Forgery?
        /// Updates of one order that travel together.
        var batchID: Int64?
    }

    enum Forgery: String, Codable, Sendable {
        /// Signed with another secret.
        case signature
        /// Other bytes than were signed.
        case body
        /// No signature at all.
        case missing
    }

    var id: Int64
    var due: Milliseconds
    /// When it was first due: retries end some days after it.
    var createdAt: Milliseconds
    var change: Change?
    var webhook: Webhook?
    /// Webhooks of one lane are sent one after the other.
    var lane: String
    /// Failed sends so far.
    var failures = 0
}

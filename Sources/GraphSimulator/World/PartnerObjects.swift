// SPDX-License-Identifier: Apache-2.0

/// A Multi-Partner Solution: one app owns it, another is asked to take part.
struct Solution: Codable, Sendable {
    var id: String
    var name: String
    var ownerAppID: String
    var ownerPermissions: [String]
    var partnerAppID: String
    var partnerPermissions: [String]
    /// The id of the entry in `partners`, which is not the partner's app.
    var partnerEntryID: String
    var status: String
    var pendingStatus: String
    /// Who asked for the end; only the other one may answer.
    var deactivationAskedBy: String?
}

/// A WABA asked to move to another solution.
struct SolutionMigration: Codable, Sendable {
    var id: String
    var solutionID: String
}

struct MessageTemplate: Codable, Sendable {
    var id: String
    var name: String
    var language: String
    var category: String
    var status: String
    /// JSON text of `components`, as it was handed in.
    var components: String
    var parameterFormat = "POSITIONAL"
    var rejectedReason = "NONE"
}

/// A partner's word for a customer's business, with the papers that were handed in.
struct Certification: Codable, Sendable {
    var id: String
    var partnerBusinessID: String
    var clientBusinessID: String
    var status: String
    var attempts: Int
    var createdAt: Milliseconds
}

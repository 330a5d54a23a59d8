// SPDX-License-Identifier: Apache-2.0

/// Kinds of durable work. Stored: never rename.
package enum WorkKind {
    /// The key is the onboarding's id.
    package static let onboarding = "onboarding"
    /// The key is the reconciliation's id.
    package static let reconciliation = "reconciliation"
    /// Begins reconciliations from time to time; one item a world.
    package static let reconciliationSchedule = "reconciliation_schedule"
    /// The key is the import's id.
    package static let wabaImport = "waba_import"
    /// One item a world.
    package static let watchDeadlines = "watch_deadlines"
    /// One item a world, while something is left to be sealed again.
    package static let reseal = "reseal"
    /// One item a world.
    package static let prune = "prune"
    /// One item a world.
    package static let sealAudit = "seal_audit"
}

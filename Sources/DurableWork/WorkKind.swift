// SPDX-License-Identifier: Apache-2.0

/// Kinds of durable work. Stored: never rename.
package enum WorkKind {
    /// The key is the onboarding's id.
    package static let onboarding = "onboarding"
}

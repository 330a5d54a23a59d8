// SPDX-License-Identifier: Apache-2.0

/// What became of a change: a metric's label, never renamed.
package enum ChangeResult: String, Sendable, CaseIterable {
    case applied
    /// Applied before.
    case duplicate
    /// Nobody here owns the WABA: nothing is published.
    case unowned
    /// Something newer, or the same, is known already.
    case stale
    /// Nothing here depends on it.
    case ignored
    /// It could not be read or applied; its notification is kept aside.
    case failed
}

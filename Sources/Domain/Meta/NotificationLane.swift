// SPDX-License-Identifier: Apache-2.0

/// Which queue a notification of Meta waits in, so that a `PARTNER_ADDED` never queues behind a million messages.
/// Stored: never rename.
package enum NotificationLane: String, Sendable, CaseIterable {
    case account
    case messages
}

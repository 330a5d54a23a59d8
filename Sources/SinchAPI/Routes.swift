// SPDX-License-Identifier: Apache-2.0

/// Every path of this door.
package enum Routes {}

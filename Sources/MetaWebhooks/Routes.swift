// SPDX-License-Identifier: Apache-2.0
package import Hummingbird

/// Meta's door has one address. Source: DESIGN section 6.
package enum Routes {
    package static let appIDParameter = "app_id"
    package static let webhook: RouterPath = "/webhooks/meta/{app_id}"
}

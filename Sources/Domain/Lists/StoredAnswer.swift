// SPDX-License-Identifier: Apache-2.0

/// The answer to a request with an idempotency key, kept sealed: it may show a secret that is shown once.
package struct StoredAnswer: Sendable, Hashable {
    package let status: Int
    package let body: String

    package init(status: Int, body: String) {
        self.status = status
        self.body = body
    }
}

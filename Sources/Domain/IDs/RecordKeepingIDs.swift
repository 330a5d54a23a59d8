// SPDX-License-Identifier: Apache-2.0

/// One comparison of our records with Meta.
package struct ReconciliationID: PrefixedID {
    package static let prefix = "rec"
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// One difference that a reconciliation found.
package struct DriftID: PrefixedID {
    package static let prefix = "dft"
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// One import of WABAs that exist at Meta already.
package struct ImportID: PrefixedID {
    package static let prefix = "imp"
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

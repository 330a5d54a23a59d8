// SPDX-License-Identifier: Apache-2.0

/// A data key as it is shown: never the key itself.
package struct DataKeyFacts: Sendable, Hashable {
    package let id: String
    package let keyEncryptionKeyID: String
    package let createdAt: Timestamp
    /// The newest: what seals now.
    package let isCurrent: Bool
    /// How many texts are sealed with it.
    package let sealedCount: Int

    package init(id: String, keyEncryptionKeyID: String, createdAt: Timestamp, isCurrent: Bool, sealedCount: Int) {
        self.id = id
        self.keyEncryptionKeyID = keyEncryptionKeyID
        self.createdAt = createdAt
        self.isCurrent = isCurrent
        self.sealedCount = sealedCount
    }
}

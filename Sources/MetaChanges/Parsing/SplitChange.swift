// SPDX-License-Identifier: Apache-2.0
package import Domain

/// One element of `entry[].changes[]`, read apart from its neighbours.
package struct SplitChange: Sendable {
    /// As text, whether Meta printed a string or a number: a WABA or a business portfolio.
    package let entryID: String?
    /// When Meta says it happened; absent in `messages`.
    package let entryTime: Timestamp?
    /// Empty when the change names none and nothing in it tells.
    package let field: String
    package let content: Result<MetaChangeKind, ChangeFault>
    /// The element as it came: shares the body's storage.
    package let bytes: ArraySlice<UInt8>
    /// Where it stood; nil when its entry could not be read.
    let entry: RawEntry?
    /// What of it this version does not know.
    var novelties: [NoveltyKey] = []

    /// The WABA that the change is about: `waba_info.waba_id` before `entry.id`, which may be a portfolio.
    package var wabaID: WABAID? {
        switch try? content.get() {
        case .partnerAdded(let share), .partnerAppInstalled(let share): share.waba
        case .partnerRemoved(let removal): removal.waba
        case .partnerAppUninstalled(let removal): removal.waba
        case .accountReview, .nameUpdate, .qualityUpdate, .accountDeleted, .disabled, .violation, .restriction,
            .businessAppOffboarded, .businessAppReconnected, .businessAppSync, .capability, .templateStatus, .messages,
            .unknown:
            entryID.flatMap { WABAID(validating: $0) }
        case nil: nil
        }
    }
}

/// Why one change cannot be read. Holds no value of the body.
package struct ChangeFault: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

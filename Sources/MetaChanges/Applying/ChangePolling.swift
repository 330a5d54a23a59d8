// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Store

/// What was read at Meta, applied as if a webhook had told it: what comes first is published, the other is no news.
package struct ChangePolling {
    private let applier: ChangeApplier
    private var tx: StoreTransaction { applier.tx }

    package init(_ tx: StoreTransaction) { applier = ChangeApplier(tx) }

    /// `at`: when Meta answered. Does nothing for a WABA that is not `partner`'s.
    package func observe(
        _ facts: WABAFacts, numbers: [PhoneNumberFacts], for partner: PartnerID, at: Timestamp
    ) throws {
        guard let waba = try applier.owned(facts.id), waba.partnerID == partner else { return }
        if let status = facts.reviewStatus {
            _ = try applier.review(waba, status, at: at, isHearsay: true)
        }
        for number in numbers { try observe(number, on: waba, at: at) }
    }

    /// Meta answered, at `at`, that it does not show the WABA: a removal that no webhook told. Returns whether it is
    /// news.
    package func observeGone(_ waba: WABA, at: Timestamp) throws -> Bool { try applier.left(waba, at: at) == .applied }

    private func observe(_ facts: PhoneNumberFacts, on waba: WABA, at: Timestamp) throws {
        let known = try tx.phoneNumbers.find(facts.id, of: waba.partnerID)
        try tx.phoneNumbers.upsert(facts, waba: waba.id, partner: waba.partnerID)
        guard let known, known.wabaID == waba.id else { return }
        try observeName(facts, known.facts, on: waba, at: at)
        try observeQuality(facts, known.facts, on: waba, at: at)
    }

    private func observeName(
        _ facts: PhoneNumberFacts, _ known: PhoneNumberFacts, on waba: WABA, at: Timestamp
    ) throws {
        guard let status = facts.nameStatus, let before = known.nameStatus else { return }
        let decision = Self.decision(ofNameStatus: status)
        guard decision != Self.decision(ofNameStatus: before) else { return }
        guard try tx.phoneNumbers.setName(status, verifiedName: facts.verifiedName, at: at, of: facts.id) else {
            return
        }
        try applier.publish(
            .phoneNumberNameUpdated, about: waba, number: facts.id,
            data: [
                "phone_number": .text(facts.e164 ?? known.e164), "decision": .string(decision),
                "requested_verified_name": .text(facts.verifiedName), "rejection_reason": .null,
            ], key: "name:\(facts.id):\(decision):\(at.milliseconds)")
    }

    private func observeQuality(
        _ facts: PhoneNumberFacts, _ known: PhoneNumberFacts, on waba: WABA, at: Timestamp
    ) throws {
        guard let rating = facts.qualityRating, let before = known.qualityRating, rating != before else { return }
        guard try tx.phoneNumbers.setQuality(rating, at: at, of: facts.id) else { return }
        try applier.publish(
            .phoneNumberQualityUpdated, about: waba, number: facts.id,
            data: [
                "phone_number": .text(facts.e164 ?? known.e164), "event": .null, "messaging_limit": .null,
                "quality_rating": .string(rating),
            ], key: "quality:\(facts.id):\(rating):\(at.milliseconds)")
    }

    /// A read and a webhook name one decision differently. Source: Meta, `name_status`, phone_number_name_update.
    static func decision(ofNameStatus status: String) -> String {
        switch status {
        case "DECLINED": "REJECTED"
        case "PENDING_REVIEW": "PENDING"
        case "AVAILABLE_WITHOUT_REVIEW": "APPROVED"
        default: status
        }
    }
}

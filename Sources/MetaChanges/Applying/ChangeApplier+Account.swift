// SPDX-License-Identifier: Apache-2.0
import Domain
import Store

extension ChangeApplier {
    /// `isHearsay`: read at Meta, not told by it: what was known when the WABA was found is no news then.
    func review(_ waba: WABA, _ decision: String, at: Timestamp, isHearsay: Bool) throws -> ChangeResult {
        let isNews =
            isHearsay
            ? try tx.wabas.setReview(decision, at: at, of: waba.id)
            : try tx.wabas.noteReview(decision, at: at, of: waba.id)
        guard isNews else { return .stale }
        var data: [String: JSONValue] = ["decision": .string(decision)]
        let isRejected = decision == "REJECTED"
        if isRejected {
            let remedy = FailureReason.reviewRejected.remedy
            data["actor"] = .string(remedy.actor.rawValue)
            data["remedy"] = .string(remedy.text)
        }
        try publish(
            .wabaReviewUpdated, about: waba, data: data, key: "review:\(waba.id):\(decision):\(at.milliseconds)")
        if isRejected { try interrupt(runsOf: waba.id, .reviewRejected) }
        return .applied
    }

    func deleted(_ waba: WABA, _ unit: ChangeUnit) throws -> ChangeResult {
        guard let state = AccountWord.deleted.state(after: waba.state, hasOpenRun: false),
            try tx.wabas.noteState(state, restriction: nil, at: unit.at, of: waba.id)
        else { return .stale }
        try publish(.wabaDeleted, about: waba, data: [:], key: unit.eventKey)
        try interrupt(runsOf: waba.id, .accountDeleted)
        return .applied
    }

    func disabled(_ waba: WABA, _ ban: MetaChangeKind.Ban, _ unit: ChangeUnit) throws -> ChangeResult {
        let word: AccountWord =
            switch ban.state {
            case "REINSTATE": .reinstated
            case "SCHEDULE_FOR_DISABLE": .warned
            default: .restricted
            }
        let note = [ban.state, ban.date].compactMap(\.self).joined(separator: ", ")
        let data: [String: JSONValue] = [
            "event": "DISABLED_UPDATE", "ban_state": .string(ban.state), "ban_date": .text(ban.date),
        ]
        let result = try restrict(waba, word, note: word == .reinstated ? nil : note, data, unit)
        if result == .applied, word == .restricted { try interrupt(runsOf: waba.id, .accountRestricted) }
        return result
    }

    func violated(_ waba: WABA, _ violation: MetaChangeKind.Violation, _ unit: ChangeUnit) throws -> ChangeResult {
        let data: [String: JSONValue] = [
            "event": "ACCOUNT_VIOLATION", "violation_type": .string(violation.type),
            "remediation": .text(violation.remediation),
        ]
        return try restrict(waba, .restricted, note: violation.type, data, unit)
    }

    func restricted(
        _ waba: WABA, _ restrictions: [MetaChangeKind.Restriction], _ unit: ChangeUnit
    ) throws -> ChangeResult {
        let note = restrictions.map { restriction in
            restriction.type + (restriction.expiresAt.map { " until \($0)" } ?? "")
        }
        let list = restrictions.map { restriction in
            JSONValue.object([
                "type": .string(restriction.type), "expires_at": .text(restriction.expiresAt?.description),
                "remediation": .text(restriction.remediation),
            ])
        }
        let data: [String: JSONValue] = ["event": "ACCOUNT_RESTRICTION", "restrictions": .array(list)]
        return try restrict(waba, .restricted, note: note.joined(separator: ", "), data, unit)
    }

    private func restrict(
        _ waba: WABA, _ word: AccountWord, note: String?, _ data: [String: JSONValue], _ unit: ChangeUnit
    ) throws -> ChangeResult {
        let hasOpenRun = try tx.onboardings.openRun(of: waba.id, except: nil) != nil
        guard let state = word.state(after: waba.state, hasOpenRun: hasOpenRun),
            try tx.wabas.noteState(state, restriction: note, at: unit.at, of: waba.id)
        else { return .stale }
        var data = data
        data["state"] = .string(state.rawValue)
        try publish(.wabaRestricted, about: waba, data: data, key: unit.eventKey)
        return .applied
    }

    func template(_ waba: WABA, _ status: MetaChangeKind.TemplateStatus, _ unit: ChangeUnit) throws -> ChangeResult {
        try publish(
            .templateStatusUpdated, about: waba,
            data: [
                "template_id": .text(status.templateID), "name": .text(status.name),
                "language": .text(status.language), "category": .text(status.category),
                "status": .string(status.event), "reason": .text(status.reason),
            ], key: unit.eventKey)
        return .applied
    }
}

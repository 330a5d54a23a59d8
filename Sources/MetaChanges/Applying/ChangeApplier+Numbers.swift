// SPDX-License-Identifier: Apache-2.0
import Domain
import Store

extension ChangeApplier {
    func name(_ waba: WABA, _ update: MetaChangeKind.NameUpdate, _ unit: ChangeUnit) throws -> ChangeResult {
        let number = try number(update.displayNumber, on: waba)
        let isApproved = update.decision == "APPROVED"
        if let number {
            let isNews = try tx.phoneNumbers.setName(
                update.decision, verifiedName: isApproved ? update.requestedName : nil, at: unit.at, of: number.id)
            guard isNews else { return .stale }
        }
        try publish(
            .phoneNumberNameUpdated, about: waba, number: number?.id,
            data: [
                "phone_number": .string(PhoneNumberFacts.e164(update.displayNumber)),
                "decision": .string(update.decision), "requested_verified_name": .text(update.requestedName),
                "rejection_reason": .text(update.rejectionReason),
            ], key: unit.eventKey)
        return .applied
    }

    func quality(_ waba: WABA, _ update: MetaChangeKind.QualityUpdate, _ unit: ChangeUnit) throws -> ChangeResult {
        let number = try number(update.displayNumber, on: waba)
        let rating = Self.rating(after: update.event)
        if let number, try !tx.phoneNumbers.setQuality(rating, at: unit.at, of: number.id) { return .stale }
        try publish(
            .phoneNumberQualityUpdated, about: waba, number: number?.id,
            data: [
                "phone_number": .string(PhoneNumberFacts.e164(update.displayNumber)), "event": .string(update.event),
                "messaging_limit": .text(update.messagingLimit), "quality_rating": .text(rating),
            ], key: unit.eventKey)
        return .applied
    }

    /// What the event says of `quality_rating`; nil where it speaks of limits. `UNFLAGGED` says better, not how much.
    static func rating(after event: String) -> String? {
        switch event {
        case "FLAGGED": "RED"
        case "UNFLAGGED": "UNKNOWN"
        default: nil
        }
    }

    private func number(_ digits: String, on waba: WABA) throws -> PhoneNumber? {
        try tx.phoneNumbers.find(number: PhoneNumberFacts.e164(digits), waba: waba.id)
    }
}

extension ChangeApplier {
    /// That it came, not what it says: contents are not ours to keep.
    func publish(_ message: ReceivedMessage, on number: PhoneNumberID?, _ unit: ChangeUnit) throws -> ChangeResult {
        try once(unit) { waba in
            try tests.note(message, on: number, at: unit.at, in: tx)
            try publish(
                .messageReceived, about: waba, number: number,
                data: [
                    "id": .string(message.id), "from": .text(message.from), "type": .string(message.type),
                    "timestamp": .text(message.sentAt?.description),
                ], key: unit.eventKey)
            return .applied
        }
    }

    func publish(_ status: MessageStatus, on number: PhoneNumberID?, _ unit: ChangeUnit) throws -> ChangeResult {
        try once(unit) { waba in
            try tests.note(status, on: number, in: tx)
            var data: [String: JSONValue] = [
                "id": .string(status.id), "recipient": .text(status.recipient), "status": .string(status.status),
                "timestamp": .text(status.at?.description),
            ]
            if status.errorCode != nil {
                data["error"] = .object(["code": .text(status.errorCode), "title": .text(status.errorTitle)])
            }
            try publish(.messageStatus, about: waba, number: number, data: data, key: unit.eventKey)
            return .applied
        }
    }
}

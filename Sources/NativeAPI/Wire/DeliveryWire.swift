// SPDX-License-Identifier: Apache-2.0
import Domain

extension Delivery {
    var wire: JSONValue { .object(members) }

    func wire(attempts: [DeliveryAttempt]) -> JSONValue {
        var members = members
        members["attempts"] = .array(attempts.map(\.wire))
        return .object(members)
    }

    private var members: [String: JSONValue] {
        [
            "id": .id(id),
            "partner_id": .id(partnerID),
            "event_id": .id(eventID),
            "endpoint_id": .id(endpointID),
            "state": .name(state),
            "attempt": .number(attempt),
            "due_at": .time(dueAt),
            "last_status": .number(lastStatus),
            "last_error": .text(lastError),
            "created_at": .time(createdAt),
            "finished_at": .time(finishedAt),
        ]
    }
}

extension DeliveryAttempt {
    fileprivate var wire: JSONValue {
        [
            "attempt": .number(attempt),
            "manual": .bool(isManual),
            "started_at": .time(startedAt),
            "finished_at": .time(finishedAt),
            "status": .number(status),
            "error": .text(error),
            "address": .text(address),
            "response": .text(response),
        ]
    }
}

extension Activity {
    var wire: JSONValue {
        [
            "id": .id(id),
            "partner_id": .id(partnerID),
            "actor": .string(actor),
            "action": .string(action),
            "target": .string(target),
            "detail": .text(detail),
            "at": .time(at),
        ]
    }
}

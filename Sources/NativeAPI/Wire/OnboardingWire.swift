// SPDX-License-Identifier: Apache-2.0
import Domain
import Services

extension Onboarding {
    /// Never the code, the PIN or a token.
    var wire: JSONValue { .object(members) }

    private var members: [String: JSONValue] {
        var members: [String: JSONValue] = [
            "id": .id(id),
            "partner_id": .id(partnerID),
            "parent_id": .id(parentID),
            "state": .name(state),
            "plan": .name(plan),
            "customer_id": .id(customerID),
            "app_id": .id(appID),
            "waba_id": .id(wabaID),
            "phone_number_id": .id(phoneNumberID),
            "phone_number": .text(phoneNumber),
            "business_id": .id(businessID),
            "solution_id": .id(solutionID),
            "currency": .name(currency),
            "region": .text(region),
            "options": options,
            "steps": .array(steps.map(\.wire)),
            "created_at": .time(createdAt),
            "updated_at": .time(updatedAt),
            "finished_at": .time(finishedAt),
        ]
        if let reason { members["reason"] = .name(reason) }
        if let remedy { members["remedy"] = remedy.wire }
        if let detail { members["detail"] = .string(detail) }
        if state == .live { members["actions"] = .array(openActions.map(\.wire)) }
        return members
    }

    private var options: JSONValue {
        [
            "enable_template_analytics": .bool(input.options.enablesTemplateAnalytics),
            "subscribe_app": .bool(input.options.subscribesApp),
            "callback_uri": .text(input.callbackURI),
            "verify_messaging": input.messagingCheck?.wire ?? .null,
        ]
    }

    func wire(attempts: [StepAttempt]) -> JSONValue {
        let kinds = Dictionary(steps.map { ($0.seq, $0.kind) }, uniquingKeysWith: { first, _ in first })
        var members = members
        members["timeline"] = .array(attempts.map { $0.wire(kind: kinds[$0.seq]) })
        return .object(members)
    }
}

extension MessagingCheck {
    fileprivate var wire: JSONValue { ["method": .name(method), "recipient": .string(recipient)] }
}

extension StepRecord {
    fileprivate var wire: JSONValue {
        var members: [String: JSONValue] = [
            "kind": .name(kind),
            "state": .name(state),
            "attempt": .number(attempt),
            "started_at": .time(startedAt),
            "finished_at": .time(finishedAt),
        ]
        if let dueAt { members["due_at"] = .time(dueAt) }
        if let reason {
            members["reason"] = .name(reason)
            members["remedy"] = reason.remedy.wire
        }
        if let detail { members["detail"] = .string(detail) }
        if !facts.isEmpty { members["facts"] = .object(facts.mapValues { .string($0) }) }
        return .object(members)
    }
}

extension Remedy {
    var wire: JSONValue { ["actor": .name(actor), "text": .string(text)] }
}

extension StepAttempt {
    fileprivate func wire(kind: StepKind?) -> JSONValue {
        [
            "kind": .name(kind),
            "attempt": .number(attempt),
            "outcome": .string(outcome),
            "graph_code": .number(graphCode),
            "detail": .text(detail),
            "started_at": .time(startedAt),
            "finished_at": .time(finishedAt),
        ]
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import Services

extension OnboardingPreview {
    var wire: JSONValue {
        [
            "dry_run": .bool(true),
            "plan": .name(plan),
            "partner_id": .id(partnerID),
            "customer_id": .id(customerID),
            "app_id": .id(appID),
            "currency": .name(currency),
            "request_calls": .array(requestCalls.map(\.wire)),
            "steps": .array(steps.map(\.wire)),
            "warnings": .array(warnings.map(\.wire)),
        ]
    }
}

extension PlanWarning {
    fileprivate var wire: JSONValue {
        ["kind": .name(kind), "allowed_at": .time(allowedAt), "remedy": remedy.wire]
    }
}

extension OnboardingPreview.Step {
    fileprivate var wire: JSONValue {
        [
            "kind": .name(kind),
            "calls": .array(calls.map(\.wire)),
            "missing": .array(missing.map { ["reason": .name($0), "remedy": $0.remedy.wire] }),
        ]
    }
}

extension OnboardingPreview.Call {
    fileprivate var wire: JSONValue {
        [
            "operation": .string(operation), "method": .string(method), "path": .string("/" + path),
            "token": .string(token), "changes": .bool(isChange),
        ]
    }
}

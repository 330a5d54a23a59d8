// SPDX-License-Identifier: Apache-2.0

/// The control surface of a running sandbox.
package struct SandboxCaller: Sendable {
    private let caller: Caller

    package init(url: String) { caller = Caller(baseURL: url) }

    package func signUp(_ body: String = "{}") async throws -> SignupAnswer {
        try await caller.post("/_sandbox/signups", body)
    }

    /// A person writes to a number.
    package func write(to phoneNumberID: String, _ text: String) async throws {
        let _: AnyAnswer = try await caller.post(
            "/_sandbox/inbound", #"{"phone_number_id": "\#(phoneNumberID)", "from": "16505551234", "text": "\#(text)"}"#
        )
    }

    package func addFault(_ body: String) async throws {
        let _: AnyAnswer = try await caller.post("/_sandbox/faults", body)
    }

    /// A scenario, by its name or written down.
    package func begin(_ scenario: String) async throws {
        let _: AnyAnswer = try await caller.post("/_sandbox/scenarios", scenario)
    }

    package func end(_ scenario: String) async throws {
        let _: AnyAnswer = try await caller.delete("/_sandbox/scenarios/\(scenario)")
    }

    package func scenarios() async throws -> [ListedScenario] {
        let list: ListAnswer<ListedScenario> = try await caller.get("/_sandbox/scenarios")
        return list.data
    }

    /// Something happens at Meta: the body of `POST /_sandbox/webhooks`.
    package func emit(_ body: String) async throws {
        let _: AnyAnswer = try await caller.post("/_sandbox/webhooks", body)
    }

    /// Many customers at once.
    package func seed(_ body: String) async throws {
        let _: AnyAnswer = try await caller.post("/_sandbox/seed", body)
    }

    /// The sandbox's time moves on.
    package func advance(seconds: Int) async throws {
        let _: AnyAnswer = try await caller.post("/_sandbox/clock", #"{"advance_seconds": \#(seconds)}"#)
    }

    package func clearCalls() async throws { let _: AnyAnswer = try await caller.delete("/_sandbox/calls") }

    package func clearFaults() async throws { let _: AnyAnswer = try await caller.delete("/_sandbox/faults") }

    package func calls() async throws -> [LoggedCall] {
        let list: ListAnswer<LoggedCall> = try await caller.get("/_sandbox/calls")
        return list.data
    }

    /// Forgets faults, calls and everybody who signed up.
    package func reset() async throws { let _: AnyAnswer = try await caller.post("/_sandbox/reset", "{}") }
}

package struct ListedScenario: Decodable, Sendable {
    package let name: String
    package let active: Bool
}

package struct SignupAnswer: Decodable, Sendable {
    package let code: String?
    package let waba_id: String
    package let phone_number_id: String
    package let phone_number: String
    package let business_id: String

    /// E.164.
    package var number: String { "+" + phone_number.filter(\.isNumber) }

    private enum CodingKeys: String, CodingKey { case code, waba_id, phone_number_id, phone_number, business_id }

    /// Who signed up without a number has empty texts in its place.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        code = try values.decodeIfPresent(String.self, forKey: .code)
        waba_id = try values.decode(String.self, forKey: .waba_id)
        phone_number_id = try values.decodeIfPresent(String.self, forKey: .phone_number_id) ?? ""
        phone_number = try values.decodeIfPresent(String.self, forKey: .phone_number) ?? ""
        business_id = try values.decode(String.self, forKey: .business_id)
    }
}

/// A call as the sandbox logged it.
package struct LoggedCall: Decodable, Sendable {
    package let operation: String
    package let method: String
    package let path: String
    package let ids: [String]
    package let status: Int?
    package let effect: String?
    /// Of an answer that is an error.
    package let error_code: Int?
    package let fault: Int?
    /// Of a registration: equal for equal PINs.
    package let pin_digest: String?
}

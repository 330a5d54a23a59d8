// SPDX-License-Identifier: Apache-2.0

/// What the simulator answers when its customer finishes Embedded Signup.
package struct SandboxSignup: Decodable, Sendable {
    /// Nil in flows that have none.
    package let code: String?
    package let wabaID: String
    /// As Meta displays it.
    package let phoneNumber: String?
    package let businessID: String

    enum CodingKeys: String, CodingKey {
        case code
        case wabaID = "waba_id"
        case phoneNumber = "phone_number"
        case businessID = "business_id"
    }

    /// The same as `+` and digits.
    package var e164: String? { phoneNumber.map { "+" + $0.filter(\.isNumber) } }

    /// Plays the customer. `flow` is a plan's name.
    package static func make(at graphURL: String, flow: String) async throws -> SandboxSignup {
        try await make(at: graphURL, body: #"{"flow": "\#(flow)"}"#)
    }

    /// `body` is the JSON of `POST /_sandbox/signups`.
    package static func make(at graphURL: String, body: String) async throws -> SandboxSignup {
        try await DemoCaller(baseURL: graphURL, key: nil).post("/_sandbox/signups", body)
    }
}

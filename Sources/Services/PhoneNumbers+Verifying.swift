// SPDX-License-Identifier: Apache-2.0
package import Domain
import GraphClient
import Store

extension PhoneNumbers {
    /// How Meta brings a code to the number. Shown: never rename.
    package enum CodeMethod: String, Sendable, CaseIterable {
        case sms = "SMS"
        case voice = "VOICE"

        var graph: RequestVerificationCode.Method {
            switch self {
            case .sms: .sms
            case .voice: .voice
            }
        }
    }

    package enum CodeRequest: Sendable, Hashable {
        case sent
        /// No code is needed. Source: Meta, error 136024.
        case alreadyVerified
    }

    /// Lets Meta send or speak a code to the number, at most 10 times in 72 hours: the call beyond is held back
    /// (`numberRefused(.tooManyCodeRequests)`, with the date). `language` as Meta spells it: `en_US`.
    package func requestCode(
        _ id: PhoneNumberID, method: CodeMethod, language: String, by principal: Principal
    ) async throws -> CodeRequest {
        let number = try await find(id, for: principal)
        let access = try await access(to: number, for: principal)
        let attempt = try await store.write { tx in
            if let refusal = try tx.phoneNumbers.budget(.codeRequest, of: id).refusal {
                throw ServiceError.numberRefused(refusal)
            }
            return try tx.phoneNumbers.recordCodeRequest(of: id)
        }
        do throws(GraphError) {
            _ = try await access.graph.send(
                RequestVerificationCode(id, codeMethod: method.graph, language: language, token: access.token))
        } catch {
            if GraphErrorTable.neverCounted(error) {
                try await store.write { try $0.phoneNumbers.withdrawCodeRequest(attempt, of: id) }
            }
            guard NumberRefusal(error, at: store.clock.now())?.reason == .alreadyVerified else {
                throw translated(error)
            }
            try await noteVerified(id, access)
            return .alreadyVerified
        }
        try await store.write { try record("phone_number.code_requested", nil, of: id, access, in: $0) }
        return .sent
    }

    /// Throws `numberRefused(.wrongCode)` among others. After a lost answer the number is read: it is verified or it is not.
    package func verifyCode(_ id: PhoneNumberID, code: OtherSecret, by principal: Principal) async throws -> PhoneNumber
    {
        let number = try await find(id, for: principal)
        let access = try await access(to: number, for: principal)
        do throws(GraphError) {
            _ = try await access.graph.send(VerifyCode(id, code: code, token: access.token))
        } catch {
            let facts = error.mayHaveHappened ? try? await access.read(id) : nil
            guard facts?.codeVerificationStatus == "VERIFIED" else { throw translated(error) }
        }
        try await noteVerified(id, access)
        return try await find(id, for: principal)
    }

    private func noteVerified(_ id: PhoneNumberID, _ access: NumberAccess) async throws {
        try await store.write { tx in
            let known = try tx.phoneNumbers.find(id, of: access.waba.partnerID)
            guard known?.facts.codeVerificationStatus != "VERIFIED" else { return }
            try tx.phoneNumbers.setVerified(id)
            try record(
                "phone_number.verified", .phoneNumberVerified, of: id, access,
                data: ["registration_due_at": .string((tx.now + PhoneNumber.registrationPeriod).description)], in: tx)
        }
    }
}

extension GraphErrorTable {
    /// Whether a call cannot have counted against a number's budget: it never left, or met a limit before it was looked at.
    static func neverCounted(_ error: GraphError) -> Bool {
        error.reach == .notSent || limitScope(code: error.code) != nil
    }
}

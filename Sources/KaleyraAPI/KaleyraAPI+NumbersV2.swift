// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

// Source: Kaleyra, "Add Phone Number", "Verify Phone Number", "Retry OTP for Phone Number", "Get Phone Number Details",
// "Update Phone Number Details", "Fetch Phone Number Details API" (V2).
extension KaleyraAPI {
    @Sendable func addNumber(_ request: Request, _ context: GangwayContext) async throws -> Response {
        let caller = try await session(request, context)
        let asked = try await numberFields(request, context, .v2)
        let (addition, method) = (try asked.addition(), try asked.codeMethod())
        let change = try asked.change()
        let waba = try await waba(context, caller)
        return try await answer(.v2, "Phone number added successfully.") {
            try await caller.services.accountNumbers.add(
                addition, change, codeBy: method, to: waba, for: caller.session)
        }
    }

    @Sendable func verifyNumber(_ request: Request, _ context: GangwayContext) async throws -> Response {
        let caller = try await session(request, context)
        let asked = try await numberFields(request, context, .v2)
        let code = try asked.otp()
        let number = try await named(asked, context, caller)
        return try await answer(.v2, "Phone number verified successfully.") {
            try await caller.services.accountNumbers.verify(number, code: code, for: caller.session)
        }
    }

    @Sendable func retryOTP(_ request: Request, _ context: GangwayContext) async throws -> Response {
        let caller = try await session(request, context)
        let asked = try await numberFields(request, context, .v2)
        let method = try asked.codeMethod()
        let number = try await named(asked, context, caller)
        return try await answer(.v2, "OTP sent successfully.") {
            try await caller.services.accountNumbers.requestCode(number, method, for: caller.session)
            return try await caller.services.accountNumbers.shown(number)
        }
    }

    @Sendable func listNumbers(_ request: Request, _ context: GangwayContext) async throws -> Response {
        let caller = try await session(request, context)
        let waba = try await waba(context, caller)
        let numbers = try await caller.services.phoneNumbers.atMeta(waba: waba.id, for: caller.principal)
        var shown: [NumberAnswer] = []
        for number in numbers {
            let url = try await caller.services.accountNumbers.incomingURL(of: number.facts, partner: waba.partnerID)
            shown.append(NumberAnswer(number.facts, waba: waba.id, incomingURL: url))
        }
        return try JSONAnswer.response(
            SuccessBody(
                code: KaleyraOperation.v2.successCode, message: "Phone number details fetched successfully.",
                data: shown))
    }

    /// The body is not documented: the number by `id` or `phone_number`, and V1's editable fields.
    @Sendable func updateNumber(_ request: Request, _ context: GangwayContext) async throws -> Response {
        let caller = try await session(request, context)
        let asked = try await numberFields(request, context, .v2)
        let change = try asked.change()
        guard !change.isEmpty else { throw KaleyraError.missing("incoming_url") }
        let number = try await named(asked, context, caller)
        return try await answer(.v2, "Phone number details updated successfully.") {
            try await caller.services.accountNumbers.update(number, change, for: caller.session)
        }
    }

    @Sendable func detailsV2(_ request: Request, _ context: GangwayContext) async throws -> Response {
        try await details(.v2, request, context)
    }

    private func waba(_ context: GangwayContext, _ caller: KaleyraSession) async throws -> WABA {
        guard let id = context.parameters.get(Routes.idParameter).flatMap({ WABAID(validating: $0) }) else {
            throw ServiceError.wabaNotFound
        }
        return try await caller.services.accountNumbers.waba(id, for: caller.session)
    }

    /// The number that `id` names on the path's WABA; a `phone_number` beside it must be its own.
    private func named(
        _ asked: NumberFields, _ context: GangwayContext, _ caller: KaleyraSession
    ) async throws -> PhoneNumber {
        let waba = try await waba(context, caller)
        let printed = asked.fields.has("phone_number") ? try asked.number("phone_number") : nil
        let number: PhoneNumber
        if !asked.fields.has("id"), let printed {
            number = try await caller.services.accountNumbers.find(number: printed, for: caller.session)
        } else {
            number = try await caller.services.accountNumbers.find(
                try asked.id(), on: waba.id, for: caller.session)
        }
        guard number.wabaID == waba.id, printed == nil || number.facts.e164 == printed else {
            throw ServiceError.phoneNumberNotFound
        }
        return number
    }
}

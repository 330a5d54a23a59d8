// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import Services

// Source: Kaleyra, "Add a WhatsApp Number", "Update a WhatsApp Number Details" (V1).
extension KaleyraAPI {
    @Sendable func addNumberV1(_ request: Request, _ context: GangwayContext) async throws -> Response {
        let caller = try await session(request, context)
        let asked = try await numberFields(request, context, .v1)
        let (addition, change) = (try asked.additionV1(), try asked.change())
        return try await answer(.v1, "WhatsApp number added successfully.") {
            let waba = try await caller.services.accountNumbers.channel(for: caller.session)
            return try await caller.services.accountNumbers.add(
                addition, change, codeBy: .sms, to: waba, for: caller.session)
        }
    }

    @Sendable func updateNumberV1(_ request: Request, _ context: GangwayContext) async throws -> Response {
        let caller = try await session(request, context)
        let asked = try await numberFields(request, context, .v1)
        let (number, change) = (try asked.number("wa_number"), try asked.change())
        // Source: "You can address at least one editable field".
        guard !change.isEmpty else { throw KaleyraError.missing("incoming_url") }
        return try await answer(.v1, "WhatsApp number updated successfully.") {
            let found = try await caller.services.accountNumbers.find(number: number, for: caller.session)
            return try await caller.services.accountNumbers.update(found, change, for: caller.session)
        }
    }

    @Sendable func detailsV1(_ request: Request, _ context: GangwayContext) async throws -> Response {
        try await details(.v1, request, context)
    }

    // MARK: Shared

    /// Source: Kaleyra, "Fetch Phone Number Details API": the path names the number by its digits.
    func details(
        _ operation: KaleyraOperation, _ request: Request, _ context: GangwayContext
    ) async throws -> Response {
        let caller = try await session(request, context)
        let digits = context.parameters.get(Routes.idParameter) ?? ""
        let number = try await caller.services.accountNumbers.find(
            number: PhoneNumberFacts.e164(digits), for: caller.session)
        let details = try await caller.services.phoneNumbers.details(number.id, for: caller.principal)
        return try JSONAnswer.response(
            SuccessBody(
                code: operation.successCode, message: "Phone number details fetched successfully.",
                data: [NumberDetailsAnswer(details)]))
    }

    func numberFields(
        _ request: Request, _ context: GangwayContext, _ operation: KaleyraOperation
    ) async throws -> NumberFields {
        if request.headers[.contentType]?.lowercased().hasPrefix("multipart/") == true {
            let texts = try await request.readForm(
                file: "display_image", upTo: context.maxUploadSize, within: .seconds(30)
            ) { _ in
                // Told like the JSON member of this name.
                throw KaleyraError.field("display_image", "The display_image is not supported.")
            }
            return NumberFields(fields: KaleyraFields(texts: texts), operation: operation)
        }
        let body = try await request.readBody(upTo: context.maxUploadSize)
        return NumberFields(fields: try KaleyraFields(json: body), operation: operation)
    }

    func answer(
        _ operation: KaleyraOperation, _ message: String,
        _ body: @escaping @Sendable () async throws -> AccountNumbers.Shown
    ) async throws -> Response {
        let shown = try await uninterrupted(body)
        return try JSONAnswer.response(
            SuccessBody(code: operation.successCode, message: message, data: [NumberAnswer(shown)]))
    }
}

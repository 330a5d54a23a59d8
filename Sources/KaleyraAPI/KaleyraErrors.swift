// SPDX-License-Identifier: Apache-2.0
import HTTPSupport
import HTTPTypes
import Hummingbird
import Logging
import Services

/// Puts whatever was thrown inside into Kaleyra's words.
struct KaleyraErrors: RouterMiddleware {
    let operation: KaleyraOperation

    func handle(
        _ request: Request, context: GangwayContext, next: (Request, GangwayContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return try translated(error, context).response(operation)
        }
    }

    private func translated(_ error: any Error, _ context: GangwayContext) -> KaleyraError {
        switch error {
        case let error as KaleyraError: return error
        case let error as ServiceError: return KaleyraError(error)
        case let fault as RequestFault: return KaleyraError(fault)
        case let fault as CertificateDraft.Fault: return KaleyraError(fault)
        case let fault as MultipartFault: return KaleyraError(fault)
        case let error as any HTTPResponseError where error.status.code < 500: return .notFound
        default:
            context.logger.error("unexpected error", metadata: ["error": .string(String(describing: error))])
            return .serverError
        }
    }
}

extension KaleyraError {
    func response(_ operation: KaleyraOperation) throws -> Response {
        let inner = code ?? operation.validationCode
        let outer = isOwn ? nil : operation.failure
        return try JSONAnswer.response(
            FailureBody(
                code: outer?.code ?? inner, message: outer?.message ?? message,
                error: FailureBody.Inner(code: inner, message: message, shape: shape)),
            status: HTTPResponse.Status(code: status))
    }

    /// Wrong credentials are no failure of the operation. Source: `RBC001` stands alone in the documents.
    private var isOwn: Bool { status == 401 }
}

/// `{"code", "message", "data": [], "error": {…}}`. Source: Kaleyra, "WhatsApp Registration", "Failure Response".
private struct FailureBody: Encodable {
    struct Inner: Encodable {
        let code: String
        let message: String
        let shape: KaleyraError.Shape

        enum CodingKeys: String, CodingKey {
            case code
            case type
            case parameter
            case message
            case reference
            case data
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(code, forKey: .code)
            try container.encode(message, forKey: .message)
            switch shape {
            case .validation(let parameter):
                try container.encode("VALIDATION_ERROR", forKey: .type)
                try container.encode(parameter, forKey: .parameter)
                try container.encode("", forKey: .reference)
            case .state: try container.encode([String](), forKey: .data)
            }
        }
    }

    let code: String
    let message: String
    let data: [String] = []
    let error: Inner

    enum CodingKeys: String, CodingKey {
        case code
        case message
        case data
        case error
    }
}

/// `{"code", "message", "data": [{…}], "error": {}}`.
struct SuccessBody<Value: Encodable>: Encodable {
    struct Nothing: Encodable {}

    let code: String
    let message: String
    let data: [Value]
    let error = Nothing()

    enum CodingKeys: String, CodingKey {
        case code
        case message
        case data
        case error
    }
}

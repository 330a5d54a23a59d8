// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import Logging
import Services

/// Puts whatever was thrown inside into Splashify's words.
struct SplashifyErrors: RouterMiddleware {
    func handle(
        _ request: Request, context: GangwayContext, next: (Request, GangwayContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return try answer(error, context)
        }
    }

    private func answer(_ error: any Error, _ context: GangwayContext) throws -> Response {
        switch error {
        case let error as SplashifyError: return try error.response()
        case let error as ServiceError: return try SplashifyError(error).response()
        case let fault as RequestFault: return try SplashifyError(fault).response()
        case let error as any HTTPResponseError:
            let status = Int(error.status.code)
            return try SplashifyError(status, error.status.reasonPhrase.lowercased()).response()
        default:
            context.logger.error("unexpected error", metadata: ["error": .string(String(describing: error))])
            return try SplashifyError.databaseError.response()
        }
    }
}

extension SplashifyError {
    func response() throws -> Response {
        if let body = platform?.envelope.flatMap(spliced(into:)) {
            return JSONAnswer.response(body, status: HTTPResponse.Status(code: status))
        }
        return try JSONAnswer.response(
            ErrorBody(message: message, field: field, error: platform.map(ErrorBody.Platform.init)),
            status: HTTPResponse.Status(code: status))
    }

    /// Meta's body as it came, with `success` and `message` before its own members; nil when it is no object.
    private func spliced(into envelope: String) -> String? {
        let body = envelope.drop { $0.isWhitespace }
        guard body.hasPrefix("{\"") else { return nil }
        return #"{"success":false,"message":\#(JSONValue.string(message).text),"# + body.dropFirst()
    }
}

/// `message` as everywhere in Splashify. A refusal of the platform adds `error` in Meta's own form, since the documents let
/// its 4xx "pass through" and do not show the body: clients of either form find what they look for.
private struct ErrorBody: Encodable {
    struct Platform: Encodable {
        struct Details: Encodable {
            let details: String
        }

        let message: String
        let code: Int?
        let subcode: Int?
        let data: Details?
        let traceID: String?

        enum CodingKeys: String, CodingKey {
            case message
            case code
            case subcode = "error_subcode"
            case data = "error_data"
            case traceID = "fbtrace_id"
        }

        init(_ error: GraphError) {
            message = error.message
            code = error.code
            subcode = error.subcode
            data = error.details.map { Details(details: $0) }
            traceID = error.traceID
        }
    }

    let success = false
    let message: String
    let field: String?
    let error: Platform?

    enum CodingKeys: String, CodingKey {
        case success
        case message
        case field
        case error
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import Logging
import Services

/// Puts whatever was thrown inside into Sinch's words.
struct SinchErrors: RouterMiddleware {
    func handle(
        _ request: Request, context: GangwayContext, next: (Request, GangwayContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let answer = answer(error, context)
            return JSONAnswer.response(answer.json.text, status: HTTPResponse.Status(code: answer.status))
        }
    }

    private func answer(_ error: any Error, _ context: GangwayContext) -> SinchError {
        switch error {
        case let error as SinchError: return error
        case let error as ProjectError: return SinchError(error)
        case let error as ServiceError: return SinchError(error)
        case let fault as RequestFault: return SinchError(fault)
        default:
            context.logger.error("unexpected error", metadata: ["error": .string(String(describing: error))])
            return .internalError
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import HTTPSupport
import Hummingbird
import Logging
import Services

/// Outermost of this door: every error leaves it as problem details.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = GangwayContext

    func handle(
        _ request: Request, context: GangwayContext, next: (Request, GangwayContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as ServiceError {
            return try Problem(error).response(to: request, context: context)
        } catch let problem as Problem {
            return try problem.response(to: request, context: context)
        } catch let fault as RequestFault {
            return try Problem(fault).response(to: request, context: context)
        } catch let error as any HTTPResponseError {
            throw error
        } catch  where ServiceError.isStorageFailure(error) {
            context.logger.warning("storage failure", metadata: ["error": .string(String(describing: error))])
            return try Problem.storageUnavailable.response(to: request, context: context)
        } catch {
            context.logger.error("unexpected error", metadata: ["error": .string(String(describing: error))])
            return try Problem.unexpected.response(to: request, context: context)
        }
    }
}

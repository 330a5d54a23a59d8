// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
package import Hummingbird
import Logging
import Metrics
import Synchronization

/// Outermost middleware of the main port: counts and logs every request, sets the safe headers, and answers what no door
/// answered. Never logs a body, a header or a query (Meta's handshake carries a token there).
package struct RequestRecorder: RouterMiddleware {
    package typealias Context = GangwayContext

    private let quietRoutes: Set<String>
    private let counters = RequestCounters()

    /// `quietRoutes`: templates as the router prints them (`/webhooks/meta/{app_id}`), logged only when they fail with a 5xx.
    package init(quietRoutes: Set<String> = []) { self.quietRoutes = quietRoutes }

    package func handle(
        _ request: Request, context: GangwayContext, next: (Request, GangwayContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response = try await answer(request, context, next)
        response.headers[values: .xContentTypeOptions] = ["nosniff"]
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        let route = context.endpointPath ?? "unmatched"
        let status = response.status.code
        counters.count(route: route, method: request.method.rawValue, status: status)
        if status >= 500 || !quietRoutes.contains(route) {
            context.logger.log(
                level: status >= 500 ? .error : .info, "request",
                metadata: [
                    "method": .string(request.method.rawValue), "route": .string(route),
                    "status": .stringConvertible(status),
                    "duration_ms": .stringConvertible((ContinuousClock.now - start) / .milliseconds(1)),
                ])
        }
        return response
    }

    private func answer(
        _ request: Request, _ context: GangwayContext, _ next: (Request, GangwayContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as Problem {
            return try problem.response(to: request, context: context)
        } catch let error as any HTTPResponseError {
            if error.status == .notFound { return try Problem.unknownRoute.response(to: request, context: context) }
            return try error.response(from: request, context: context)
        } catch {
            context.logger.error("unexpected error", metadata: ["error": .string(String(describing: error))])
            return try Problem.unexpected.response(to: request, context: context)
        }
    }
}

/// Counters by route, method and status: a closed set, since routes are templates.
private final class RequestCounters: Sendable {
    private struct Key: Hashable {
        let route: String
        let method: String
        let status: Int
    }

    private let counters = Mutex<[Key: Counter]>([:])

    func count(route: String, method: String, status: Int) {
        let key = Key(route: route, method: Self.known.contains(method) ? method : "other", status: status)
        let counter = counters.withLock { counters in
            if let counter = counters[key] { return counter }
            let counter = Counter(
                label: "gangway_http_requests_total",
                dimensions: [("route", key.route), ("method", key.method), ("status", String(key.status))])
            counters[key] = counter
            return counter
        }
        counter.increment()
    }

    private static let known: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
}

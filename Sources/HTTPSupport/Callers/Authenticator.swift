// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
package import Hummingbird
import Logging
import Services

/// `Authorization: Bearer …` → caller. Throws `ServiceError.unauthorized`; the door's own error middleware stands outside of
/// it and says so in the door's words.
package struct Authenticator: RouterMiddleware {
    package typealias Context = GangwayContext

    private let worlds: Worlds

    package init(worlds: Worlds) { self.worlds = worlds }

    package func handle(
        _ request: Request, context: GangwayContext, next: (Request, GangwayContext) async throws -> Response
    ) async throws -> Response {
        guard let key = request.bearerToken else { throw ServiceError.unauthorized }
        let caller = try await worlds.caller(presenting: key)
        var context = context
        context.caller = caller
        context.logger[metadataKey: "world"] = .string(caller.services.world)
        context.logger[metadataKey: "actor"] = .string(caller.principal.actor)
        return try await next(request, context)
    }
}

extension Request {
    package var bearerToken: String? { headers[.authorization].flatMap(HeaderValues.bearerToken(_:)) }
}

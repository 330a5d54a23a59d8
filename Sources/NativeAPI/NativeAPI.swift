// SPDX-License-Identifier: Apache-2.0
package import Domain
package import HTTPSupport
import HTTPTypes
package import Hummingbird

/// Gangway's own API below `/api/v1`.
package struct NativeAPI: Sendable {
    let worlds: Worlds
    let cursors: CursorCoder
    let formats: [WebhookFormatName]

    /// `formats` are those that this server can render: an endpoint in another one would never be told anything.
    package init(worlds: Worlds, cursors: CursorCoder, formats: [WebhookFormatName] = [.standard]) {
        self.worlds = worlds
        self.cursors = cursors
        self.formats = formats
    }

    /// Methods that a path does not have answer 405.
    package func addRoutes(to router: Router<GangwayContext>) {
        let door = router.group("api/v1")
            .add(middleware: ProblemMiddleware())
            .add(middleware: Authenticator(worlds: worlds))
        let routes = routes
        for route in routes {
            door.on(RouterPath(route.path), method: route.method) { request, context in
                try await route.handle(request, context: context)
            }
        }
        for (path, known) in Dictionary(grouping: routes, by: \.path) {
            let methods = Set(known.map(\.method))
            let allowed = methods.map(\.rawValue).sorted().joined(separator: ", ")
            for method in Self.methods where !methods.contains(method) {
                door.on(RouterPath(path), method: method) { _, _ -> Response in
                    throw RequestFault.methodNotAllowed(allowed: allowed)
                }
            }
        }
    }

    private static let methods: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete]
}

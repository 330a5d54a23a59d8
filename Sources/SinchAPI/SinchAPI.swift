// SPDX-License-Identifier: Apache-2.0
import Domain
package import HTTPSupport
import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
import Services

/// Sinch's Provisioning API, its WhatsApp part: a client of theirs changes its host and nothing else.
///
/// Checks come in the order 401, 404 (a removed project), 400 `project_not_initialized`, then the request itself; the
/// documents do not say. Keys of both worlds are taken.
package struct SinchAPI: Sendable {
    let worlds: Worlds
    let cursors: CursorCoder
    let tokens: AccessTokens

    package init(worlds: Worlds, cursors: CursorCoder) {
        self.worlds = worlds
        self.cursors = cursors
        tokens = AccessTokens()
    }

    package func addRoutes(to router: Router<GangwayContext>) {
        let door = router.group().add(middleware: SinchErrors())
        door.post(Routes.token, use: issueToken(_:_:))
        addAccountRoutes(to: door)
        addSenderRoutes(to: door)
        addWebhookRoutes(to: door)
        addPlatformRoutes(to: door)
        addSolutionRoutes(to: door)
        addTemplateRoutes(to: door)
    }

    typealias Handler = @Sendable (SinchCall) async throws -> Response

    /// Every path below a project lets in only who holds a key that opens it.
    func add(
        _ method: HTTPRequest.Method, _ path: RouterPath, to door: RouterGroup<GangwayContext>,
        _ handler: @escaping Handler
    ) {
        door.on(path, method: method) { request, context in
            try await handler(try await enter(request, context))
        }
    }

    private func enter(_ request: Request, _ context: GangwayContext) async throws -> SinchCall {
        // An id of a wrong shape is looked for like any other: its answer comes the same way.
        let id = context.parameters.get(Routes.projectID).flatMap { ProjectID(validating: $0) } ?? ProjectID("")
        guard let (services, opening) = try await open(id, request), let project = opening.project else {
            throw SinchError.unauthorized
        }
        guard project.removedAt == nil else { throw SinchError.projectNotFound }
        guard opening.isWhatsAppEnabled else { throw SinchError.projectNotInitialized }
        context.logger.debug("sinch", metadata: ["project": .string(project.id.rawValue)])
        return SinchCall(
            request: request, context: context, services: services.projects,
            scope: ProjectScope(project: project, principal: opening.principal), cursors: cursors)
    }

    /// Every world is asked, whichever knows the key.
    private func open(
        _ id: ProjectID?, _ request: Request
    ) async throws -> (WorldServices, Projects.Opening)? {
        guard let header = request.headers[.authorization], let credential = SinchCredential(header) else { return nil }
        var found: (WorldServices, Projects.Opening)?
        for world in worlds.all {
            let shown: Projects.Credential
            switch credential {
            case .basic(let key, let secret): shown = .secret(key, secret)
            case .bearer(let token):
                guard let key = try await tokens.verify(token, for: world.projects.projects) else { continue }
                shown = .token(key)
            }
            if let opening = try await world.projects.projects.open(id, with: shown) { found = (world, opening) }
        }
        return found
    }

    /// Who asks for an access token, by key id and secret.
    func opening(with credential: SinchCredential) async throws -> (WorldServices, Projects.Opening)? {
        guard case .basic(let key, let secret) = credential else { return nil }
        var found: (WorldServices, Projects.Opening)?
        for world in worlds.all {
            if let opening = try await world.projects.projects.open(nil, with: .secret(key, secret)) {
                found = (world, opening)
            }
        }
        return found
    }
}

/// A request that was let into a project.
struct SinchCall: Sendable {
    let request: Request
    let context: GangwayContext
    let services: ProjectServices
    let scope: ProjectScope
    let cursors: CursorCoder

    /// The body as an object; `invalid_payload` when it is none.
    func body() async throws -> BodyReader {
        let raw = try await request.readBody(upTo: context.maxUploadSize)
        return BodyReader(try JSONTree.object(from: raw))
    }

    func senderID() throws -> SenderID {
        guard let id = context.parameters.get(Routes.senderID).flatMap({ SenderID(validating: $0) }) else {
            throw ProjectError.senderNotFound
        }
        return id
    }

    func answer(_ value: JSONValue, _ status: HTTPResponse.Status = .ok) -> Response {
        JSONAnswer.response(value.text, status: status)
    }

    var noContent: Response { Response(status: .noContent) }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
package import HTTPSupport
import HTTPTypes
package import Hummingbird
import Logging
import Services

/// Meta's door: the handshake, and notifications that are verified, stored and acknowledged, and read by nobody before that.
/// Source: Meta, webhooks/create-webhook-endpoint.
package struct MetaWebhooks: Sendable {
    package struct Limits: Sendable {
        /// Of one notification. Meta sends up to 3 MB.
        package var bodyBytes = 4 * 1024 * 1024
        /// Of all notifications in memory.
        package var heldBytes = 256 * 1024 * 1024
        /// Requests that may wait for the database.
        package var waiting = 4096
        /// From the first byte of a body to its last.
        package var bodyDeadline = Duration.seconds(30)
        /// For the database. Source: reliability, section 3: refusing is better than Meta's timeout.
        package var patience = Duration.seconds(2)

        package init() {}
    }

    private let gates: AppGates
    private let desk: StorageDesk
    private let limits: Limits

    /// The door of all worlds: the app id in the path picks one.
    package init(worlds: Worlds, limits: Limits = Limits()) {
        gates = AppGates(worlds: worlds.all)
        desk = StorageDesk(waiting: limits.waiting, heldBytes: limits.heldBytes, patience: limits.patience)
        self.limits = limits
    }

    /// Wants no authentication and no body handling before it: signatures are over raw bytes.
    package func addRoutes<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get(Routes.webhook) { request, context in
            await greet(request, app: context.parameters.get(Routes.appIDParameter))
        }
        router.post(Routes.webhook) { request, context in
            try await receive(request, app: context.parameters.get(Routes.appIDParameter), logger: context.logger)
        }
    }

    // MARK: Handshake

    /// 200 with the challenge, or 403 with nothing: an unknown app looks like a wrong token.
    private func greet(_ request: Request, app: String?) async -> Response {
        let gate: AppGate?
        do {
            gate = try await gates.find(app)
        } catch {
            return .unavailable
        }
        let query = request.uri.queryParameters
        guard let gate, query["hub.mode"] == "subscribe", let token = query["hub.verify_token"],
            let challenge = query["hub.challenge"], challenge.utf8.count <= 1024, gate.isVerifyToken(String(token))
        else { return Response(status: .forbidden) }
        return .challenge(String(challenge))
    }

    // MARK: Notifications

    private func receive(_ request: Request, app: String?, logger: Logger) async throws -> Response {
        guard desk.hasRoom else { return gates.refuse(.overloaded, app: app) }
        let gate: AppGate?
        do {
            gate = try await gates.find(app)
        } catch {
            return gates.refuse(.unavailable, app: app)
        }
        guard let gate else { return gates.refuse(.unknownApp, app: app) }
        let body = RawBody(desk: desk)
        defer { body.release() }
        guard try await body.read(request, limits: limits) else { return gate.answer(body.fault ?? .tooLarge) }
        guard gate.isSigned(request.headers[.hubSignature256], body.bytes) else {
            gate.reportForgery(byteCount: body.bytes.count, to: logger)
            return gate.answer(.badSignature)
        }
        return gate.answer(await store(body.bytes, for: gate))
    }

    private func store(_ bytes: [UInt8], for gate: AppGate) async -> IntakeResult {
        let lane = LaneScanner.lane(of: bytes)
        return await desk.wait { gate.notifications.append(app: gate.app, lane: lane, body: bytes, isStored: $0) }
    }
}

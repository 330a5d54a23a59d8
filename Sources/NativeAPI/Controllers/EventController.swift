// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

/// Events and their deliveries.
struct EventController: Sendable {
    let cursors: CursorCoder

    /// Events as their webhooks show them.
    @Sendable func list(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let query = try ListQuery(request, context: context, filters: ["type", "onboarding_id"], cursors: cursors)
        let page = try await caller.services.events.list(
            type: query.text("type"), onboarding: try query.id("onboarding_id", OnboardingID.init(validating:)),
            query.page, for: caller.principal)
        let events = page.items.map(\.wireText).joined(separator: ",")
        let cursor = JSONValue.text(query.cursor(after: page.next)).text
        return JSONAnswer.response(#"{"data":[\#(events)],"next_cursor":\#(cursor)}"#)
    }

    @Sendable func find(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try context.id(EventID.init(validating:), orElse: .eventNotFound)
        return JSONAnswer.response(try await caller.services.events.find(id, for: caller.principal).wireText)
    }

    @Sendable func listDeliveries(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let query = try ListQuery(
            request, context: context, filters: ["endpoint_id", "event_id", "state"], cursors: cursors)
        let page = try await caller.services.events.deliveries(
            endpoint: try query.id("endpoint_id", EndpointID.init(validating:)),
            event: try query.id("event_id", EventID.init(validating:)),
            state: try query.value("state", as: DeliveryState.self), query.page, for: caller.principal)
        return Answer.list(page, query, \.wire)
    }

    @Sendable func findDelivery(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let found = try await caller.services.events.delivery(try deliveryID(context), for: caller.principal)
        return Answer.one(found.delivery.wire(attempts: found.attempts))
    }

    /// 202: it is due now; the `webhook-id` stays.
    @Sendable func redeliver(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try deliveryID(context)
        _ = try await request.json(EmptyBody.self, context)
        return Answer.one(try await caller.services.events.redeliver(id, by: caller.principal).wire, status: .accepted)
    }

    private func deliveryID(_ context: GangwayContext) throws -> DeliveryID {
        try context.id(DeliveryID.init(validating:), orElse: .deliveryNotFound)
    }
}

struct ActivityController: Sendable {
    let cursors: CursorCoder

    @Sendable func list(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let query = try ListQuery(request, context: context, filters: ["target"], cursors: cursors)
        let page = try await caller.services.activities.list(
            target: query.text("target"), query.page, for: caller.principal)
        return Answer.list(page, query, \.wire)
    }
}

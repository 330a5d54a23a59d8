// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

struct CustomerController: Sendable {
    let cursors: CursorCoder

    @Sendable func create(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let (body, raw) = try await request.json(CreateCustomerBody.self, context)
        let once: Once<Customer>? = try IdempotencyKey.once(request, body: raw, context: context) { customer in
            StoredAnswer(status: 201, body: customer.wire.text)
        }
        let outcome = try await caller.services.customers.create(try body.draft(), by: caller.principal, once: once)
        return Answer.outcome(outcome, status: .created, \.wire)
    }

    @Sendable func list(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let query = try ListQuery(request, context: context, filters: ["external_id"], cursors: cursors)
        let page = try await caller.services.customers.list(
            externalID: query.text("external_id"), query.page, for: caller.principal)
        return Answer.list(page, query, \.wire)
    }

    @Sendable func find(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try context.id(CustomerID.init(validating:), orElse: .customerNotFound)
        return Answer.one(try await caller.services.customers.find(id, for: caller.principal).wire)
    }
}

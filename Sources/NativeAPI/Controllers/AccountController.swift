// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

/// Phone numbers.
struct AccountController: Sendable {
    let cursors: CursorCoder

    @Sendable func listPhoneNumbers(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let query = try ListQuery(request, context: context, filters: ["waba_id"], cursors: cursors)
        let page = try await caller.services.phoneNumbers.list(
            waba: try query.id("waba_id", WABAID.init(validating:)), query.page, for: caller.principal)
        return Answer.list(page, query, \.wire)
    }

    @Sendable func findPhoneNumber(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let id = try context.id(PhoneNumberID.init(validating:), orElse: .phoneNumberNotFound)
        return Answer.one(try await caller.services.phoneNumbers.find(id, for: caller.principal).wire)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import Services

extension SinchAPI {
    func addAccountRoutes(to door: RouterGroup<GangwayContext>) {
        add(.get, Routes.account, to: door) { call in
            call.answer(AccountDTO(try await call.services.accounts.find(call.scope)).json)
        }
        add(.post, Routes.account, to: door, Self.createAccount(_:))
        add(.patch, Routes.account, to: door, Self.updateAccount(_:))
        add(.delete, Routes.account, to: door) { call in
            try await call.services.accounts.delete(in: call.scope)
            return call.noContent
        }
        add(.get, Routes.accountActivities, to: door) { call in
            let activities = try await call.services.accounts.activities(in: call.scope)
            let page = try SinchPage(activities, of: call) { PageKey(at: $0.at, id: $0.id.rawValue) }
            return call.answer(page.answer("notifications") { ActivityDTO($0).json })
        }
        add(.post, Routes.accountComments, to: door) { call in
            let text = try CommentBody.read(try await call.body())
            let at = try await call.services.accounts.comment(text, in: call.scope)
            return call.answer(CommentBody.answer(text, at), .created)
        }
    }

    @Sendable private static func createAccount(_ call: SinchCall) async throws -> Response {
        let (details, manager) = try AccountBody.new(try await call.body())
        let created = try await call.services.accounts.create(details, businessManager: manager, in: call.scope)
        return call.answer(AccountDTO(created).json, .created)
    }

    @Sendable private static func updateAccount(_ call: SinchCall) async throws -> Response {
        guard let change = try AccountBody.change(try await call.body()) else {
            // An account must be there before its fields count.
            _ = try await call.services.accounts.find(call.scope)
            throw ProjectError.noFieldsToUpdate
        }
        return call.answer(AccountDTO(try await call.services.accounts.update(change, in: call.scope)).json)
    }
}

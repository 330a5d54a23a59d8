// SPDX-License-Identifier: Apache-2.0
import Domain
package import HTTPSupport
import HTTPTypes
package import Hummingbird
import Services

/// Splashify's partner API: a client of theirs changes its host and nothing else.
///
/// Checks come in the order 401, 503 (WhatsApp switched off for the partner), 404 or 403, 400; the documents do not say.
/// Keys of both worlds are taken.
package struct SplashifyAPI: Sendable {
    private let worlds: Worlds

    package init(worlds: Worlds) { self.worlds = worlds }

    package func addRoutes(to router: Router<GangwayContext>) {
        let door = router.group().add(middleware: SplashifyErrors()).add(middleware: Authenticator(worlds: worlds))
        door.post(Routes.customers, use: createCustomer(_:_:))
        door.post(Routes.tpSignup, use: signUp(_:_:))
        door.get(Routes.customerPhoneNumbers, use: listNumbersOfCustomer(_:_:))
        door.get(Routes.phoneNumbers, use: listNumbersOfWABA(_:_:))
        door.post(Routes.register, use: register(_:_:))
        addCloudCalls(to: door)
        refuseOtherGraphCalls(at: door)
    }

    /// In Splashify's words, whatever is asked of paths of the proxy.
    private func refuseOtherGraphCalls(at door: RouterGroup<GangwayContext>) {
        var taken: Set = [
            "GET \(Routes.phoneNumbers.description)", "POST \(Routes.register.description)",
        ]
        for entry in CloudEntry.all { taken.insert("\(entry.method.rawValue) \(entry.route.description)") }
        let paths = CloudEntry.all.map(\.route) + [Routes.phoneNumbers, Routes.register] + Routes.otherGraphPaths
        for path in paths {
            for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete] {
                guard taken.insert("\(method.rawValue) \(path.description)").inserted else { continue }
                door.on(path, method: method) { _, _ -> Response in throw RequestFault.unknownRoute }
            }
        }
    }

    /// Who asks, once it is a partner whose WhatsApp integration is on.
    func enabledPartner(_ context: GangwayContext) async throws -> Caller {
        let caller = try context.requireCaller()
        let partner = try await caller.services.partners.find(
            try caller.principal.requirePartner(), for: caller.principal)
        guard partner.isWhatsAppEnabled else { throw ServiceError.whatsAppDisabled }
        return caller
    }

    /// The customer that the path names, if it is this caller's.
    func customer(_ context: GangwayContext, of caller: Caller) async throws -> Customer {
        guard let id = context.parameters.get(Routes.customerIDParameter).flatMap({ CustomerID(validating: $0) }) else {
            throw ServiceError.customerNotFound
        }
        return try await caller.services.customers.find(id, for: caller.principal)
    }
}

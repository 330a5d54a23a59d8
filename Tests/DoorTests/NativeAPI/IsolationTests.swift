// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import NativeAPI
import Services
import TestSupport
import Testing

/// Every route × every kind of caller. Source: OWASP API Security Top 10 2023, 1 and 5.
@Suite(.timeLimit(.minutes(5))) struct IsolationTests {
    static let routes = NativeAPI(worlds: Worlds(), cursors: CursorCoder()).routes
    static let objectRoutes = routes.filter { $0.path.contains("{id}") }
    /// Those that name a second object within the first are walked by AuthorisationMatrixTests.
    static let wholeRoutes = objectRoutes.filter { !$0.path.contains("_id}") }
    static let sharedRoutes = objectRoutes.filter { $0.audience == .both }
    static let guardedRoutes = routes.filter { $0.audience != .both }
    /// Of the world as a whole, not of any partner.
    private static let worldly: Set<String> = [
        "encryption", "clock", "audit", "audit/verification", "doctor", "novelties", "novelties/fixtures",
    ]
    static let listRoutes = routes.filter {
        $0.method == .get && !$0.path.contains("{id}") && !worldly.contains($0.path)
    }

    /// An onboarding has no certificate, and only who reaches it is told so.
    private func isReached(_ answer: NativeAnswer) -> Bool {
        (200..<300).contains(answer.status) || answer["code"] == "not_certified"
    }

    private func path(_ route: NativeRoute, _ id: String) -> String { route.path.replacing("{id}", with: id) }

    @Test("without a key nothing opens", arguments: routes)
    func noKey(route: NativeRoute) async throws {
        try await DoorWorld.native { _, api in
            let answer = try await api.with(nil).send(route.method, path(route, "x"), route.goodBody)
            #expect(answer.status == 401)
            #expect(answer["code"] == "unauthorized")
            #expect(answer.header("www-authenticate") == "Bearer")
        }
    }

    @Test("a key of the wrong role is refused before anything is read", arguments: guardedRoutes)
    func wrongRole(route: NativeRoute) async throws {
        try await DoorWorld.native { world, api in
            let isForPartners = route.audience == .partner
            let wrong = isForPartners ? world.operatorKey : world.acme.key
            let answer = try await api.with(wrong).send(route.method, path(route, "x"), "not even JSON")
            #expect(answer.status == 403)
            #expect(answer["code"] == (isForPartners ? "partner_key_required" : "operator_key_required"))
        }
    }

    @Test("a partner reaches its own objects", arguments: sharedRoutes)
    func own(route: NativeRoute) async throws {
        try await DoorWorld.native { world, api in
            let estate = try await world.estates().acme
            let answer = try await api.send(route.method, path(route, try estate.id(for: route.path)), route.goodBody)
            #expect(isReached(answer), "\(answer.text)")
        }
    }

    @Test("another's object looks like none, and nothing happens to it", arguments: sharedRoutes)
    func foreign(route: NativeRoute) async throws {
        try await DoorWorld.native { world, api in
            let globex = try await world.estates().globex
            let before = try await world.activityCount()
            let foreign = try await api.send(route.method, path(route, try globex.id(for: route.path)), route.goodBody)
            #expect(foreign.status == 404)
            let unknown = try await api.send(route.method, path(route, "nothing-of-ours"), route.goodBody)
            #expect(unknown.status == 404)
            #expect(unknown["code"] == foreign["code"])
            #expect(unknown["detail"] == foreign["detail"])
            #expect(try await world.activityCount() == before)
        }
    }

    @Test("the operator reaches every partner's objects", arguments: wholeRoutes)
    func operatorReaches(route: NativeRoute) async throws {
        try await DoorWorld.native { world, api in
            let estate = try await world.estates().globex
            let answer = try await api.with(world.operatorKey)
                .send(route.method, path(route, try estate.id(for: route.path)), route.goodBody)
            #expect(isReached(answer), "\(answer.text)")
        }
    }

    @Test("a partner's lists show nothing of others, the operator's show all", arguments: listRoutes)
    func lists(route: NativeRoute) async throws {
        try await DoorWorld.native { world, api in
            let (_, globex) = try await world.estates()
            let all = try await api.with(world.operatorKey).get(route.path)
            #expect(all.status == 200)
            let shown = try globex.id(for: route.path == "activities" ? "partners" : route.path)
            #expect(all.text.contains(shown))
            guard route.audience == .both else { return }
            let own = try await api.get(route.path)
            #expect(own.status == 200)
            #expect(try #require(own.count("data")) > 0)
            for foreign in [globex.tenant.partner.rawValue, globex.tenant.customer.rawValue, globex.waba.rawValue] {
                #expect(!own.text.contains(foreign))
            }
        }
    }

    @Test("keys of a world that does not run, slips and revoked keys are all just unauthorized")
    func keys() async throws {
        try await DoorWorld.native { world, api in
            let live = world.acme.key.replacing("pk_test_", with: "pk_live_")
            // The same text stored as a key: still only the live world may open by it.
            try await world.services.apiKeys.adopt(OtherSecret(live), for: world.acme.partner)
            let slip = String(world.acme.key.dropLast()) + (world.acme.key.hasSuffix("a") ? "b" : "a")
            for key in [live, slip, "", "pk_test_", String(repeating: "k", count: 10_000)] {
                let answer = try await api.with(key).get("customers")
                #expect(answer.status == 401)
                #expect(answer["code"] == "unauthorized")
            }
            #expect(try await api.get("customers").status == 200)
            let principal = try await world.worlds.caller(presenting: world.acme.key).principal
            let keys = try await world.services.apiKeys.list(for: principal)
            let own = try #require(keys.first { $0.prefix == principal.actor })
            #expect(try await api.with(world.operatorKey).send(.delete, "keys/\(own.id)").status == 204)
            #expect(try await api.get("customers").status == 401)
        }
    }

    @Test("a test key opens nothing where only the live world runs")
    func otherWorld() async throws {
        try await DoorWorld.run { world in
            try await world.native(Worlds(live: world.services)) { api in
                let customers = try await api.with(world.acme.key).get("customers")
                let partners = try await api.with(world.operatorKey).get("partners")
                #expect(customers.status == 401)
                #expect(partners.status == 401)
            }
        }
    }
}

extension DoorWorld {
    /// Every write records one: the same count means that nothing was stored.
    func activityCount() async throws -> Int {
        let all = Principal(role: .operator, partnerID: nil, actor: "test")
        return try await services.activities.list(PageRequest(limit: 250), for: all).items.count
    }
}

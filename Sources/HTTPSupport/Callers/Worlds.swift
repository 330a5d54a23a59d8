// SPDX-License-Identifier: Apache-2.0
package import Services

/// The worlds that this server runs. The credential picks one at the door; nothing below knows that there are two.
package struct Worlds: Sendable {
    package let live: WorldServices?
    package let test: WorldServices?

    package init(live: WorldServices? = nil, test: WorldServices? = nil) {
        self.live = live
        self.test = test
    }

    /// Those that are configured.
    package var all: [WorldServices] { [live, test].compactMap { $0 } }

    /// Whose key it is. Throws `unauthorized` for wrong, unknown and revoked keys and for keys of a world that does not run.
    package func caller(presenting key: String) async throws -> Caller {
        guard let services = world(of: key) else { throw ServiceError.unauthorized }
        return Caller(services: services, principal: try await services.apiKeys.authenticate(key))
    }

    private func world(of key: String) -> WorldServices? {
        if key.hasPrefix("pk_live_") || key.hasPrefix("op_live_") { return live }
        if key.hasPrefix("pk_test_") || key.hasPrefix("op_test_") { return test }
        return nil
    }
}

/// Who asks, and the world that the key opens.
package struct Caller: Sendable {
    package let services: WorldServices
    package let principal: Principal

    package init(services: WorldServices, principal: Principal) {
        self.services = services
        self.principal = principal
    }
}

// SPDX-License-Identifier: Apache-2.0
package import Domain
package import OnboardingRunner
package import Store

/// Meta apps and their secrets: the operator's business.
package struct Apps: Sendable {
    /// What `set` changes besides the app's plain fields; nil keeps what is stored.
    package struct Secrets: Sendable {
        package var appSecret: AppSecret?
        package var systemToken: SystemToken?
        package var verifyToken: OtherSecret?

        package init(appSecret: AppSecret? = nil, systemToken: SystemToken? = nil, verifyToken: OtherSecret? = nil) {
            self.appSecret = appSecret
            self.systemToken = systemToken
            self.verifyToken = verifyToken
        }
    }

    private let store: Store
    private let directory: AppDirectory

    package init(store: Store, directory: AppDirectory) {
        self.store = store
        self.directory = directory
    }

    /// Creates or changes an app. A new app secret leaves the former one valid for webhooks, so that it can be rotated.
    package func set(_ app: MetaApp, secrets: Secrets, by principal: Principal) async throws {
        try principal.requireOperator()
        try await store.write { tx in
            let owner = SecretTable.Owner.app(app.id)
            let former: AppSecret? = try tx.secrets.get(.appSecret, of: owner)
            guard secrets.appSecret != nil || former != nil else { throw ServiceError.missing(field: "app_secret") }
            try tx.apps.upsert(app)
            if let secret = secrets.appSecret, secret != former {
                if let former { try tx.secrets.put(former, as: .previousAppSecret, of: owner) }
                try tx.secrets.put(secret, as: .appSecret, of: owner)
            }
            if let token = secrets.systemToken { try tx.secrets.put(token, as: .systemToken, of: owner) }
            if let token = secrets.verifyToken { try tx.secrets.put(token, as: .verifyToken, of: owner) }
            try tx.activities.record(partner: nil, actor: principal.actor, action: "app.set", target: app.id.rawValue)
        }
        directory.invalidate()
    }

    package func list(for principal: Principal) async throws -> [MetaApp] {
        try principal.requireOperator()
        return try await store.read { try $0.apps.all() }
    }

    package func find(_ id: AppID) async throws -> MetaApp {
        guard let app = try await store.read({ try $0.apps.find(id) }) else { throw ServiceError.appNotFound }
        return app
    }

    /// How many new customers the app may still bring aboard in rolling 7 days.
    package func customerBudget(of id: AppID, for principal: Principal) async throws -> CustomerBudget {
        try principal.requireOperator()
        return try await store.read { tx in
            guard let app = try tx.apps.find(id) else { throw ServiceError.appNotFound }
            return try tx.wabas.customerBudget(of: app)
        }
    }
}

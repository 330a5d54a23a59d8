// SPDX-License-Identifier: Apache-2.0

extension WorldState {
    static let partnerScopes = [
        "whatsapp_business_management", "whatsapp_business_messaging", "business_management", "public_profile",
    ]

    /// The two partners with their system users and tokens.
    mutating func createFixtures() {
        let app = configuration.app
        put(Business(id: app.businessID, name: app.businessName))
        put(Business(id: app.partner.businessID, name: app.partner.businessName))
        for party in [Party(app), Party(app.partner)] {
            put(
                AccessToken(
                    value: party.systemToken, kind: .system, appID: party.appID, businessID: party.businessID,
                    userID: party.systemUserID, scopes: Self.partnerScopes, issuedAt: now, expiresAt: 0))
        }
        put(sandboxSolution)
        useConfiguredCallback()
    }

    /// The configuration is newer than what an earlier run wrote down: the server may listen elsewhere today.
    mutating func useConfiguredCallback() {
        guard let callback = configuration.callback else { return }
        let fields = appSubscriptions[app.appID]?.fields ?? []
        put(
            AppSubscription(
                appID: app.appID, callbackURL: callback.url, verifyToken: callback.verifyToken, fields: fields))
    }

    /// One of the two partners, seen alike.
    struct Party: Sendable {
        var appID: String
        var appName: String
        var appSecret: String
        var systemToken: String
        var systemUserID: String
        var businessID: String

        init(_ app: SandboxApp) {
            appID = app.appID
            appName = app.appName
            appSecret = app.appSecret
            systemToken = app.systemToken
            systemUserID = app.systemUserID
            businessID = app.businessID
        }

        init(_ partner: SandboxApp.Partner) {
            appID = partner.appID
            appName = partner.appName
            appSecret = partner.appSecret
            systemToken = partner.systemToken
            systemUserID = partner.systemUserID
            businessID = partner.businessID
        }
    }

    func party(ofApp appID: String) -> Party? {
        if appID == app.appID { return Party(app) }
        if appID == app.partner.appID { return Party(app.partner) }
        return nil
    }

    func party(ofBusiness businessID: String) -> Party? {
        if businessID == app.businessID { return Party(app) }
        if businessID == app.partner.businessID { return Party(app.partner) }
        return nil
    }
}

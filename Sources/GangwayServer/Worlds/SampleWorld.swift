// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphSimulator
import OnboardingRunner
import Services

/// What a first start of the test world creates, so that a newcomer has something to try: the sandbox's Meta app, one
/// partner with a key, one customer, an operator key. Kept in `DATA/credentials.json`.
package struct SampleWorld: Sendable {
    let services: WorldServices
    let sandbox: SandboxApp

    private static let creator = Principal(role: .operator, partnerID: nil, actor: "system")

    /// Uses the credentials of an earlier start when the database still knows their partner.
    package func prepare(_ kept: Credentials?, baseURL: String, graphURL: String) async throws -> Credentials {
        try await setApp()
        if var kept, try await isKnown(kept.partner) {
            kept.baseURL = baseURL
            kept.graphURL = graphURL
            return try await addAccounts(to: kept)
        }
        return try await addAccounts(to: try await create(baseURL: baseURL, graphURL: graphURL))
    }

    /// What a file of an earlier version does not have yet.
    private func addAccounts(to credentials: Credentials) async throws -> Credentials {
        var credentials = credentials
        if credentials.kaleyra == nil {
            let created = try await services.activationAccounts.create(
                for: PartnerID(credentials.partner.id), customer: nil, isVerified: true, by: Self.creator)
            credentials.kaleyra = Credentials.Kaleyra(
                sid: created.account.sid.rawValue, apiKey: created.secret.secret)
        }
        if credentials.sinch == nil {
            credentials.sinch = try await sinch(
                for: PartnerID(credentials.partner.id), customer: CustomerID(credentials.customer.id))
        }
        return credentials
    }

    private func isKnown(_ partner: Credentials.Partner) async throws -> Bool {
        (try? await services.apiKeys.authenticate(partner.apiKey)) != nil
    }

    private func setApp() async throws {
        let app = MetaApp(
            id: AppID(sandbox.appID), kind: .solutionPartner, businessID: BusinessID(sandbox.businessID),
            systemUserID: SystemUserID(sandbox.systemUserID), creditLineID: CreditLineID(sandbox.extendedCreditLineID),
            configID: sandbox.configID)
        if let known = try? await services.apps.find(app.id), known.businessID == app.businessID { return }
        try await services.apps.set(
            app,
            secrets: Apps.Secrets(
                appSecret: AppSecret(sandbox.appSecret), systemToken: SystemToken(sandbox.systemToken),
                verifyToken: OtherSecret(sandbox.verifyToken)),
            by: Self.creator)
    }

    private func create(baseURL: String, graphURL: String) async throws -> Credentials {
        let partner = try await services.partners.create(
            name: "Sample Partner", app: AppID(sandbox.appID), isWhatsAppEnabled: true, defaultCurrency: .usd,
            by: Self.creator)
        try await addSolution(to: partner.id)
        let key = try await services.apiKeys.mint(for: partner.id, by: Self.creator.actor)
        let operatorKey = try await services.apiKeys.mint(for: nil, by: Self.creator.actor)
        let customer = try await services.customers.create(
            Customers.Draft(name: "Lucky Shrub", email: "owner@luckyshrub.example", phone: "+15550783881"),
            by: Principal(role: .partner, partnerID: partner.id, actor: "system"))
        guard case .fresh(let sample) = customer else { throw SettingsError(description: "the sample customer exists") }
        return Credentials(
            baseURL: baseURL, graphURL: graphURL, operator: Credentials.Operator(key: operatorKey.secret.secret),
            partner: Credentials.Partner(id: partner.id.rawValue, apiKey: key.secret.secret),
            customer: Credentials.Customer(id: sample.id.rawValue),
            metaApp: Credentials.MetaApp(
                appID: sandbox.appID, appSecret: sandbox.appSecret, systemToken: sandbox.systemToken,
                businessID: sandbox.businessID, extendedCreditLineID: sandbox.extendedCreditLineID,
                solutionID: sandbox.solutionID, configID: sandbox.configID, verifyToken: sandbox.verifyToken))
    }

    private func sinch(for partner: PartnerID, customer: CustomerID) async throws -> Credentials.Sinch {
        let projects = services.projects.projects
        let project = try await projects.create(
            name: "Lucky Shrub", for: partner, customer: customer, by: Self.creator)
        let minted = try await projects.mintKey(for: partner, project: project.id, by: Self.creator)
        return Credentials.Sinch(
            projectID: project.id.rawValue, keyID: minted.key.id.rawValue, keySecret: minted.secret.secret)
    }

    /// Another sample partner of a shared database may hold the sandbox's solution already.
    private func addSolution(to partner: PartnerID) async throws {
        do {
            try await services.partners.addSolution(SolutionID(sandbox.solutionID), to: partner, by: Self.creator)
        } catch ServiceError.solutionOfAnotherPartner {
            return
        }
    }
}

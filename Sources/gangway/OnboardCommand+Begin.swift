// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient
import GangwayServer

extension OnboardCommand {
    /// Begins a new onboarding; in the test world the simulator plays a customer who brings what was not given.
    func begin(_ connection: ClientOptions.Connection) async throws -> String {
        var asked = try asked(connection)
        if !isSignedUp { try await signUp(&asked, connection) }
        let begun = try await connection.client.begin(asked)
        say("onboarding \(begun.id) accepted, plan \(begun.plan)\n")
        return begun.id
    }

    /// Nobody signs up for it: a code that was not given is a word in its place.
    func preview(_ connection: ClientOptions.Connection) async throws {
        var asked = try asked(connection)
        switch flow {
        case .embeddedSignup, .businessApp: asked.code = asked.code ?? "dry-run"
        case .hosted, .techPartner, .numberMigration: break
        }
        try PlanTable.show(try await connection.client.preview(asked), asJSON: json)
    }

    private func asked(_ connection: ClientOptions.Connection) throws -> NewOnboarding {
        guard let customer = customer ?? connection.credentials?.customer.id else {
            throw ValidationError("Give --customer, or --data of a test world for its sample customer.")
        }
        var asked = NewOnboarding(customerID: customer)
        asked.flow = flow.rawValue
        asked.code = code
        if wabaId.count > 1 { asked.wabaIDs = wabaId } else { asked.wabaID = wabaId.first }
        asked.phoneNumberID = phoneNumberId
        if flow == .numberMigration {
            asked.migration = try migration.migration(of: phoneNumber)
        } else {
            asked.phoneNumber = phoneNumber
        }
        asked.businessID = businessId
        asked.solutionID = solutionId
        asked.pin = pin
        asked.currency = currency
        try extra.fill(&asked)
        return asked
    }

    /// Goes on with a stopped one; one that is under way is only watched.
    func goOn(_ id: String, _ client: GangwayClient) async throws -> String {
        var given = ResumeWith()
        given.pin = pin
        given.code = code
        given.wabaID = wabaId.first
        given.phoneNumberID = phoneNumberId
        given.currency = currency
        if skip { given.skip = true }
        given.verificationCode = verificationCode
        if resendCode { given.resendCode = true }
        let brought = [pin, code, wabaId.first, phoneNumberId, currency, verificationCode].contains { $0 != nil }
        let isBringing = skip || resendCode || brought
        let current = try await client.onboarding(id)
        guard isBringing || current.state != "running" && current.state != "live" else { return id }
        return try await client.resume(id, with: given).id
    }

    private var isSignedUp: Bool {
        switch flow {
        case .embeddedSignup, .businessApp: code != nil
        case .hosted: businessId != nil
        case .techPartner: !wabaId.isEmpty
        case .numberMigration:
            !wabaId.isEmpty && phoneNumber != nil && migration.countryCode != nil && migration.verifiedName != nil
        }
    }

    private func signUp(_ asked: inout NewOnboarding, _ connection: ClientOptions.Connection) async throws {
        guard let credentials = connection.credentials else {
            let missing =
                switch flow {
                case .embeddedSignup, .businessApp: "--code"
                case .hosted: "--business-id"
                case .techPartner: "--waba-id"
                case .numberMigration: "--waba-id, --country-code, --phone-number and --verified-name"
                }
            throw ValidationError("Give \(missing), or --data of a test world, where the simulator plays the customer.")
        }
        if flow == .numberMigration { return try await moveIn(&asked, connection.client, credentials) }
        let signup = try await SandboxSignup.make(at: credentials.graphURL, flow: flow.rawValue)
        let number = signup.phoneNumber ?? "none"
        say("the simulator's customer finished its signup: WABA \(signup.wabaID), number \(number)\n")
        switch flow {
        case .embeddedSignup, .businessApp: asked.code = signup.code
        case .hosted: asked.businessID = signup.businessID
        case .techPartner:
            asked.wabaID = signup.wabaID
            asked.phoneNumber = asked.phoneNumber ?? signup.e164
            asked.solutionID = asked.solutionID ?? credentials.metaApp.solutionID
        case .numberMigration: break
        }
    }

    /// A number that the simulator has at another provider, for a live WABA of the customer.
    private func moveIn(
        _ asked: inout NewOnboarding, _ client: GangwayClient, _ credentials: Credentials
    ) async throws {
        if asked.wabaID == nil {
            let wabas = try await client.wabas(customerID: asked.customerID, limit: 100).data
            guard let live = wabas.first(where: { $0.state == "live" }) else {
                throw ValidationError("The customer has no live WABA that the number could move to: onboard one first.")
            }
            asked.wabaID = live.id
        }
        guard asked.migration == nil else { return }
        guard phoneNumber == nil, !migration.isGiven else {
            throw ValidationError("Give all of --country-code, --phone-number and --verified-name, or none of them.")
        }
        let signup = try await SandboxSignup.make(at: credentials.graphURL, body: #"{"send_webhooks": false}"#)
        guard let number = signup.e164 else { throw ValidationError("The simulator's customer has no number.") }
        // The simulator's numbers are American.
        asked.migration = NewOnboarding.Migration(
            countryCode: "1", phoneNumber: String(number.dropFirst(2)), verifiedName: "Lucky Shrub")
        say("the simulator has \(number) at another provider; its code is the last six digits, \(number.suffix(6))\n")
    }
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient
import GangwayServer

extension OnboardCommand {
    /// Begins a new onboarding; in the test world the simulator plays a customer who brings what was not given.
    func begin(_ connection: ClientOptions.Connection) async throws -> String {
        guard let customer = customer ?? connection.credentials?.customer.id else {
            throw ValidationError("Give --customer, or --data of a test world for its sample customer.")
        }
        var asked = NewOnboarding(customerID: customer)
        asked.flow = flow.rawValue
        asked.code = code
        asked.wabaID = wabaId
        asked.phoneNumberID = phoneNumberId
        asked.phoneNumber = phoneNumber
        asked.businessID = businessId
        asked.solutionID = solutionId
        asked.pin = pin
        asked.currency = currency
        if !isSignedUp { try await signUp(&asked, connection.credentials) }
        let begun = try await connection.client.begin(asked)
        say("onboarding \(begun.id) accepted, plan \(begun.plan)\n")
        return begun.id
    }

    /// Goes on with a stopped one; one that is under way is only watched.
    func goOn(_ id: String, _ client: GangwayClient) async throws -> String {
        var given = ResumeWith()
        given.pin = pin
        given.code = code
        given.wabaID = wabaId
        given.phoneNumberID = phoneNumberId
        given.currency = currency
        if skip { given.skip = true }
        given.verificationCode = verificationCode
        let isBringing = skip || [pin, code, wabaId, phoneNumberId, currency, verificationCode].contains { $0 != nil }
        let current = try await client.onboarding(id)
        guard isBringing || current.state != "running" && current.state != "live" else { return id }
        return try await client.resume(id, with: given).id
    }

    private var isSignedUp: Bool {
        switch flow {
        case .embeddedSignup, .businessApp: code != nil
        case .hosted: businessId != nil
        case .techPartner: wabaId != nil
        }
    }

    private func signUp(_ asked: inout NewOnboarding, _ credentials: Credentials?) async throws {
        guard let credentials else {
            let missing =
                switch flow {
                case .embeddedSignup, .businessApp: "--code"
                case .hosted: "--business-id"
                case .techPartner: "--waba-id"
                }
            throw ValidationError("Give \(missing), or --data of a test world, where the simulator plays the customer.")
        }
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
        }
    }
}

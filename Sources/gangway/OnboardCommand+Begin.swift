// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient
import GangwayServer

extension OnboardCommand {
    /// Begins a new onboarding; in the test world the simulator plays a customer who brings what was not given.
    func begin(_ connection: ClientOptions.Connection) async throws -> String {
        var asked = try asked(connection)
        if !isSignedUp { try await signUp(&asked, connection.credentials) }
        let begun = try await connection.client.begin(asked)
        say("onboarding \(begun.id) accepted, plan \(begun.plan)\n")
        return begun.id
    }

    /// Nobody signs up for it: a code that was not given is a word in its place.
    func preview(_ connection: ClientOptions.Connection) async throws {
        var asked = try asked(connection)
        switch flow {
        case .embeddedSignup, .businessApp: asked.code = asked.code ?? "dry-run"
        case .hosted, .techPartner: break
        }
        let preview = try await connection.client.preview(asked)
        if json { try JSONOutput.write(preview) } else { StandardOutput.write(Self.text(preview)) }
        if preview.steps.contains(where: { !$0.missing.isEmpty }) { throw ExitCode(2) }
    }

    private static func text(_ preview: PreviewView) -> String {
        func row(_ step: String, _ call: PreviewView.Call) -> [String] {
            [step, call.changes ? "changes" : "reads", call.method, call.path, "\(call.token) token"]
        }
        var rows = preview.requestCalls.map { row("request", $0) }
        for step in preview.steps {
            rows +=
                step.calls.isEmpty
                ? [[step.kind, "-", "-", "-", "no call"]] : step.calls.map { row(step.kind, $0) }
            rows += step.missing.map { [step.kind, "missing", $0.reason, $0.remedy.actor, $0.remedy.text] }
        }
        return Table.text(["STEP", "EFFECT", "METHOD", "PATH", "AS"], rows)
    }

    private func asked(_ connection: ClientOptions.Connection) throws -> NewOnboarding {
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
        return asked
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

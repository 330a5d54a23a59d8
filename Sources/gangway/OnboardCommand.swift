// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient
import GangwayServer

struct OnboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "onboard",
        abstract: "Drives one onboarding through a running server and shows its steps live.",
        discussion: """
            In the test world the simulator plays the customer when no code is given:

              gangway onboard --data ./gangway-data
              gangway onboard --url https://gangway.example --customer 0d7a… --code AQB… --currency EUR
              gangway onboard --data ./gangway-data --resume onb_… --pin 123456
              gangway onboard --data ./gangway-data --dry-run

            With --dry-run nothing is done: the steps, their calls to Meta and what is missing are shown.

            Exit codes: 0 live; 2 somebody must act: reason, remedy and the command to resume are printed; \
            1 failed, cancelled, not at rest in time, or no such server; 64 wrong usage.
            """)

    enum Flow: String, ExpressibleByArgument, CaseIterable {
        case embeddedSignup = "embedded_signup"
        case businessApp = "business_app"
        case hosted
        case techPartner = "tech_partner"
    }

    @OptionGroup var server: ClientOptions
    @Option(help: "The partner's customer (default: the sample customer of --data).") var customer: String?
    @Option(help: "Code that Embedded Signup returned; lives 30 seconds.") var code: String?
    @Option(help: "How the customer signs up.") var flow = Flow.embeddedSignup
    @Option(help: "WABA that is meant.") var wabaId: String?
    @Option(help: "Phone number of the WABA that is meant, by its id.") var phoneNumberId: String?
    @Option(help: "Phone number, +15550001111; flow tech_partner needs it.") var phoneNumber: String?
    @Option(help: "Business portfolio; flow hosted needs it.") var businessId: String?
    @Option(help: "Multi-Partner Solution; flow tech_partner needs it.") var solutionId: String?
    @Option(help: "Two-step verification PIN, six digits.") var pin: String?
    @Option(help: "AUD, EUR, GBP, IDR, INR or USD; sharing the credit line fixes it.") var currency: String?
    @Option(help: "With --resume: the code that Meta sent to the number.") var verificationCode: String?
    @Flag(help: "With --resume: go on without the step that stopped it, where that is possible.") var skip = false
    @Option(help: "Onboarding to go on with, onb_….") var resume: String?
    @Option(help: "Seconds to watch at most; the onboarding goes on without this command.") var timeout = 60.0
    @Flag(help: "Only show the plan: each step, each call to Meta, what is missing.") var dryRun = false
    @Flag(help: "Print the onboarding as JSON at the end; progress goes to standard error.") var json = false

    func validate() throws {
        guard timeout > 0, timeout < 1_000_000 else { throw ValidationError("--timeout must be positive.") }
        guard !dryRun || resume == nil else { throw ValidationError("--dry-run shows what begins, not what goes on.") }
    }

    func run() async throws {
        let connection = try server.connect(as: .partner)
        if dryRun { return try await preview(connection) }
        let deadline = ContinuousClock.now + .seconds(timeout)
        let id = if let resume { try await goOn(resume, connection.client) } else { try await begin(connection) }
        var progress = OnboardingProgress(isTerminal: json ? StandardOutput.isErrorTerminal : StandardOutput.isTerminal)
        let last = try await connection.client.follow(id, every: .milliseconds(100), until: deadline) { onboarding in
            say(progress.text(for: onboarding))
        }
        let ending = OnboardingEnding(last, connection: connection.flags)
        say(ending.text)
        if json { try JSONOutput.write(last) }
        guard ending.exitCode == 0 else { throw ExitCode(ending.exitCode) }
    }

    func say(_ text: String) { json ? StandardOutput.remark(text) : StandardOutput.write(text) }
}

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
              gangway onboard --data ./gangway-data --flow number_migration
              gangway onboard --flow number_migration --customer 0d7a… --waba-id 102290129340398 \\
                --country-code 49 --phone-number 15112345678 --verified-name "Lucky Shrub"
              gangway onboard --data ./gangway-data --resume onb_… --pin 123456
              gangway onboard --data ./gangway-data --dry-run

            With --dry-run nothing is done: the steps, their calls to Meta and what is missing are shown. An activation \
            begins with "gangway activations approve", a departure with "gangway wabas offboard".

            Exit codes: 0 live; 2 somebody must act: reason, remedy and the command to resume are printed; \
            1 failed, cancelled, not at rest in time, or no such server; 64 wrong usage. Of several WABAs the worst counts.
            """)

    enum Flow: String, ExpressibleByArgument, CaseIterable {
        case embeddedSignup = "embedded_signup"
        case businessApp = "business_app"
        case hosted
        case techPartner = "tech_partner"
        case numberMigration = "number_migration"

        var beginsWithCode: Bool { self == .embeddedSignup || self == .businessApp }
    }

    @OptionGroup var server: ClientOptions
    @Option(help: "The partner's customer (default: the sample customer of --data).") var customer: String?
    @Option(help: "Code that Embedded Signup returned; lives 30 seconds.") var code: String?
    @Option(help: "How the customer signs up.") var flow = Flow.embeddedSignup
    @Option(help: "WABA that is meant; with a code it may be given for each WABA that the signup named.")
    var wabaId: [String] = []
    @Option(help: "Phone number of the WABA that is meant, by its id.") var phoneNumberId: String?
    @Option(help: "Phone number, +15550001111; flows tech_partner and number_migration need it.")
    var phoneNumber: String?
    @Option(help: "Business portfolio; flow hosted needs it.") var businessId: String?
    @Option(help: "Multi-Partner Solution; flow tech_partner needs it.") var solutionId: String?
    @Option(help: "Two-step verification PIN, six digits.") var pin: String?
    @Option(help: "AUD, EUR, GBP, IDR, INR or USD; sharing the credit line fixes it.") var currency: String?
    @OptionGroup(title: "Number migration") var migration: MigrationOptions
    @OptionGroup(title: "Beyond the plan") var extra: ExtraOptions
    @Option(help: "Onboarding to go on with, onb_….") var resume: String?
    @Option(help: "With --resume: the code that Meta sent to the number.") var verificationCode: String?
    @Flag(help: "With --resume: let Meta send another code to the number.") var resendCode = false
    @Flag(help: "With --resume: go on without the step that stopped it, where that is possible.") var skip = false
    @Option(help: "Seconds to watch at most; the onboarding goes on without this command.") var timeout = 60.0
    @Flag(help: "Only show the plan: each step, each call to Meta, what is missing.") var dryRun = false
    @Flag(
        help: "Print the onboarding (of several --waba-id: a list) as JSON at the end; progress goes to standard error."
    )
    var json = false

    func validate() throws {
        guard timeout > 0, timeout < 1_000_000 else { throw ValidationError("--timeout must be positive.") }
        guard !dryRun || resume == nil else { throw ValidationError("--dry-run shows what begins, not what goes on.") }
        guard wabaId.count < 2 || (flow.beginsWithCode && resume == nil) else {
            throw ValidationError("Several --waba-id go with a code only.")
        }
        guard !migration.isGiven || (flow == .numberMigration && resume == nil) else {
            throw ValidationError("What a number needs to move in goes with --flow number_migration only.")
        }
    }

    func run() async throws {
        let connection = try server.connect(as: .partner)
        if dryRun { return try await preview(connection) }
        let deadline = ContinuousClock.now + .seconds(timeout)
        let id = if let resume { try await goOn(resume, connection.client) } else { try await begin(connection) }
        var runs = [try await watch(id, connection, until: deadline)]
        if wabaId.count > 1 {
            for other in try await connection.client.onboardings(parentID: id, limit: 100).data {
                say("onboarding \(other.id) of another WABA of this signup\n")
                runs.append(try await watch(other.id, connection, until: deadline))
            }
            if json { try JSONOutput.write(runs.map(\.onboarding)) }
        } else if json, let run = runs.first {
            try JSONOutput.write(run.onboarding)
        }
        let codes = runs.map(\.ending.exitCode)
        if let worst = codes.first(where: { $0 == 1 }) ?? codes.max(), worst != 0 { throw ExitCode(worst) }
    }

    private func watch(
        _ id: String, _ connection: ClientOptions.Connection, until deadline: ContinuousClock.Instant
    ) async throws -> (onboarding: OnboardingView, ending: OnboardingEnding) {
        var progress = OnboardingProgress(isTerminal: json ? StandardOutput.isErrorTerminal : StandardOutput.isTerminal)
        let last = try await connection.client.follow(id, every: .milliseconds(100), until: deadline) { onboarding in
            say(progress.text(for: onboarding))
        }
        let ending = OnboardingEnding(last, connection: connection.flags)
        say(ending.text)
        return (last, ending)
    }

    func say(_ text: String) { json ? StandardOutput.remark(text) : StandardOutput.write(text) }
}

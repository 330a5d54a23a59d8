// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient
import GangwayServer

extension WABAsCommand {
    struct Offboard: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a WABA off: unsubscribes, deregisters, revokes the credit line, forgets the token.",
            discussion: """
                It goes on without this command; asking again shows the same departure. With --dry-run nothing is done: \
                the steps, their calls to Meta and what is missing are shown. Exit codes: 0 offboarded, or nothing is missing; \
                2 somebody must act: reason, remedy and the command to resume are printed; 1 refused, not at rest in time, or \
                no such server.
                """)
        @OptionGroup var server: ClientOptions
        @Argument(help: "Id of the WABA.") var id: String
        @Flag(help: "Leave its numbers on the Cloud API.") var keepNumbers = false
        @Flag(help: "Leave the credit line with the business: other WABAs of it go on using it.") var keepCreditLine =
            false
        @Flag(help: "Only show the plan: each step, each call to Meta, what is missing.") var dryRun = false
        @Option(help: "Seconds to watch at most.") var timeout = 60.0
        @Flag(help: "Print the departure as JSON; progress goes to standard error.") var json = false

        func run() async throws {
            let connection = try server.connect(as: .operator)
            if dryRun {
                let preview = try await connection.client.previewOffboarding(
                    id, deregister: !keepNumbers, keepCreditLine: keepCreditLine)
                return try PlanTable.show(preview, asJSON: json)
            }
            let begun = try await connection.client.offboard(
                id, deregister: !keepNumbers, keepCreditLine: keepCreditLine)
            var progress = OnboardingProgress(
                isTerminal: json ? StandardOutput.isErrorTerminal : StandardOutput.isTerminal)
            let deadline = ContinuousClock.now + .seconds(timeout)
            let last = try await connection.client.follow(begun.id, every: .milliseconds(100), until: deadline) { run in
                say(progress.text(for: run))
            }
            let ending = OnboardingEnding(last, connection: connection.flags)
            say(ending.text)
            if json { try JSONOutput.write(last) }
            let isGone = last.state == "offboarded"
            guard isGone else { throw ExitCode(ending.exitCode) }
        }

        private func say(_ text: String) { json ? StandardOutput.remark(text) : StandardOutput.write(text) }
    }
}

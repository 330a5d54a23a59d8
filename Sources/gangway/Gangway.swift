// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayServer

@main
struct Gangway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gangway", abstract: "Brings business customers aboard the WhatsApp Business Platform.",
        discussion: """
            Begin with `gangway demo`, or with `gangway serve` and, in another shell, `gangway onboard`.

            Every setting of serve is a flag, a variable GANGWAY_… and a key of a JSON config file; flags win, then the \
            environment, then the file. Commands that talk to a running server take --data of a test world, or GANGWAY_URL \
            and GANGWAY_KEY. Data goes to standard output, remarks and errors to standard error. Exit codes: 0 done, 1 \
            failed, 2 somebody must act, 64 wrong usage.
            """,
        version: Version.text,
        subcommands: [
            ServeCommand.self, SandboxCommand.self, DemoCommand.self, OnboardCommand.self, PartnersCommand.self,
            KeysCommand.self, AppsCommand.self, WABAsCommand.self, NumbersCommand.self, ActivationsCommand.self,
            CommentsCommand.self, AuditCommand.self, DoctorCommand.self, NoveltiesCommand.self, ReplayCommand.self,
            ClockCommand.self, ConformCommand.self, MigrateCommand.self,
        ])
}

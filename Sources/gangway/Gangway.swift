// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayServer

@main
struct Gangway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gangway", abstract: "Brings business customers aboard the WhatsApp Business Platform.",
        version: Version.text, subcommands: [ServeCommand.self, SandboxCommand.self, DemoCommand.self])
}

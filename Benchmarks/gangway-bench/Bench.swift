// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "gangway-bench")
}

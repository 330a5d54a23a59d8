// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

@main
struct Gangway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gangway", abstract: "Onboards business customers to the WhatsApp Business Platform.")
}

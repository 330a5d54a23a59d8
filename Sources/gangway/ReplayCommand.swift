// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import FoundationEssentials
import GangwayClient

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Turns a recorded onboarding into a scenario in which it fails the same way.",
        discussion: """
            gangway replay onb_… --out replay.json --url https://gangway.example.com
            gangway sandbox rehearse --file replay.json
            gangway onboard --data ./gangway-data

            Each refusal and each lost answer strikes the same call again. The file holds no id, name, number, token or code: \
            it may be shown to others. What was set on the server (currency, credit line, approved business) is not in it.

            Exit codes: 0 written; 1 refused or no such server; 64 wrong usage.
            """)

    @OptionGroup var server: ClientOptions
    @Argument(help: "onb_…") var id: String
    @Option(help: "File to write (default: standard output).") var out: String?

    func run() async throws {
        let text = try await server.connect(as: .operator).client.replayText(of: id) + "\n"
        guard let out else { return StandardOutput.write(text) }
        try Data(text.utf8).write(to: URL(filePath: out), options: .atomic)
    }
}

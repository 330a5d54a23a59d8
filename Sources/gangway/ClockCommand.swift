// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

struct ClockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: "Shows and moves the test world's clock; needs an operator key.",
        discussion: """
            gangway clock advance 72h --data ./gangway-data

            Moves Gangway's timers and the simulator together, on every node: retries, waits for a date, expiries. The live \
            world's clock cannot be moved.

            Exit codes: 0 done; 1 refused or no such server; 64 wrong usage.
            """,
        subcommands: [Show.self, Advance.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows what time it is in the test world.")
        @OptionGroup var server: ClientOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            try await ClockCommand.print(server.connect(as: .operator).client.clock(), json: json)
        }
    }

    struct Advance: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Moves the clock forward; time never runs back.")
        @OptionGroup var server: ClientOptions
        @Argument(help: "How far: 90s, 15m, 72h, 14d, or several such as 1d12h.") var step: TimeSpan
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let client = try server.connect(as: .operator).client
            try await ClockCommand.print(client.advanceClock(bySeconds: step.seconds), json: json)
        }
    }

    static func print(_ clock: ClockView, json: Bool) throws {
        if json { return try JSONOutput.write(clock) }
        let ahead = TimeSpan(seconds: clock.offsetSeconds)
        StandardOutput.write(Table.card([("now", clock.now), ("ahead by", ahead.description)]))
    }
}

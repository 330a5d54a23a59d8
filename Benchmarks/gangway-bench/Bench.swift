// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gangway-bench",
        abstract: "Measures the release server as a child process, each figure beside its yardstick in the same run.",
        subcommands: [
            AllCommand.self, IntakeCommand.self, OnboardingsCommand.self, StartupCommand.self, SandboxCommand.self,
            ListsCommand.self,
        ],
        defaultSubcommand: AllCommand.self)
}

struct AllCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "all", abstract: "Every benchmark, one after the other.")

    @OptionGroup var options: CommonOptions
    @OptionGroup var intake: IntakeOptions
    @OptionGroup var onboardings: OnboardingOptions
    @OptionGroup var startup: StartupOptions

    func run() async throws {
        Report.machine()
        try await Workspace.use { workspace in
            try await intake.run(options, in: workspace)
            try await OnboardingBench(options: options, onboardings: onboardings).run(in: workspace)
            try await StartupBench(options: options, startup: startup).run(in: workspace)
        }
    }
}

struct IntakeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "intake", abstract: "Durable notifications a second, beside an empty POST of the same server.")

    @OptionGroup var options: CommonOptions
    @OptionGroup var intake: IntakeOptions

    func run() async throws {
        Report.machine()
        try await Workspace.use { try await intake.run(options, in: $0) }
    }
}

struct OnboardingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "onboardings", abstract: "Onboardings a second, beside the same Graph calls made bare.")

    @OptionGroup var options: CommonOptions
    @OptionGroup var onboardings: OnboardingOptions

    func run() async throws {
        Report.machine()
        try await Workspace.use { try await OnboardingBench(options: options, onboardings: onboardings).run(in: $0) }
    }
}

struct StartupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "startup", abstract: "Time from exec to ready on an existing database, and idle memory.")

    @OptionGroup var options: CommonOptions
    @OptionGroup var startup: StartupOptions

    func run() async throws {
        Report.machine()
        try await Workspace.use { try await StartupBench(options: options, startup: startup).run(in: $0) }
    }
}

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "The Graph simulator: start-up, node reads beside an empty route, long lists."
    )

    @OptionGroup var options: CommonOptions
    @OptionGroup var sandbox: SandboxBenchOptions

    func run() async throws {
        Report.machine()
        try await Workspace.use { try await SandboxBench(options: options, sandbox: sandbox).run(in: $0) }
    }
}

struct ListsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lists", abstract: "Lists and reports with a thousand onboardings and with a million.")

    @OptionGroup var options: CommonOptions
    @OptionGroup var lists: ListsOptions

    func run() async throws {
        Report.machine()
        try await Workspace.use { try await ListsBench(options: options, lists: lists).run(in: $0) }
    }
}

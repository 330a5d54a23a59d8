// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One run of the built `gangway`, as a shell would see it.
struct CLIProcess: Sendable {
    let exitCode: Int32
    let output: String
    let errors: String

    /// Beside the test bundle, where the same build leaves it.
    static var binary: URL {
        let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "gangway")
        if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
        return Repository.root.appending(path: ".build/debug/gangway")
    }

    static func run(
        _ arguments: String..., environment: [String: String] = [:], input: String = ""
    ) async throws -> CLIProcess {
        try await run(arguments, environment: environment, input: input)
    }

    /// Nothing of this process's environment reaches the child. Files, not pipes: nobody must keep reading them.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], input: String = ""
    ) async throws -> CLIProcess {
        try await run(binary, arguments, environment: environment, input: input)
    }

    /// A command line as a person would paste it.
    static func shell(_ line: String, environment: [String: String] = [:]) async throws -> CLIProcess {
        let path = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
        return try await run(
            URL(filePath: "/bin/sh"), ["-c", line], environment: path.merging(environment) { $1 }, input: "")
    }

    private static func run(
        _ executable: URL, _ arguments: [String], environment: [String: String], input: String
    ) async throws -> CLIProcess {
        try await withTemporaryFolder { folder in
            let paths = ["in", "out", "err"].map { folder.appending(path: $0) }
            try Data(input.utf8).write(to: paths[0])
            for path in paths.dropFirst() { try Data().write(to: path) }
            let process = Process()
            process.executableURL = executable
            process.arguments = arguments
            process.currentDirectoryURL = folder
            process.environment = environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { given, _ in given }
            process.standardInput = try FileHandle(forReadingFrom: paths[0])
            process.standardOutput = try FileHandle(forWritingTo: paths[1])
            process.standardError = try FileHandle(forWritingTo: paths[2])
            try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
                process.terminationHandler = { _ in ended.resume() }
                do {
                    try process.run()
                } catch {
                    process.terminationHandler = nil
                    ended.resume(throwing: error)
                }
            }
            return CLIProcess(
                exitCode: process.terminationStatus, output: try String(contentsOf: paths[1], encoding: .utf8),
                errors: try String(contentsOf: paths[2], encoding: .utf8))
        }
    }
}

enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
}

func withTemporaryFolder<T>(_ body: (URL) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gangway-cli-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

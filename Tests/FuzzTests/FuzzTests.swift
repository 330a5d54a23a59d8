// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Coverage-guided fuzzing of whatever reads bytes from outside. Source: Tests/Fuzz/README.md.
@Suite("Fuzzing", .timeLimit(.minutes(20)))
struct FuzzTests {
    /// Of one group, in seconds, spread over its targets.
    private static let groupSeconds = ProcessInfo.processInfo.environment["GANGWAY_SOAK"] == nil ? 20 : 600

    private static let executable: String = {
        let tests = Bundle.main.executableURL ?? URL(filePath: ProcessInfo.processInfo.arguments[0])
        return tests.deletingLastPathComponent().appending(path: "gangway-fuzz").path
    }()

    private static let corpora = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fuzz/Corpus")

    private struct Target: Sendable {
        let group: String
        let name: String
    }

    private func targets(in folder: URL) async throws -> [Target] {
        let list = try ChildProcess(
            Self.executable, ["--list"], errorsPath: folder.appending(path: "list.log").path, keepsOutput: true)
        return try await list.output(within: .seconds(60)).map { line in
            let words = line.split(separator: " ").map(String.init)
            return Target(group: try #require(words.first), name: try #require(words.last))
        }
    }

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fuzz-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    @Test("no bytes crash or hang a parser", arguments: ["json", "headers", "multipart"])
    func coverageGuided(_ group: String) async throws {
        try await withFolder { folder in
            let targets = try await targets(in: folder).filter { $0.group == group }
            // Rounded up: a second is the least that libFuzzer takes.
            let seconds = max(1, Self.groupSeconds / max(1, targets.count))
            for target in targets { try await fuzz(target, for: seconds, in: folder) }
        }
    }

    private func fuzz(_ target: Target, for seconds: Int, in folder: URL) async throws {
        let found = folder.appending(path: target.name)
        try FileManager.default.createDirectory(at: found, withIntermediateDirectories: true)
        let errors = folder.appending(path: "\(target.name).log").path
        let fuzzer = try ChildProcess(
            Self.executable,
            [
                target.name, found.path, Self.corpora.appending(path: target.name).path, "-seed=20261121",
                "-max_total_time=\(seconds)", "-timeout=10", "-rss_limit_mb=1024", "-max_len=8192", "-verbosity=1",
                "-print_final_stats=1", "-artifact_prefix=\(found.path)/",
            ], errorsPath: errors, keepsOutput: true)
        let exit = await fuzzer.exit(within: .seconds(seconds + 120))
        let log = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
        #expect(exit == .code(0), "\(target.name): \(log.suffix(2000))")
        #expect(log.contains("stat::number_of_executed_units"), "\(target.name) ran no input")
        #expect(log.contains("inline 8-bit counters"), "\(target.name) follows no coverage")
    }

    @Test("each target has a corpus, and each corpus a target")
    func corporaAreKnown() async throws {
        try await withFolder { folder in
            let names = try await targets(in: folder).map(\.name).sorted()
            let folders = try FileManager.default.contentsOfDirectory(atPath: Self.corpora.path).sorted()
            #expect(names == folders)
        }
    }
}

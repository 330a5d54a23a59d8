// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import Testing

/// The guides name what the code has: whoever adds a word to the API or an instrument adds it to them.
@Suite struct DocumentationTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The line of the table "Failure reasons" that begins with the reason.
    @Test(arguments: FailureReason.allCases)
    func `the API guide shows every failure reason with who acts and the remedy`(reason: FailureReason) throws {
        let remedy = reason.remedy
        let line = "| `\(reason.rawValue)` | \(remedy.actor.rawValue) | \(remedy.text) |"
        #expect(try Self.text("docs/api.md").contains(line))
    }

    @Test(arguments: EventType.allCases)
    func `the API guide lists every event type`(type: EventType) throws {
        #expect(try Self.text("docs/api.md").contains("| `\(type.rawValue)` |"))
    }

    @Test(arguments: PlanKind.allCases)
    func `the API guide lists every plan`(plan: PlanKind) throws {
        #expect(try Self.text("docs/api.md").contains("| `\(plan.rawValue)` |"))
    }

    @Test(arguments: StepKind.allCases)
    func `the API guide and the architecture name every step`(step: StepKind) throws {
        #expect(try Self.text("docs/api.md").contains("`\(step.rawValue)`"))
        #expect(try Self.text("docs/architecture.md").contains("| `\(step.rawValue)` |"))
    }

    /// Read from the one file that holds them.
    @Test func `the API guide lists every route of the native API`() throws {
        let guide = try Self.text("docs/api.md")
        let routes = try Self.text("Sources/NativeAPI/Routes.swift")
            .matches(of: /NativeRoute\(\.([a-z]+), "([^"]+)"/)
            .map { "| `\($0.output.1.uppercased()) /\($0.output.2)` |" }
        #expect(routes.count > 30)
        #expect(routes.filter { !guide.contains($0) } == [])
    }

    @Test func `the operator's guide lists every metric`() throws {
        let guide = try Self.text("docs/operate.md")
        let sources = Self.root.appending(path: "Sources").path
        let files = try #require(FileManager.default.enumerator(atPath: sources)).compactMap { $0 as? String }
        var metrics: Set<String> = []
        for file in files where file.hasSuffix(".swift") {
            let source = try Self.text("Sources/" + file)
            metrics.formUnion(source.matches(of: /"(gangway_[a-z_]*[a-z])"/).map { String($0.output.1) })
        }
        #expect(metrics.count > 10)
        #expect(metrics.filter { !guide.contains("`\($0)`") } == [])
    }

    @Test func `links between the guides lead somewhere`() throws {
        let folders = ["", "docs", "docs/dialects", "docs/decisions"]
        var broken: [String] = []
        for folder in folders {
            let path = Self.root.appending(path: folder).path
            for name in try FileManager.default.contentsOfDirectory(atPath: path) where name.hasSuffix(".md") {
                let file = folder.isEmpty ? name : "\(folder)/\(name)"
                for link in try Self.text(file).matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/) {
                    let target = URL(filePath: path).appending(path: String(link.output.1)).standardized
                    guard !FileManager.default.fileExists(atPath: target.path) else { continue }
                    broken.append("\(file): \(link.output.1)")
                }
            }
        }
        #expect(broken == [])
    }

    @Test func `the README shows how to run and how to test`() throws {
        let readme = try Self.text("README.md")
        let makefile = try Self.text("Makefile")
        for verb in ["run", "test"] {
            #expect(readme.contains("make \(verb)"))
            #expect(makefile.contains("\n\(verb):"))
        }
    }
}

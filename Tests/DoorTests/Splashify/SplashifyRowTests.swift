// SPDX-License-Identifier: Apache-2.0
import Conformance
import Foundation
import Testing

/// No documented row without something that replays it.
struct SplashifyRowTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func everyRowIsReplayedOrSaysWhyNot() throws {
        let cases = Set(Dialect.splashify.cases.map(\.id))
        let sources = try testSources()
        for row in SplashifyRow.all {
            switch row.proof {
            case .cases(let names):
                #expect(!names.isEmpty)
                for name in names { #expect(cases.contains(name), "\(row.page), \(row.row): no case \(name)") }
            case .tests(let names):
                #expect(!names.isEmpty)
                for name in names { #expect(sources.contains("func \(name)("), "\(row.page), \(row.row): no \(name)") }
            case .notVerified(let reason): #expect(!reason.isEmpty)
            }
        }
    }

    @Test func everyCaseBelongsToARow() {
        let named = Set(
            SplashifyRow.all.flatMap { row -> [String] in
                if case .cases(let names) = row.proof { names } else { [] }
            })
        let extra: Set = ["tp-signup/400/entry", "tp-signup/200/auto_subscribe", "tp-signup/4xx"]
        let catalogue: Set = ["cloud/message_templates", "cloud/flows", "cloud/template"]
        #expect(Set(Dialect.splashify.cases.map(\.id)) == named.union(extra).union(catalogue))
    }

    private func testSources() throws -> String {
        let folders = ["DoorTests/Splashify", "CrashTests", "GangwayServerTests"].map { Self.root.appending(path: $0) }
        return try folders.flatMap { folder in
            try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { $0.lastPathComponent.hasSuffix("Tests.swift") }
                .map { try String(contentsOf: $0, encoding: .utf8) }
        }.joined()
    }
}

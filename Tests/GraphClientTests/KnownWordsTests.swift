// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import GraphClient
import Testing

/// The watch for what Meta changes knows what Meta documents, of every operation of ours.
@Suite struct KnownWordsTests {
    @Test(arguments: DocumentedCall.all)
    func `a documented answer holds nothing new`(call: DocumentedCall) throws {
        let example = try Example(call.file, call.name)
        guard example.status == 200, let answer = JSONValue(parsing: example.answer) else { return }
        let found = MetaVocabulary.novelties(inAnswer: answer, of: call.operation)
        #expect(found.isEmpty, "\(found.map { "\($0.kind.rawValue) \($0.place) \($0.word)" })")
    }

    /// Read from the source, so that a new operation cannot be forgotten.
    @Test func `each operation is watched, or named as one that nothing is documented of`() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/GraphClient")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
            .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        var operations: Set<String> = []
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /static let operation = "([a-z_]+)"/) {
                operations.insert(String(match.output.1))
            }
        }
        #expect(operations.count > 40)
        #expect(operations.filter { !MetaVocabulary.watches($0) } == MetaVocabulary.undocumentedOperations)
    }
}

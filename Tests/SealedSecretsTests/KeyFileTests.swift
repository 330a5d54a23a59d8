// SPDX-License-Identifier: Apache-2.0
import Foundation
import SealedSecrets
import Testing

@Suite struct KeyFileTests {
    /// A folder of its own, removed afterwards.
    private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gangway-keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }

    private func write(_ text: String, to path: String, mode: Int = 0o600) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    private func mode(of path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `the first start creates a key for its owner alone, the next ones read it`() throws {
        try withFolder { folder in
            let path = folder + "/keys"
            let first = try KeyFile.loadOrCreate(path: path)
            #expect(try mode(of: path) == 0o600)
            let (wrapped, _) = try first.newDataKey()
            #expect(throws: Never.self) { try KeyFile.loadOrCreate(path: path).unwrap(wrapped) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["keys"])
        }
    }

    @Test func `an appended line wraps from then on, and the old one still unwraps`() throws {
        try withFolder { folder in
            let path = folder + "/keys"
            let old = try KeyFile.loadOrCreate(path: path)
            let (wrapped, _) = try old.newDataKey()
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try write("# made at install\n\n" + text + KeyFile.newLine(), to: path)
            let ring = try KeyFile.loadOrCreate(path: path)
            #expect(ring.newestID != old.newestID)
            #expect(throws: Never.self) { try ring.unwrap(wrapped) }
        }
    }

    @Test("files that others may read or write are refused", arguments: [0o640, 0o604, 0o660, 0o644, 0o602, 0o610])
    func permissions(mode: Int) throws {
        try withFolder { folder in
            let path = folder + "/keys"
            try write(KeyFile.newLine(), to: path, mode: mode)
            #expect(throws: KeyRingError.open(path: path, mode: UInt32(mode))) { try KeyFile.loadOrCreate(path: path) }
        }
    }

    @Test(
        "broken files are refused and never replaced",
        arguments: [
            ("", .noKeys), ("# nothing\n", .noKeys), ("kek_1\n", .malformedLine(1)),
            ("\nkek_1 YWJj\n", .malformedLine(2)),
            ("kek_1 not-base64\n", .malformedLine(1)),
        ] as [(String, KeyRingError)])
    func broken(text: String, expected: KeyRingError) throws {
        try withFolder { folder in
            let path = folder + "/keys"
            try write(text, to: path)
            #expect(throws: expected) { try KeyFile.loadOrCreate(path: path) }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        }
    }

    @Test func `a folder in the place of the file, or a missing folder, is an error`() throws {
        try withFolder { folder in
            #expect(throws: KeyRingError.self) { try KeyFile.loadOrCreate(path: folder) }
            #expect(throws: KeyRingError.self) { try KeyFile.loadOrCreate(path: folder + "/missing/keys") }
        }
    }

    @Test func `processes that start together agree on one key`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gangway-keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.path + "/keys"
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try KeyFile.loadOrCreate(path: path).newestID } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
    }
}

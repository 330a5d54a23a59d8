// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import SQLEngine
import StoreConformance
import Testing

@Suite("SQLite engine")
struct SQLiteEngineTests {
    @Test("keeps the contract", .timeLimit(.minutes(1)), arguments: EngineConformance.checks)
    func keepsContract(check: EngineCheck) async throws {
        try await withFile { path in
            try await check.run(
                EngineFixture(writeLanes: 1) { try await SQLiteEngine.open(path: path, logger: Logger(label: "test")) })
        }
    }

    /// SQLite documentation, PRAGMA synchronous: 2 is FULL. GRDB lowers it to 1 when it turns WAL on.
    @Test("keeps synchronous at FULL on the writer")
    func synchronousIsFull() async throws {
        try await withEngine { engine in
            let level = try await engine.write { try $0.query("PRAGMA synchronous")[0].values }
            #expect(level == [2])
            let mode = try await engine.write { try $0.query("PRAGMA journal_mode")[0].values }
            #expect(mode == ["wal"])
            let foreignKeys = try await engine.write { try $0.query("PRAGMA foreign_keys")[0].values }
            #expect(foreignKeys == [1])
        }
    }

    @Test("reports a full disk as storage and resumes when there is room", .timeLimit(.minutes(1)))
    func fullDisk() async throws {
        try await withEngine { engine in
            try await engine.migrate(["CREATE TABLE t (n INTEGER PRIMARY KEY, b BLOB)"])
            let pages = try await engine.write { try $0.query("PRAGMA page_count")[0].values[0] }
            guard case .integer(let count) = pages else { return #expect(Bool(false), "no page count") }
            _ = try await engine.write { try $0.query("PRAGMA max_page_count = \(count + 10)") }
            let blob = SQLValue.blob([UInt8](repeating: 7, count: 100_000))
            for number in 0..<2 {
                await #expect(throws: SQLError.storage("database or disk is full (13)")) {
                    try await engine.append("INSERT INTO t (n, b) VALUES (?, ?)", rows: [[.int(number), blob]])
                }
            }
            let rows = try await engine.read { try $0.query("SELECT n FROM t") }
            #expect(rows.isEmpty)
            _ = try await engine.write { try $0.query("PRAGMA max_page_count = 1000000") }
            try await engine.append("INSERT INTO t (n, b) VALUES (?, ?)", rows: [[1, blob]])
        }
    }

    @Test("does not wake listeners for a closure that was rolled back", .timeLimit(.minutes(1)))
    func rolledBackNotifyIsSilent() async throws {
        try await withEngine { engine in
            let stream = engine.wakeUps("work")
            struct Stop: Error {}
            await #expect(throws: Stop.self) {
                try await engine.write { tx in
                    try tx.notify("work")
                    throw Stop()
                }
            }
            await engine.close()
            var wakeUps = 0
            for await _ in stream { wakeUps += 1 }
            #expect(wakeUps == 0)
        }
    }

    @Test("leaves no write-ahead log behind when closed")
    func closingCheckpoints() async throws {
        try await withFile { path in
            let engine = try await SQLiteEngine.open(path: path, logger: Logger(label: "test"))
            try await engine.migrate(["CREATE TABLE t (b BLOB)"])
            let blob = SQLValue.blob([UInt8](repeating: 7, count: 1_000_000))
            for _ in 0..<6 { try await engine.append("INSERT INTO t (b) VALUES (?)", rows: [[blob]]) }
            await engine.close()
            let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
            #expect((log ?? 0) == 0)
        }
    }

    @Test("copies the write-ahead log into the database while it runs", .timeLimit(.minutes(1)))
    func checkpointsBeside() async throws {
        try await withFile { path in
            let engine = try await SQLiteEngine.open(path: path, logger: Logger(label: "test"))
            try await engine.migrate(["CREATE TABLE t (b BLOB)"])
            let blob = SQLValue.blob([UInt8](repeating: 7, count: 1 << 20))
            var size = 0
            // Nothing but the checkpointer writes to the file itself.
            while size < 4 << 20 {
                try await engine.append("INSERT INTO t (b) VALUES (?)", rows: [[blob]])
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                size = (attributes[.size] as? Int) ?? 0
            }
            await engine.close()
        }
    }

    @Test("begins the write-ahead log anew while rows keep coming", .timeLimit(.minutes(1)))
    func logStaysBounded() async throws {
        try await withFile { path in
            let engine = try await SQLiteEngine.open(path: path, logger: Logger(label: "test"))
            try await engine.migrate(["CREATE TABLE t (id IDENTITY, b BLOB)"])
            let blob = SQLValue.blob([UInt8](repeating: 7, count: 1 << 20))
            var written = 0
            var size = 0
            // 64 MiB begin it anew; what comes until then is added to the old one.
            while written < 256 {
                try await engine.append("INSERT INTO t (b) VALUES (?)", rows: [[blob], [blob], [blob], [blob]])
                try await engine.write { _ = try $0.execute("DELETE FROM t") }
                written += 4
                let attributes = try FileManager.default.attributesOfItem(atPath: path + "-wal")
                size = max(size, (attributes[.size] as? Int) ?? 0)
            }
            await engine.close()
            #expect(size > 1 << 20 && size < 160 << 20)
        }
    }

    private func withEngine(_ body: (SQLiteEngine) async throws -> Void) async throws {
        try await withFile { path in
            let engine = try await SQLiteEngine.open(path: path, logger: Logger(label: "test"))
            try await body(engine)
            await engine.close()
        }
    }

    private func withFile(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gangway-sql-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.appending(path: "test.sqlite").path)
    }
}

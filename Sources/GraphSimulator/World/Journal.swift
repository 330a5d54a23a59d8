// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The world on disk: one line per call that changed something, played back at the start.
/// A line is handed to the system before the answer leaves, so it survives the death of this process (not loss of power).
///
/// The file is rewritten from a snapshot when it has grown to several times what the world needs. Lines that come
/// meanwhile go to the old file, which stays valid to the end, and are repeated in the new one.
final class Journal {
    private let file: URL
    private var handle: FileHandle
    private let encoder = JSONEncoder()
    private var bytes: Int
    private var bytesAfterCompaction: Int
    private let smallestCompaction: Int
    /// Lines since a compaction began; nil while none is under way.
    private var tail: Data?

    private init(file: URL, handle: FileHandle, bytes: Int, smallestCompaction: Int) {
        self.file = file
        self.handle = handle
        self.bytes = bytes
        self.smallestCompaction = smallestCompaction
        bytesAfterCompaction = bytes
    }

    static func file(in directory: String) -> URL {
        URL(fileURLWithPath: directory, isDirectory: true).appendingPathComponent("graph-world.jsonl")
    }

    static func exists(in directory: String) -> Bool {
        FileManager.default.fileExists(atPath: file(in: directory).path)
    }

    /// Reads what is there, writes it back compacted, and stays open for more.
    static func open(
        directory: String, restoring state: inout WorldState, smallestCompaction: Int
    ) throws -> Journal {
        let folder = URL(fileURLWithPath: directory, isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = file(in: directory)
        if FileManager.default.fileExists(atPath: file.path) {
            for set in try WorldFile.changes(in: try Data(contentsOf: file), isJournal: true) { state.apply(set) }
            state.prune()
        }
        let bytes = try WorldFile.write(state, to: file)
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        return Journal(file: file, handle: handle, bytes: bytes, smallestCompaction: smallestCompaction)
    }

    func append(_ set: ChangeSet) throws {
        var line = try encoder.encode(set)
        line.append(0x0A)
        try handle.write(contentsOf: line)
        bytes += line.count
        tail?.append(line)
    }

    /// Forgets everything and starts again from the given state.
    func restart(from state: WorldState) throws {
        tail = nil
        bytes = try WorldFile.write(state, to: file)
        bytesAfterCompaction = bytes
        try reopen()
    }

    // MARK: Compaction

    var wantsCompaction: Bool { tail == nil && bytes > max(smallestCompaction, 4 * bytesAfterCompaction) }

    /// From here on lines are kept for the new file too.
    func beginCompaction() -> URL {
        tail = Data()
        return file.appendingPathExtension("new")
    }

    /// Puts the written snapshot in the place of the old file; with nil, or after a restart meanwhile, drops it.
    func endCompaction(_ written: URL, bytes count: Int?) throws {
        defer { tail = nil }
        guard let lines = tail, let count else {
            try? FileManager.default.removeItem(at: written)
            // Not tried again with every line while the disk is full.
            bytesAfterCompaction = bytes
            return
        }
        let new = try FileHandle(forWritingTo: written)
        try new.seekToEnd()
        try new.write(contentsOf: lines)
        try WorldFile.move(written, over: file)
        try? handle.close()
        handle = new
        bytes = count + lines.count
        bytesAfterCompaction = count
    }

    private func reopen() throws {
        try? handle.close()
        handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
    }
}

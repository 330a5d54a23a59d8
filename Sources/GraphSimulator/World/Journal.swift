// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The world on disk: one line per call that changed something, played back at the start.
/// A line is handed to the system before the answer leaves, so it survives the death of this process (not loss of power).
final class Journal {
    private let handle: FileHandle
    private let encoder = JSONEncoder()

    private init(handle: FileHandle) { self.handle = handle }

    /// Reads what is there, writes it back compacted, and stays open for more.
    static func open(directory: String, restoring state: inout WorldState) throws -> Journal {
        let files = FileManager.default
        let folder = URL(fileURLWithPath: directory, isDirectory: true)
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent("graph-world.jsonl")
        if files.fileExists(atPath: file.path) { try restore(from: file, into: &state) }
        var lines = Data()
        let encoder = JSONEncoder()
        for set in state.snapshot() {
            lines.append(try encoder.encode(set))
            lines.append(0x0A)
        }
        try lines.write(to: file, options: .atomic)
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        return Journal(handle: handle)
    }

    private static func restore(from file: URL, into state: inout WorldState) throws {
        let decoder = JSONDecoder()
        let bytes = try Data(contentsOf: file)
        let lines = bytes.split(separator: 0x0A)
        // A line without its end was never answered for.
        let whole = bytes.last == 0x0A ? lines[...] : lines.dropLast()
        for line in whole { state.apply(try decoder.decode(ChangeSet.self, from: line)) }
    }

    func append(_ set: ChangeSet) throws {
        var line = try encoder.encode(set)
        line.append(0x0A)
        try handle.write(contentsOf: line)
    }

    /// Forgets everything and starts again from the given state.
    func restart(from state: WorldState) throws {
        try handle.truncate(atOffset: 0)
        for set in state.snapshot() { try append(set) }
    }
}

extension WorldState {
    /// The whole world in lines of bounded size.
    func snapshot() -> [ChangeSet] {
        var head = ChangeSet()
        head.pinKey = pinKey
        head.clockOffset = clock.offset
        head.effects = effects
        head.subscriptions = Array(appSubscriptions.values)
        head.allocations = Array(allocations.values)
        head.solutions = Array(solutions.values)
        head.certifications = Array(certifications.values)
        var sets = [head]
        func add<Value>(_ values: some Collection<Value>, _ list: WritableKeyPath<ChangeSet, [Value]?>) {
            let all = Array(values)
            for start in stride(from: 0, to: all.count, by: 500) {
                var set = ChangeSet()
                set[keyPath: list] = Array(all[start..<min(start + 500, all.count)])
                sets.append(set)
            }
        }
        add(businesses.values, \.businesses)
        add(wabas.values, \.wabas)
        add(phoneNumbers.values, \.phoneNumbers)
        add(codes.values, \.codes)
        add(tokens.values, \.tokens)
        add(events.values, \.events)
        let day: Milliseconds = 86_400_000
        let recent = inbound.filter { $0.value > now - day }
        add(
            recent.map { key, at in
                let halves = key.split(separator: "/")
                return InboundMessage(phoneNumberID: String(halves[0]), from: String(halves.last ?? ""), at: at)
            }, \.inbound)
        return sets
    }
}

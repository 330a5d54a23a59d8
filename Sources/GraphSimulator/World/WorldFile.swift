// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A world as JSON lines: the journal, and what an export holds. The first line says what it is.
enum WorldFile {
    struct Header: Codable, Equatable {
        var format = "gangway-sandbox-world"
        var version = 1
    }

    struct Failure: Error {
        /// Counted from 1.
        var line: Int
        var message: String
    }

    /// `isJournal`: a last line without its end was never answered for and is passed over.
    static func changes(in bytes: Data, isJournal: Bool) throws(Failure) -> [ChangeSet] {
        let decoder = JSONDecoder()
        var lines = bytes.split(separator: 0x0A)[...]
        if isJournal, bytes.last != 0x0A { lines = lines.dropLast() }
        guard let first = lines.popFirst() else {
            if isJournal { return [] }
            throw Failure(line: 1, message: "an exported world expected")
        }
        guard (try? decoder.decode(Header.self, from: first)) == Header() else {
            throw Failure(line: 1, message: "an exported world of version 1 expected")
        }
        var sets: [ChangeSet] = []
        sets.reserveCapacity(lines.count)
        for (index, line) in lines.enumerated() {
            do {
                sets.append(try decoder.decode(ChangeSet.self, from: line))
            } catch {
                throw Failure(line: index + 2, message: "not a line of an exported world")
            }
        }
        return sets
    }

    /// Hands the whole world over in pieces of bounded size.
    static func encode(_ state: WorldState, _ take: (Data) throws -> Void) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try take(try encoder.encode(Header()) + Data([0x0A]))
        for set in state.snapshot() {
            var line = try encoder.encode(set)
            line.append(0x0A)
            try take(line)
        }
    }

    /// Replaces the file whole, or leaves it as it was. Returns the bytes written.
    @discardableResult
    static func write(_ state: WorldState, to file: URL) throws -> Int {
        let new = file.appendingPathExtension("new")
        let count = try writeAside(state, to: new)
        try move(new, over: file)
        return count
    }

    static func writeAside(_ state: WorldState, to new: URL) throws -> Int {
        guard FileManager.default.createFile(atPath: new.path, contents: nil) else {
            throw CocoaError(.fileWriteUnknown)
        }
        let handle = try FileHandle(forWritingTo: new)
        defer { try? handle.close() }
        var count = 0
        try encode(state) { piece in
            try handle.write(contentsOf: piece)
            count += piece.count
        }
        return count
    }

    /// Whoever opens `to` finds the old file or the new one, never none.
    static func move(_ from: URL, over to: URL) throws {
        guard rename(from.path, to.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}

extension WorldState {
    /// The whole world in lines of bounded size, in an order that the indexes take in without moving anything.
    func snapshot() -> [ChangeSet] {
        var head = ChangeSet()
        head.pinKey = pinKey
        head.clock = clock
        head.rehearsal = rehearsal
        head.faults = faults.map(FaultRecord.init)
        head.effects = effects
        head.subscriptions = appSubscriptions.values.sorted { $0.appID < $1.appID }
        head.solutions = solutions.values.sorted { $0.id < $1.id }
        head.certifications = certifications.values.sorted { $0.id < $1.id }
        var sets = [head]
        func add<Value>(_ all: [Value], _ list: WritableKeyPath<ChangeSet, [Value]?>) {
            for start in stride(from: 0, to: all.count, by: 500) {
                var set = ChangeSet()
                set[keyPath: list] = Array(all[start..<min(start + 500, all.count)])
                sets.append(set)
            }
        }
        add(businesses.values.sorted { $0.id < $1.id }, \.businesses)
        add(
            wabas.values.sorted { ($0.creationTimeSeconds, $0.id) < ($1.creationTimeSeconds, $1.id) },
            \.wabas)
        add(phoneNumbers.values.sorted { $0.id < $1.id }, \.phoneNumbers)
        add(codes.values.sorted { $0.value < $1.value }, \.codes)
        add(tokens.values.sorted { $0.value < $1.value }, \.tokens)
        add(allocations.values.sorted { $0.id < $1.id }, \.allocations)
        add(events.values.sorted { $0.id < $1.id }, \.events)
        let recent = inbound.filter { now - $0.value < Self.serviceWindow }.sorted { $0.key < $1.key }
        add(
            recent.map { key, at in
                let halves = key.split(separator: "/")
                return InboundMessage(phoneNumberID: String(halves[0]), from: String(halves.last ?? ""), at: at)
            }, \.inbound)
        return sets
    }
}

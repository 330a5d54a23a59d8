// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// The one world of a simulator: every call runs alone, and what it changed is written before its answer is known.
final class World: Sendable {
    private struct Contents: ~Copyable {
        var state: WorldState
        var journal: Journal?
        var changesSincePruning = 0
    }

    private let contents: Mutex<Contents>
    /// Yields when the pump should look again.
    let eventsAreWaiting: AsyncStream<Void>
    private let announce: AsyncStream<Void>.Continuation
    private let faultsArePlanned = Atomic(false)
    private static let changesBetweenPrunings = 10_000

    /// Reads the kept world, or makes the one that the configuration describes.
    init(configuration: SimulatorConfiguration) throws {
        (eventsAreWaiting, announce) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        var state: WorldState
        var journal: Journal?
        if let directory = configuration.dataDirectory {
            let isKept = Journal.exists(in: directory)
            state = isKept ? try WorldState(bare: configuration) : try WorldState(beginning: configuration)
            journal = try Journal.open(
                directory: directory, restoring: &state, smallestCompaction: configuration.smallestCompactionBytes)
            state.useConfiguredCallback()
        } else {
            state = try WorldState(beginning: configuration)
        }
        state.beginNoting()
        faultsArePlanned.store(!state.faults.isEmpty, ordering: .releasing)
        contents = Mutex(Contents(state: state, journal: journal))
        // Whether kept or new, and told to the journal.
        try change { state in
            Result { () throws(ControlFailure) in try state.takeUpConfiguration() }
        }.get()
        MemoryPressure.returnUnused()
    }

    /// False spares a call the search for rules that strike it.
    var hasFaults: Bool { faultsArePlanned.load(ordering: .acquiring) }

    /// Runs one change alone. Throws only when the change could not be written down.
    func change<Value: Sendable>(_ body: (inout WorldState) -> Value) throws -> Value {
        let (value, hasNews, compaction) = try contents.withLock { contents in
            let value = body(&contents.state)
            var compaction: Compaction?
            if contents.state.hasChanges {
                let changes = contents.state.takeChanges()
                if changes.faults != nil || changes.endedFaults != nil {
                    faultsArePlanned.store(!contents.state.faults.isEmpty, ordering: .releasing)
                }
                try contents.journal?.append(changes)
                compaction = Self.tidy(&contents)
            }
            return (value, !contents.state.newEventIDs.isEmpty, compaction)
        }
        if hasNews { announce.yield() }
        if let compaction { compact(compaction) }
        return value
    }

    func read<Value: Sendable>(_ body: (borrowing WorldState) -> Value) -> Value {
        contents.withLock { body($0.state) }
    }

    /// The world as it is now, to be looked at without holding up calls.
    var snapshot: WorldState { contents.withLock { $0.state } }

    /// The pump looks again, as after a step of the clock.
    func wakePump() { announce.yield() }

    /// Back to how the world began.
    func reset() throws {
        let configuration = contents.withLock { $0.state.configuration }
        try replace { _ in
            var state = try WorldState(beginning: configuration)
            try state.takeUpConfiguration()
            return state
        }
    }

    /// Puts another world in the place of this one. Events of the two never share an id: some may be under way.
    func replace(with make: (_ firstEventID: Int64) throws -> WorldState) throws {
        try contents.withLock { contents in
            let last = contents.state.lastEventID
            var state = try make(last + 1)
            state.lastEventID = max(state.lastEventID, last)
            state.beginNoting()
            try contents.journal?.restart(from: state)
            contents.state = state
            faultsArePlanned.store(!state.faults.isEmpty, ordering: .releasing)
        }
        announce.yield()
        MemoryPressure.returnUnused()
    }

    // MARK: Keeping it small

    private struct Compaction {
        let state: WorldState
        let file: URL
    }

    private static func tidy(_ contents: inout Contents) -> Compaction? {
        contents.changesSincePruning += 1
        if contents.changesSincePruning >= changesBetweenPrunings {
            contents.changesSincePruning = 0
            contents.state.prune()
        }
        guard let journal = contents.journal, journal.wantsCompaction else { return nil }
        return Compaction(state: contents.state, file: journal.beginCompaction())
    }

    /// On a thread of its own: writing blocks, and calls go on meanwhile.
    private func compact(_ compaction: Compaction) {
        Thread.detachNewThread { [self] in
            let bytes = try? WorldFile.writeAside(compaction.state, to: compaction.file)
            contents.withLock { contents in
                // The old file stays valid when the new one cannot take its place.
                try? contents.journal?.endCompaction(compaction.file, bytes: bytes)
            }
        }
    }
}

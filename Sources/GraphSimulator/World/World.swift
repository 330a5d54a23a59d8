// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The one world of a simulator: every call runs alone, and what it changed is written before its answer is known.
final class World: Sendable {
    private struct Contents: ~Copyable {
        var state: WorldState
        var journal: Journal?
    }

    private let contents: Mutex<Contents>
    /// Yields when the pump should look again.
    let eventsAreWaiting: AsyncStream<Void>
    private let announce: AsyncStream<Void>.Continuation

    init(configuration: SimulatorConfiguration) throws {
        (eventsAreWaiting, announce) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        var state = WorldState(configuration: configuration)
        state.createFixtures()
        var journal: Journal?
        if let directory = configuration.dataDirectory {
            journal = try Journal.open(directory: directory, restoring: &state)
            state.useConfiguredCallback()
        }
        contents = Mutex(Contents(state: state, journal: journal))
    }

    /// Runs one change alone. Throws only when the change could not be written down.
    func change<Value: Sendable>(_ body: (inout WorldState) -> Value) throws -> Value {
        let (value, hasNews) = try contents.withLock { contents in
            let value = body(&contents.state)
            let changes = contents.state.takeChanges()
            if let journal = contents.journal, !changes.isEmpty { try journal.append(changes) }
            return (value, !contents.state.newEventIDs.isEmpty)
        }
        if hasNews { announce.yield() }
        return value
    }

    func read<Value: Sendable>(_ body: (borrowing WorldState) -> Value) -> Value {
        contents.withLock { body($0.state) }
    }

    /// The pump looks again, as after a step of the clock.
    func wakePump() { announce.yield() }

    func reset() throws {
        try contents.withLock { contents in
            var state = WorldState(configuration: contents.state.configuration)
            state.lastEventID = contents.state.lastEventID
            state.createFixtures()
            _ = state.takeChanges()
            contents.state = state
            try contents.journal?.restart(from: state)
        }
        announce.yield()
    }
}

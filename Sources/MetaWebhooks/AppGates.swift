// SPDX-License-Identifier: Apache-2.0
import Domain
import Hummingbird
import Services
import Synchronization

/// Finds an app's gate by the id in the path, in whichever world has it.
final class AppGates: Sendable {
    private struct Entry {
        let gate: AppGate
        let counters: IntakeCounters
    }

    private let worlds: [WorldServices]
    private let entries = Mutex<[AppID: Entry]>([:])
    private let strangers = IntakeCounters(app: "unknown")

    init(worlds: [WorldServices]) { self.worlds = worlds }

    /// Nil for an app that no world has; throws when a world cannot be asked.
    func find(_ text: String?) async throws -> AppGate? {
        guard let text, let app = AppID(validating: text) else { return nil }
        let known = entries.withLock { $0[app] }
        if let known, let current = try await read(app, known.gate.notifications) {
            return known.gate.isCurrent(current) ? known.gate : keep(app, current, known.gate.notifications)
        }
        for world in worlds {
            if let gate = try await read(app, world.notifications) { return keep(app, gate, world.notifications) }
        }
        return nil
    }

    /// Counts under the app only if it is known: labels must stay few.
    func refuse(_ result: IntakeResult, app: String?) -> Response {
        let known = app.flatMap { AppID(validating: $0) }.flatMap { app in entries.withLock { $0[app] } }
        (known?.counters ?? strangers).count(result)
        return result.response
    }

    private func read(_ app: AppID, _ notifications: Notifications) async throws -> Notifications.Gate? {
        do {
            return try await notifications.gate(for: app)
        } catch ServiceError.appNotFound {
            return nil
        }
    }

    private func keep(_ app: AppID, _ gate: Notifications.Gate, _ notifications: Notifications) -> AppGate {
        entries.withLock { entries in
            let counters = entries[app]?.counters ?? IntakeCounters(app: app.rawValue)
            let made = AppGate(app: app, gate: gate, notifications: notifications, counters: counters)
            entries[app] = Entry(gate: made, counters: counters)
            return made
        }
    }
}

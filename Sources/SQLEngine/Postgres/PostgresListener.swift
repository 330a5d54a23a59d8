// SPDX-License-Identifier: Apache-2.0
import CPostgres
import Foundation
import Logging
import Synchronization

/// The connection that hears other nodes' wake-ups; started by the first listener.
///
/// `@unchecked Sendable`: `connection` is confined to the listener's thread, the rest is immutable or locked.
final class PostgresListener: @unchecked Sendable {
    private enum State {
        case idle
        case running(EngineThread)
        case closed
    }

    /// Silence after which the connection is probed: a dead LISTEN looks like a quiet one.
    private static let probeIntervalMilliseconds: CInt = 30_000

    private let settings: PostgresSettings
    private let hub: WakeUpHub
    private let logger: Logger
    private let connection: PostgresConnection
    private let state = Mutex(State.idle)
    private let closing: (read: CInt, write: CInt)

    init(settings: PostgresSettings, hub: WakeUpHub, logger: Logger) throws(SQLError) {
        self.settings = settings
        self.hub = hub
        self.logger = logger
        connection = PostgresConnection(settings: settings)
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .busy("no file descriptors left") }
        closing = (ends[0], ends[1])
    }

    deinit {
        closeDescriptor(closing.read)
        closeDescriptor(closing.write)
    }

    func startIfNeeded() {
        state.withLock { state in
            guard case .idle = state else { return }
            state = .running(EngineThread(name: "postgres-listen") { [self] in serve() })
        }
    }

    func requestClose() { _ = write(closing.write, "x", 1) }

    func close() async {
        let thread: EngineThread? = state.withLock { state in
            defer { state = .closed }
            guard case .running(let thread) = state else { return nil }
            return thread
        }
        requestClose()
        await thread?.end()
    }

    private func serve() {
        var pauseMilliseconds: CInt = 50
        while true {
            do {
                try connection.connect()
                try connection.simple("LISTEN \(PostgresSettings.quoted(settings.channel))")
                pauseMilliseconds = 50
                // What was sent while nobody listened is gone: everyone looks once.
                hub.wakeAll()
                try listen()
                connection.disconnect()
                return
            } catch {
                logger.warning("wake-ups interrupted", metadata: ["error": "\(error.error)"])
                connection.disconnect()
            }
            guard !isClosing(waitMilliseconds: pauseMilliseconds) else { return }
            pauseMilliseconds = min(pauseMilliseconds * 2, 2_000)
        }
    }

    private func isClosing(waitMilliseconds: CInt) -> Bool {
        var descriptor = pollfd(fd: closing.read, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, waitMilliseconds) > 0
    }

    /// Returns when the engine closes; throws when the connection is lost.
    private func listen() throws(PostgresFailure) {
        while true {
            deliver()
            var descriptors = [
                pollfd(fd: PQsocket(connection.handle), events: Int16(POLLIN), revents: 0),
                pollfd(fd: closing.read, events: Int16(POLLIN), revents: 0),
            ]
            let ready = poll(&descriptors, 2, Self.probeIntervalMilliseconds)
            if descriptors[1].revents != 0 { return }
            if ready == 0 { try connection.simple("SELECT 1") }
            guard PQconsumeInput(connection.handle) == 1, PQstatus(connection.handle) == CONNECTION_OK else {
                throw .lost("the listening connection was lost")
            }
        }
    }

    private func deliver() {
        var channels: Set<String> = []
        while let notification = PQnotifies(connection.handle) {
            channels.insert(String(cString: notification.pointee.extra))
            PQfreemem(notification)
        }
        hub.wake(channels)
    }
}

/// Outside the class, whose own `close` hides the system's.
private func closeDescriptor(_ descriptor: CInt) { _ = close(descriptor) }

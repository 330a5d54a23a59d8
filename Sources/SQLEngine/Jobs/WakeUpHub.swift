// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// This process's listeners by channel.
final class WakeUpHub: Sendable {
    private struct State {
        var listeners: [String: [UInt64: AsyncStream<Void>.Continuation]] = [:]
        var nextID: UInt64 = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    /// A stream that keeps at most one unread wake-up.
    func stream(_ channel: String) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id: UInt64? = state.withLock { state in
            guard !state.isClosed else { return nil }
            state.nextID += 1
            state.listeners[channel, default: [:]][state.nextID] = continuation
            return state.nextID
        }
        guard let id else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in self?.remove(id, from: channel) }
        return stream
    }

    func wake(_ channels: some Sequence<String>) {
        for channel in channels {
            let listeners = state.withLock { $0.listeners[channel].map { Array($0.values) } ?? [] }
            for listener in listeners { listener.yield() }
        }
    }

    func wakeAll() { wake(state.withLock { Array($0.listeners.keys) }) }

    func close() {
        let listeners = state.withLock { state in
            state.isClosed = true
            let listeners = state.listeners.values.flatMap { $0.values }
            state.listeners = [:]
            return listeners
        }
        for listener in listeners { listener.finish() }
    }

    private func remove(_ id: UInt64, from channel: String) {
        state.withLock { state in
            state.listeners[channel]?[id] = nil
            if state.listeners[channel]?.isEmpty == true { state.listeners[channel] = nil }
        }
    }
}

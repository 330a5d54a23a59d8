// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// A server's word that it is up, and the wish that it ends: each said once, heard by many.
final class ReadySignal: Sendable {
    private struct State {
        var result: Result<RunningServer, any Error>?
        var waiters: [CheckedContinuation<RunningServer, any Error>] = []
        var isStopRequested = false
        var stopWaiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func value() async throws -> RunningServer {
        try await withCheckedThrowingContinuation { continuation in
            let result = state.withLock { state in
                if state.result == nil { state.waiters.append(continuation) }
                return state.result
            }
            if let result { continuation.resume(with: result) }
        }
    }

    func succeed(_ server: RunningServer) { settle(.success(server)) }

    /// Does nothing when the server was up already.
    func fail(_ error: any Error) { settle(.failure(error)) }

    private func settle(_ result: Result<RunningServer, any Error>) {
        let waiters = state.withLock { state in
            guard state.result == nil else { return [CheckedContinuation<RunningServer, any Error>]() }
            state.result = result
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(with: result) }
    }

    func requestStop() {
        let waiter = state.withLock { state in
            state.isStopRequested = true
            defer { state.stopWaiter = nil }
            return state.stopWaiter
        }
        waiter?.resume()
    }

    /// Returns when a stop is wished or the task is cancelled.
    func stopRequested() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if !state.isStopRequested { state.stopWaiter = continuation }
                    return state.isStopRequested
                }
                if isOver { return continuation.resume() }
                if Task.isCancelled { requestStop() }
            }
        } onCancel: {
            requestStop()
        }
    }
}

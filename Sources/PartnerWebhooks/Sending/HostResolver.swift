// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix
import Synchronization

/// Looks hosts up on threads of its own: once for all who ask at the same time, and for a few seconds after.
///
/// A short memory is safe, because the address that is judged is the address that is dialled.
final class HostResolver: Sendable {
    enum Failure: Error {
        case noAddress
        case timeout
    }

    private typealias Waiter = CheckedContinuation<[IPAddress], any Error>

    private struct State {
        var known: [String: (addresses: [IPAddress], until: NIODeadline)] = [:]
        var waiters: [String: [UInt64: Waiter]] = [:]
        var nextWaiter: UInt64 = 0
    }

    private static let knownCountMax = 2048
    private let lookup: any HostLookup
    private let memory: TimeAmount
    private let timers: any EventLoopGroup
    private let threads: NIOThreadPool
    private let state = Mutex(State())

    init(lookup: any HostLookup, memory: TimeAmount, timers: any EventLoopGroup, threadCount: Int = 16) {
        self.lookup = lookup
        self.memory = memory
        self.timers = timers
        threads = NIOThreadPool(numberOfThreads: threadCount)
        threads.start()
    }

    func shutDown() async { try? await threads.shutdownGracefully() }

    /// Never empty. Throws `Failure` or `CancellationError`.
    func addresses(of host: String, deadline: NIODeadline) async throws -> [IPAddress] {
        if let address = IPAddress(host) { return [address] }
        let (known, id) = state.withLock { state in
            state.nextWaiter += 1
            return (state.known[host], state.nextWaiter)
        }
        if let known, known.until > .now() { return known.addresses }
        let timer = timers.any().scheduleTask(deadline: deadline) {
            self.take(id, of: host)?.resume(throwing: Failure.timeout)
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wait(for: host, as: id, waiter: $0, deadline: deadline) }
        } onCancel: {
            take(id, of: host)?.resume(throwing: CancellationError())
        }
    }

    private func wait(for host: String, as id: UInt64, waiter: Waiter, deadline: NIODeadline) {
        let (known, isFirst) = state.withLock { state -> ([IPAddress]?, Bool) in
            // A lookup may have ended since the caller looked.
            if let known = state.known[host], known.until > .now() { return (known.addresses, false) }
            let isFirst = state.waiters[host] == nil
            state.waiters[host, default: [:]][id] = waiter
            return (nil, isFirst)
        }
        if let known {
            waiter.resume(returning: known)
            return
        }
        // The handler or the timer may have run before there was anything to take.
        if Task.isCancelled { take(id, of: host)?.resume(throwing: CancellationError()) }
        if deadline <= .now() { take(id, of: host)?.resume(throwing: Failure.timeout) }
        guard isFirst else { return }
        threads.submit { [lookup] poolState in
            self.finish(host, addresses: poolState == .active ? lookup.addresses(of: host) : [])
        }
    }

    private func finish(_ host: String, addresses: [IPAddress]) {
        let waiters = state.withLock { state in
            if !addresses.isEmpty && memory > .zero {
                let now = NIODeadline.now()
                if state.known.count >= Self.knownCountMax { state.known = state.known.filter { $0.value.until > now } }
                if state.known.count >= Self.knownCountMax { state.known.removeAll() }
                state.known[host] = (addresses, now + memory)
            }
            return state.waiters.removeValue(forKey: host) ?? [:]
        }
        for waiter in waiters.values {
            if addresses.isEmpty {
                waiter.resume(throwing: Failure.noAddress)
            } else {
                waiter.resume(returning: addresses)
            }
        }
    }

    /// Keeps the host's entry even when its last waiter has gone: a lookup is still under way.
    private func take(_ id: UInt64, of host: String) -> Waiter? {
        state.withLock { $0.waiters[host]?.removeValue(forKey: id) }
    }
}

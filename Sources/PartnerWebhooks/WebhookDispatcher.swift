// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Logging
import Metrics
import ServiceLifecycle
package import Store
import Synchronization

/// Sends deliveries that are due, again and again until the receiver has them or the schedule ends. One a node and world.
///
/// At least once: a node that dies between sending and settling has its deliveries sent again, with the same `webhook-id`.
package final class WebhookDispatcher: Service {
    private struct State {
        var lanes: Lanes
        var targets = TargetCache()
        /// Claimed and not yet settled.
        var claims: [DeliveryID: ClaimID] = [:]
        var requests: [DeliveryID: Task<Void, Never>] = [:]
        var isDraining = false
        var hasStrays = false
        var whenIdle: CheckedContinuation<Void, Never>?
    }

    private let store: Store
    private let node: NodeID
    private let transport: GuardedTransport
    private let settings: WebhookSettings
    private let logger: Logger
    private let onSettled: @Sendable ([Settlement], Settled) -> Void
    private let bell = Doorbell()
    private let state: Mutex<State>

    package convenience init(
        store: Store, node: NodeID, transport: GuardedTransport, settings: WebhookSettings = WebhookSettings(),
        logger: Logger
    ) {
        self.init(
            store: store, node: node, transport: transport, settings: settings, logger: logger, onSettled: { _, _ in })
    }

    /// `onSettled` lets tests wait for what was written.
    init(
        store: Store, node: NodeID, transport: GuardedTransport, settings: WebhookSettings, logger: Logger,
        onSettled: @escaping @Sendable ([Settlement], Settled) -> Void
    ) {
        self.onSettled = onSettled
        self.store = store
        self.node = node
        self.transport = transport
        self.settings = settings
        self.logger = logger
        state = Mutex(State(lanes: Lanes(settings: settings)))
    }

    /// Returns when shut down gracefully or cancelled, after everything claimed was settled or put back.
    package func run() async throws {
        let settler = Settler(store: store, rule: settings.disabling, logger: logger) { [self] settlements, settled in
            close(settlements, settled)
        }
        let signals = store.wakeUps(WakeUp.deliveries)
        let wakeUps = Task { [bell] in
            for await _ in signals { bell.ring() }
        }
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await claimUntilDraining(settler)
            } onGracefulShutdown: {
                self.stopClaiming()
            }
        } onCancel: {
            self.stopClaiming()
        }
        wakeUps.cancel()
        await drain(settler)
    }

    /// Looks for due deliveries now.
    package func wake() { bell.ring() }

    private func stopClaiming() {
        state.withLock { $0.isDraining = true }
        bell.ring()
    }

    // MARK: Claiming

    private func claimUntilDraining(_ settler: Settler) async {
        while !state.withLock({ $0.isDraining }) {
            var next: Timestamp?
            do {
                try await releaseStrays()
                let outlook = try await store.read { try $0.deliveries.outlook() }
                next = outlook.next
                let now = store.clock.now()
                let quotas = state.withLock { state in
                    state.lanes.quotas(
                        for: outlook.endpoints, free: settings.claimedMax - state.claims.count, now: now)
                }
                var rest = quotas[...]
                while !rest.isEmpty {
                    let chunk = Array(rest.prefix(Store.deliveryQuotasMax))
                    rest = rest.dropFirst(chunk.count)
                    try await claim(chunk, settler)
                }
            } catch is CancellationError {
                break
            } catch {
                state.withLock { $0.hasStrays = true }
                logger.warning("claiming deliveries failed", metadata: ["error": "\(error)"])
            }
            startRequests(settler)
            let now = store.clock.now()
            let gate = state.withLock { $0.lanes.nextGate(now: now) }
            await bell.wait(until: [now + settings.poll, next, gate].compactMap { $0 }.min() ?? now, on: store.clock)
        }
    }

    /// A claim whose answer was lost would be held as long as this node lives.
    private func releaseStrays() async throws {
        let known: Set<ClaimID>? = state.withLock { $0.hasStrays ? Set($0.claims.values) : nil }
        guard let known else { return }
        let node = node
        let count = try await store.write { try $0.deliveries.releaseStrays(of: node, knowing: known) }
        state.withLock { $0.hasStrays = false }
        if count > 0 { logger.notice("released deliveries of unknown claims", metadata: ["count": "\(count)"]) }
    }

    private func claim(_ quotas: [DeliveryQuota], _ settler: Settler) async throws {
        let claimed = try await store.claimDeliveries(quotas, node: node, lease: settings.lease)
        state.withLock { state in for delivery in claimed { state.claims[delivery.id] = delivery.claim } }
        let targets: [EndpointID: Target]
        do {
            targets = try await loadTargets(Set(claimed.map(\.endpointID)))
        } catch {
            settler.add(claimed.map { Settlement(claimed: $0, content: .putBack) })
            throw error
        }
        var outgoing: [Outgoing] = []
        var returned: [Settlement] = []
        for delivery in claimed {
            if let target = targets[delivery.endpointID], target.isEnabled {
                outgoing.append(Outgoing(claimed: delivery, target: target))
            } else {
                returned.append(Settlement(claimed: delivery, content: .putBack))
            }
        }
        state.withLock { $0.lanes.add(outgoing, for: quotas) }
        settler.add(returned)
        startRequests(settler)
    }

    private func loadTargets(_ ids: Set<EndpointID>) async throws -> [EndpointID: Target] {
        let now = ContinuousClock.now
        var targets: [EndpointID: Target] = [:]
        var unknown: [EndpointID] = []
        state.withLock { state in
            for id in ids {
                if let target = state.targets.find(id, now: now) { targets[id] = target } else { unknown.append(id) }
            }
        }
        guard !unknown.isEmpty else { return targets }
        let (wanted, policy) = (unknown, settings.urlPolicy)
        let loaded = try await store.read { tx in
            try wanted.compactMap { id in try tx.target(id, policy: policy).map { (id, $0) } }
        }
        state.withLock { state in
            for (id, target) in loaded {
                targets[id] = target
                state.targets.remember(target, of: id, now: now)
            }
        }
        return targets
    }

    // MARK: Sending

    private func startRequests(_ settler: Settler) {
        let now = store.clock.now()
        state.withLock { state in
            guard !state.isDraining else { return }
            while let outgoing = state.lanes.next(now: now) {
                state.requests[outgoing.claimed.id] = Task { await self.perform(outgoing, settler) }
            }
        }
    }

    private func perform(_ outgoing: Outgoing, _ settler: Settler) async {
        let claimed = outgoing.claimed
        let startedAt = store.clock.now()
        var reading: AttemptReading?
        switch outgoing.target.destination {
        case .success(let (url, secret)):
            let dialect = outgoing.target.dialect.map { dialect in
                settings.signer.headers(dialect.format, claimed.body, dialect.secret, store.machineClock.now())
            }
            let post = OutgoingPost(
                claimed, to: url, secret: secret, dialect: dialect ?? [:], userAgent: settings.userAgent,
                timeout: settings.timeout, at: store.machineClock.now())
            reading = (try? await transport.send(post)).map { AttemptReading($0) }
        case .failure(let reason):
            reading = AttemptReading(error: reason.rawValue)
        }
        let now = store.clock.now()
        if let reading {
            var random = SystemRandomNumberGenerator()
            let next = Settlement.Next(
                after: reading, of: claimed, schedule: settings.schedule, now: now, using: &random)
            DeliveryReport(claimed: claimed, reading: reading, next: next).send(to: logger, now: now)
            settler.add([
                Settlement(claimed: claimed, content: .attempt(reading, startedAt: startedAt, next: next))
            ])
        } else {
            settler.add([Settlement(claimed: claimed, content: .putBack)])
        }
        end(outgoing, reading, now: now, settler)
    }

    private func end(_ outgoing: Outgoing, _ reading: AttemptReading?, now: Timestamp, _ settler: Settler) {
        let endpoint = outgoing.claimed.endpointID
        let (ending, idle) = state.withLock { state in
            state.requests[outgoing.claimed.id] = nil
            if reading?.disabling != nil { state.targets.forget(endpoint) }
            let ending = state.lanes.end(endpoint, reading, now: now)
            guard state.isDraining, state.requests.isEmpty else {
                return (ending, nil as CheckedContinuation<Void, Never>?)
            }
            defer { state.whenIdle = nil }
            return (ending, state.whenIdle)
        }
        settler.add(ending.released.map { Settlement(claimed: $0.claimed, content: .putBack) })
        if ending.hasOpened {
            logger.notice("circuit breaker opened", metadata: ["endpoint": "\(endpoint)"])
        }
        startRequests(settler)
        if ending.wantsMore || !ending.released.isEmpty { bell.ring() }
        idle?.resume()
    }

    // MARK: Ending

    private func close(_ settlements: [Settlement], _ settled: Settled) {
        let wantsMore = state.withLock { state in
            for settlement in settlements { state.claims[settlement.claimed.id] = nil }
            for disabled in settled.disabled { state.targets.forget(disabled.endpoint) }
            return state.lanes.isStarved
        }
        if wantsMore { bell.ring() }
        onSettled(settlements, settled)
        if !settled.lost.isEmpty {
            Counter(label: "gangway_job_lease_lost_total").increment(by: settled.lost.count)
        }
        for disabled in settled.disabled {
            logger.notice(
                "endpoint disabled",
                metadata: ["endpoint": "\(disabled.endpoint)", "reason": "\(disabled.reason.rawValue)"])
        }
    }

    /// Puts back what was not begun, waits for what was, and breaks off what takes longer than `settings.drain`.
    private func drain(_ settler: Settler) async {
        let queued = state.withLock { $0.lanes.removeQueued() }
        settler.add(queued.map { Settlement(claimed: $0.claimed, content: .putBack) })
        let isCancelled = Task.isCancelled
        let limit = Task { [self, settings] in
            if !isCancelled { try? await Task.sleep(for: settings.drain) }
            guard !Task.isCancelled else { return }
            for request in state.withLock({ Array($0.requests.values) }) { request.cancel() }
        }
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if !state.requests.isEmpty { state.whenIdle = continuation }
                return state.requests.isEmpty
            }
            if isIdle { continuation.resume() }
        }
        limit.cancel()
        await settler.drain()
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import Store

/// A claimed delivery with its target.
struct Outgoing: Sendable {
    let claimed: ClaimedDelivery
    let target: Target
}

/// Who may send next: one lane an endpoint, served in turn. Pure, so that fairness can be tested without a network.
struct Lanes {
    private struct Lane {
        var queue: FIFO<Outgoing> = FIFO()
        var inFlight = 0
        var breaker = CircuitBreaker()
        var pausedUntil: Timestamp?
        /// The database held more than was taken.
        var hasMore = false
        var isInTurn = false
        /// Weighted towards the latest; nil before the first answer.
        var latency: Duration?

        var isEmpty: Bool { queue.isEmpty && inFlight == 0 }
    }

    private static let quick = Duration.milliseconds(250)

    private let settings: WebhookSettings
    private var lanes: [EndpointID: Lane] = [:]
    private var turns = FIFO<EndpointID>()
    private var lastServed: EndpointID?
    /// Some lane got less than it could take because all lanes together were full.
    private(set) var isStarved = false
    private(set) var inFlight = 0

    init(settings: WebhookSettings) { self.settings = settings }

    // MARK: Claiming

    /// How much to claim for endpoints with due deliveries, when `free` more fit this node.
    mutating func quotas(for due: [EndpointID], free: Int, now: Timestamp) -> [DeliveryQuota] {
        forgetIdle(now: now)
        // What was claimed while a gate closed had to wait for it.
        for (endpoint, lane) in lanes where !lane.queue.isEmpty { queueUp(endpoint) }
        isStarved = false
        var wants: [(endpoint: EndpointID, count: Int)] = []
        let start = lastServed.flatMap { last in due.firstIndex { $0.rawValue > last.rawValue } } ?? 0
        for endpoint in due[start...] + due[..<start] {
            let want = room(of: endpoint, now: now)
            if want > 0 { wants.append((endpoint, want)) } else { lanes[endpoint]?.hasMore = true }
        }
        guard !wants.isEmpty else { return [] }
        let share = max(1, free / wants.count)
        var given = [Int](repeating: 0, count: wants.count)
        var left = free
        for most in [share, Int.max] {
            for index in wants.indices where left > 0 {
                let more = min(wants[index].count - given[index], most, left)
                given[index] += more
                left -= more
            }
        }
        isStarved = zip(wants, given).contains { $0.count > $1 }
        let quotas = zip(wants, given).filter { $1 > 0 }
            .map { DeliveryQuota(endpoint: $0.endpoint, limit: $1) }
        lastServed = quotas.last?.endpoint
        return quotas
    }

    /// What was claimed for `quotas`.
    mutating func add(_ claimed: [Outgoing], for quotas: [DeliveryQuota]) {
        var counts: [EndpointID: Int] = [:]
        for item in claimed {
            let endpoint = item.claimed.endpointID
            counts[endpoint, default: 0] += 1
            lanes[endpoint, default: Lane()].queue.append(item)
            queueUp(endpoint)
        }
        for quota in quotas { lanes[quota.endpoint]?.hasMore = counts[quota.endpoint] == quota.limit }
    }

    private mutating func room(of endpoint: EndpointID, now: Timestamp) -> Int {
        guard var lane = lanes[endpoint] else { return settings.inFlightPerEndpointMax }
        defer { lanes[endpoint] = lane }
        if let until = lane.pausedUntil, until > now { return 0 }
        let isQuick = lane.latency.map { $0 <= Self.quick } ?? false
        let most =
            isQuick
            ? max(settings.aheadPerEndpointMax, settings.inFlightPerEndpointMax)
            : settings.inFlightPerEndpointMax
        return max(0, lane.breaker.room(most, now: now) - lane.queue.count - lane.inFlight)
    }

    /// When the next closed gate opens.
    func nextGate(now: Timestamp) -> Timestamp? {
        lanes.values.compactMap { lane -> Timestamp? in
            guard lane.hasMore || !lane.queue.isEmpty else { return nil }
            if case .open(let until) = lane.breaker.state { return until }
            return lane.pausedUntil.flatMap { $0 > now ? $0 : nil }
        }.min()
    }

    // MARK: Sending

    /// The next request that may begin, or nil when there is none or all slots are taken.
    mutating func next(now: Timestamp) -> Outgoing? {
        while inFlight < settings.inFlightMax, let endpoint = turns.popFirst() {
            guard var lane = lanes[endpoint] else { continue }
            lane.isInTurn = false
            let isPaused = lane.pausedUntil.map { $0 > now } ?? false
            let slots = isPaused ? 0 : lane.breaker.room(settings.inFlightPerEndpointMax, now: now)
            let item = lane.inFlight < slots ? lane.queue.popFirst() : nil
            if item != nil {
                lane.inFlight += 1
                inFlight += 1
            }
            lanes[endpoint] = lane
            guard let item else { continue }
            if lane.inFlight < slots { queueUp(endpoint) }
            return item
        }
        return nil
    }

    struct Ending {
        /// Claimed for the endpoint and not to be sent now: its gate closed.
        var released: [Outgoing] = []
        /// The database may be asked for more.
        var wantsMore = false
        var hasOpened = false
    }

    /// `reading` is nil when the request was broken off by us.
    mutating func end(_ endpoint: EndpointID, _ reading: AttemptReading?, now: Timestamp) -> Ending {
        inFlight -= 1
        guard var lane = lanes[endpoint] else { return Ending() }
        lane.inFlight -= 1
        var ending = Ending()
        if let reading {
            lane.latency = lane.latency.map { ($0 * 3 + reading.latency) / 4 } ?? reading.latency
            ending.hasOpened = lane.breaker.record(isSuccess: reading.isSuccess, now: now)
            let isPaused = reading.isThrottled && reading.disabling == nil
            if isPaused { lane.pausedUntil = now + Self.pause(reading.retryAfter, now: now) }
            if isPaused || reading.disabling != nil || ending.hasOpened { ending.released = lane.queue.removeAll() }
            if !ending.released.isEmpty { lane.hasMore = true }
        }
        ending.wantsMore = lane.hasMore && lane.queue.count <= settings.aheadPerEndpointMax / 2
        lanes[endpoint] = lane
        queueUp(endpoint)
        return ending
    }

    /// Everything that waits in memory.
    mutating func removeQueued() -> [Outgoing] {
        var all: [Outgoing] = []
        for endpoint in lanes.keys { all += lanes[endpoint]?.queue.removeAll() ?? [] }
        return all
    }

    private mutating func queueUp(_ endpoint: EndpointID) {
        guard let lane = lanes[endpoint], !lane.isInTurn, !lane.queue.isEmpty else { return }
        lanes[endpoint]?.isInTurn = true
        turns.append(endpoint)
    }

    private mutating func forgetIdle(now: Timestamp) {
        guard lanes.count > 1000 else { return }
        lanes = lanes.filter { !$1.isEmpty || $1.isInTurn || !$1.breaker.isIdle(now: now) }
    }

    private static func pause(_ retryAfter: RetryAfter?, now: Timestamp) -> Duration {
        min(max(retryAfter?.wait(from: now) ?? .seconds(1), .seconds(1)), .seconds(30))
    }
}

/// First in, first out; taking is O(1).
struct FIFO<Element> {
    private var elements: [Element] = []
    private var head = 0

    var count: Int { elements.count - head }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        guard head < elements.count else { return nil }
        let element = elements[head]
        head += 1
        if head == elements.count {
            elements.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 64, head * 2 >= elements.count {
            elements.removeFirst(head)
            head = 0
        }
        return element
    }

    mutating func removeAll() -> [Element] {
        defer {
            elements = []
            head = 0
        }
        return Array(elements[head...])
    }
}

// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle

/// Carries out what is due and sends webhooks, behind the back of every Graph answer.
actor WebhookPump {
    private let world: World
    private let client: HTTPClient
    private let sent: SentWebhooks
    private let logger: Logger
    private var queue = DueQueue()
    private var lanes: [String: [Int64]] = [:]
    private var timer: Task<Void, Never>?
    private static let largestBatch = WebhookBody.mostUpdates

    init(world: World, client: HTTPClient, sent: SentWebhooks, logger: Logger) {
        self.world = world
        self.client = client
        self.sent = sent
        self.logger = logger
    }

    func run() async {
        await withDiscardingTaskGroup { group in
            world.wakePump()
            for await _ in world.eventsAreWaiting.cancelOnGracefulShutdown() {
                for lane in collect() { group.addTask { await self.work(lane) } }
            }
            group.cancelAll()
        }
        timer?.cancel()
    }

    /// Moves what is due into its lane; answers the lanes that were idle.
    private func collect() -> [String] {
        var idle: [String] = []
        let news = (try? world.change { state in state.takeNewEventIDs().compactMap { state.events[$0] } }) ?? []
        for event in news { queue.insert(event.due, event.id, event.lane) }
        let now = world.read { $0.now }
        while let next = queue.first, next.due <= now {
            queue.removeFirst()
            if lanes[next.lane] == nil {
                lanes[next.lane] = []
                idle.append(next.lane)
            }
            lanes[next.lane]?.append(next.id)
        }
        setTimer()
        return idle
    }

    private func setTimer() {
        timer?.cancel()
        timer = nil
        // While the clock stands still nothing comes due: whoever sets it rings.
        guard let next = queue.first, let delay = world.read({ $0.clock.machineDelay(until: next.due) }) else { return }
        let world = world
        timer = Task {
            do {
                try await Task.sleep(for: .milliseconds(max(1, delay)))
                world.wakePump()
            } catch {
                // A newer timer took over.
            }
        }
    }

    private func work(_ lane: String) async {
        while let ids = takeBatch(lane), !Task.isCancelled { await perform(ids) }
    }

    private func takeBatch(_ lane: String) -> [Int64]? {
        guard let waiting = lanes[lane], !waiting.isEmpty else {
            lanes[lane] = nil
            return nil
        }
        lanes[lane] = Array(waiting.dropFirst(Self.largestBatch))
        return Array(waiting.prefix(Self.largestBatch))
    }

    private nonisolated func perform(_ ids: [Int64]) async {
        let posts: [WebhookPost]
        do {
            posts = try world.change { $0.posts(for: ids) }
        } catch {
            logger.error("the sandbox's world could not be written", metadata: ["error": "\(error)"])
            return
        }
        for post in posts {
            var record = await send(post)
            let isDelivered = record.status == 200
            do {
                record.nextAttemptAt = try world.change { $0.settle(post.eventIDs, isDelivered: isDelivered) }
                record.outcome = isDelivered ? .delivered : record.nextAttemptAt == nil ? .givenUp : .retrying
                sent.add(record)
            } catch {
                logger.error("the sandbox's world could not be written", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Sends a POST. Answers its record with what came back.
    private nonisolated func send(_ post: WebhookPost) async -> SentWebhook {
        var request = HTTPClientRequest(url: post.url)
        request.method = .POST
        request.headers = ["content-type": "application/json", "user-agent": "facebookexternalua"]
        if let signature = post.body.signature { request.headers.add(name: "x-hub-signature-256", value: signature) }
        if let signature = post.body.oldSignature { request.headers.add(name: "x-hub-signature", value: signature) }
        request.body = .bytes(ByteBuffer(bytes: post.body.bytes))
        var record = post.record
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let response = try await client.execute(request, timeout: .seconds(10))
            var answer: [UInt8] = []
            for try await part in response.body where answer.count < SentWebhook.longestAnswer {
                answer += part.readableBytesView.prefix(SentWebhook.longestAnswer - answer.count)
            }
            record.answer = String(decoding: answer, as: UTF8.self)
            record.status = Int(response.status.code)
        } catch let error as HTTPClientError where error == .deadlineExceeded {
            record.failure = "no answer within 10 s"
        } catch {
            record.failure = "no answer: \(type(of: error))"
        }
        record.duration = Milliseconds((clock.now - start) / .milliseconds(1))
        return record
    }
}

/// A min-heap of events by due time.
struct DueQueue: Sendable {
    struct Entry: Sendable {
        var due: Milliseconds
        var id: Int64
        var lane: String

        func comes(before other: Entry) -> Bool { due != other.due ? due < other.due : id < other.id }
    }

    private var heap: [Entry] = []

    var first: Entry? { heap.first }

    mutating func insert(_ due: Milliseconds, _ id: Int64, _ lane: String) {
        heap.append(Entry(due: due, id: id, lane: lane))
        var child = heap.count - 1
        while child > 0, heap[child].comes(before: heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() {
        guard let last = heap.popLast(), !heap.isEmpty else { return }
        heap[0] = last
        var parent = 0
        while true {
            let left = 2 * parent + 1
            guard left < heap.count else { return }
            let right = left + 1
            let child = right < heap.count && heap[right].comes(before: heap[left]) ? right : left
            guard heap[child].comes(before: heap[parent]) else { return }
            heap.swapAt(child, parent)
            parent = child
        }
    }
}

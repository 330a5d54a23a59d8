// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import WebhookSignatures

/// A callback that keeps what it is sent, answers as told and knows the handshake.
final class WebhookReceiver: Sendable {
    struct Delivery: Sendable {
        var bytes: [UInt8]
        var signature: String
        var text: String { String(decoding: bytes, as: UTF8.self) }
        var body: Value { Value(parsing: text) }
        var fields: [String] { body["entry"].list.flatMap { $0["changes"].list.map(\.["field"].string) } }
        var value: Value { body["entry"][0]["changes"][0]["value"] }
        var name: String { value["event"].string.isEmpty ? fields.first ?? "" : value["event"].string }

        func isSigned(with secret: String) -> Bool {
            MetaSignature.isValid(header: signature, body: bytes, secrets: [secret])
        }
    }

    private struct Behaviour {
        var statuses: [Int] = []
        var handshakes = 0
    }

    let verifyToken: String
    private let behaviour = Mutex(Behaviour())
    private let deliveries: AsyncStream<Delivery>
    private let arrive: AsyncStream<Delivery>.Continuation

    init(verifyToken: String = "meatyhamhock") {
        self.verifyToken = verifyToken
        (deliveries, arrive) = AsyncStream.makeStream(of: Delivery.self)
    }

    /// Statuses of the next answers, 200 after them.
    func answer(_ statuses: Int...) { answer(statuses) }

    func answer(_ statuses: [Int]) { behaviour.withLock { $0.statuses = statuses } }

    var handshakes: Int { behaviour.withLock { $0.handshakes } }

    /// The next `count` deliveries, in order of arrival.
    func take(_ count: Int) async -> [Delivery] {
        var taken: [Delivery] = []
        for await delivery in deliveries {
            taken.append(delivery)
            if taken.count == count { break }
        }
        return taken
    }

    func run<Result: Sendable>(_ body: @Sendable @escaping (String) async throws -> Result) async throws -> Result {
        let router = Router()
        router.get("hook") { request, _ -> Response in
            let query = request.uri.queryParameters
            guard query["hub.mode"] == "subscribe", query["hub.verify_token"].map(String.init) == self.verifyToken
            else {
                return Response(status: .forbidden)
            }
            self.behaviour.withLock { $0.handshakes += 1 }
            return Response(
                status: .ok, body: .init(byteBuffer: ByteBuffer(string: query["hub.challenge"].map(String.init) ?? "")))
        }
        router.post("hook") { request, _ -> Response in
            let buffer = try await request.body.collect(upTo: 4 * 1024 * 1024)
            let status = self.behaviour.withLock { $0.statuses.isEmpty ? 200 : $0.statuses.removeFirst() }
            let name = HTTPField.Name("X-Hub-Signature-256")
            self.arrive.yield(
                Delivery(bytes: Array(buffer.readableBytesView), signature: name.flatMap { request.headers[$0] } ?? ""))
            return Response(status: .init(code: status))
        }
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "receiver")
        logger.logLevel = .critical
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { found.yield($0.localAddress?.port ?? 0) }, logger: logger)
        let group = ServiceGroup(configuration: .init(services: [application], logger: logger))
        let running = Task { try await group.run() }
        var iterator = ports.makeAsyncIterator()
        let port = await iterator.next() ?? 0
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body("http://127.0.0.1:\(port)/hook"))
        } catch {
            result = .failure(error)
        }
        await group.triggerGracefulShutdown()
        _ = await running.result
        return try result.get()
    }
}

extension Sandbox {
    /// A sandbox whose app already calls the receiver; reviews come by the sandbox's clock only.
    static func run<Result: Sendable>(
        calling receiver: WebhookReceiver, dataDirectory: String? = nil, retryMilliseconds: Int64? = nil,
        _ body: @Sendable @escaping (Sandbox, String) async throws -> Result
    ) async throws -> Result {
        try await receiver.run { url in
            try await Sandbox.run {
                $0.callback = WebhookTarget(url: url, verifyToken: receiver.verifyToken)
                $0.dataDirectory = dataDirectory
                $0.reviewDelayMilliseconds = 600_000
                if let retryMilliseconds { $0.webhookRetryMilliseconds = retryMilliseconds }
            } _: { sandbox in
                try await body(sandbox, url)
            }
        }
    }
}

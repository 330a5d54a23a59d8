// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A partner's server on a free port of 127.0.0.1: remembers what came and answers as told.
package final class WebhookReceiver: Sendable {
    package struct Request: Sendable {
        package let method: String
        /// With the query, if any.
        package let path: String
        /// Names in lower case.
        package let headers: [String: String]
        package let body: [UInt8]

        package var text: String { String(decoding: body, as: UTF8.self) }
    }

    package struct Answer: Sendable {
        package var status: Int
        package var headers: [String: String]
        package var body: String

        package init(_ status: Int, headers: [String: String] = [:], body: String = "") {
            self.status = status
            self.headers = headers
            self.body = body
        }

        package static let ok = Answer(200)
    }

    package typealias Script = @Sendable (Request) async throws -> Answer

    /// In a struct: a bare closure in a generic is wrapped once more by each access.
    private struct Current {
        var script: Script
    }

    private let inbox = Inbox<Request>()
    private let current: Mutex<Current>

    /// `http://127.0.0.1:PORT/NAME/hook`.
    package let url: String

    fileprivate init(url: String, script: @escaping Script) {
        self.url = url
        current = Mutex(Current(script: script))
    }

    /// Everything that came, in order.
    package var requests: [Request] { inbox.all }

    /// Answers differently from now on.
    package func answer(_ script: @escaping Script) { current.withLock { $0.script = script } }

    package func answer(_ answer: Answer) { self.answer { _ in answer } }

    /// The first request that no call of `next()` has returned, waiting for it if need be.
    package func next() async throws -> Request { try await inbox.next() }

    package func next(_ count: Int) async throws -> [Request] { try await inbox.next(count) }

    /// Runs `body` while a receiver of its own listens.
    package static func with<Result: Sendable>(
        answer script: @escaping Script = { _ in .ok }, _ body: (WebhookReceiver) async throws -> Result
    ) async throws -> Result {
        let port = await ReceiverServer.shared.port()
        let (receiver, name) = ReceiverServer.shared.add(port: port, script: script)
        defer { ReceiverServer.shared.remove(name) }
        return try await body(receiver)
    }

    fileprivate func respond(to request: Hummingbird.Request) async throws -> Response {
        let bytes = try await request.body.collect(upTo: 4 << 20)
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        let received = Request(
            method: request.method.rawValue, path: request.uri.string, headers: headers,
            body: Array(bytes.readableBytesView))
        // Taken before anyone hears of the request, and may tell us to answer the next one differently.
        let script = current.withLock { $0.script }
        inbox.put(received)
        let answer = try await script(received)
        var fields = HTTPFields()
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return Response(
            status: .init(code: answer.status), headers: fields,
            body: .init(byteBuffer: ByteBuffer(string: answer.body)))
    }
}

/// One server on a free port for all receivers, told apart by the first part of the path. It is never stopped: a server
/// that ends while a connection is being accepted traps in NIO.
private final class ReceiverServer: Sendable {
    static let shared = ReceiverServer()

    private struct State {
        var receivers: [String: WebhookReceiver] = [:]
        var count = 0
        var port: Int?
        var waiters: [CheckedContinuation<Int, Never>] = []
        var hasStarted = false
    }

    private let state = Mutex(State())

    func add(port: Int, script: @escaping WebhookReceiver.Script) -> (WebhookReceiver, name: String) {
        state.withLock { state in
            state.count += 1
            let name = "receiver\(state.count)"
            let receiver = WebhookReceiver(url: "http://127.0.0.1:\(port)/\(name)/hook", script: script)
            state.receivers[name] = receiver
            return (receiver, name)
        }
    }

    func remove(_ name: String) { state.withLock { $0.receivers[name] = nil } }

    func port() async -> Int {
        let isFirst = state.withLock { state in
            defer { state.hasStarted = true }
            return !state.hasStarted
        }
        if isFirst { start() }
        return await withCheckedContinuation { continuation in
            let port = state.withLock { state in
                if state.port == nil { state.waiters.append(continuation) }
                return state.port
            }
            if let port { continuation.resume(returning: port) }
        }
    }

    private func start() {
        let responder = CallbackResponder<BasicRequestContext> { [self] request, _ in
            let name = request.uri.path.split(separator: "/").first.map(String.init) ?? ""
            guard let receiver = state.withLock({ $0.receivers[name] }) else { return Response(status: .notFound) }
            return try await receiver.respond(to: request)
        }
        var logger = Logger(label: "receiver")
        logger.logLevel = .critical
        let app = Application(
            responder: responder, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { [self] channel in isRunning(on: channel.localAddress?.port ?? 0) }, logger: logger)
        Task { try await app.run() }
    }

    private func isRunning(on port: Int) {
        let waiters = state.withLock { state in
            state.port = port
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(returning: port) }
    }
}

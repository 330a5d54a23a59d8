// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import GraphClient
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// What the stub answers next.
enum StubAnswer: Sendable {
    case reply(status: Int, headers: [String: String] = [:], body: String)
    /// Reads the request and closes the connection without a byte.
    case drop
    /// Announces more bytes than it sends, then closes.
    case truncate(body: String, announced: Int)
    /// Never answers; ends with the stub.
    case silence

    static func json(_ body: String, status: Int = 200) -> StubAnswer {
        .reply(status: status, headers: ["Content-Type": "application/json; charset=UTF-8"], body: body)
    }
}

struct RecordedRequest: Sendable {
    let method: String
    let path: String
    let query: [String: String]
    let authorization: String?
    let contentType: String?
    let body: String

    /// The members of a form body.
    var form: [String: String] { StubGraph.pairs(body) }
}

/// Records what it is asked and answers from a script; its last answer repeats.
final class StubGraph: Sendable {
    private struct State {
        var script: [StubAnswer]
        var requests: [RecordedRequest] = []
    }

    private let state: Mutex<State>

    private let (end, ending) = AsyncStream.makeStream(of: Never.self)

    init(_ script: [StubAnswer]) { state = Mutex(State(script: script)) }

    var requests: [RecordedRequest] { state.withLock { $0.requests } }

    /// Runs `body` against this stub's own address on the one server of the process.
    static func serving<Value: Sendable>(
        _ script: [StubAnswer], body: @Sendable (StubGraph, String) async throws -> Value
    ) async throws -> Value {
        let stub = StubGraph(script)
        let (name, port) = (StubHost.shared.add(stub), await StubHost.shared.port())
        defer {
            stub.ending.finish()
            StubHost.shared.remove(name)
        }
        return try await body(stub, "http://127.0.0.1:\(port)/\(name)")
    }

    fileprivate func untilEnd() async {
        for await _ in end {}
    }

    fileprivate func next(_ request: RecordedRequest) -> StubAnswer {
        state.withLock { state in
            state.requests.append(request)
            return state.script.count > 1 ? state.script.removeFirst() : state.script[0]
        }
    }

    /// Percent-decoded pairs of a query or form.
    static func pairs(_ text: String) -> [String: String] {
        var pairs: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? String(parts[1]) : ""
            pairs[String(parts[0]).removingPercentEncoding ?? ""] = value.removingPercentEncoding
        }
        return pairs
    }
}

/// One server on a free port for all stubs, told apart by the first part of the path. It is never stopped: a Hummingbird
/// server that ends while a connection is being accepted traps in NIO.
private final class StubHost: Sendable {
    static let shared = StubHost()

    private let stubs = Mutex([String: StubGraph]())
    private let started: Task<Int, Never>

    private init() {
        started = Task {
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            var logger = Logger(label: "stub")
            logger.logLevel = .critical
            let application = Application(
                responder: StubResponder(), configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: logger)
            Task { try await application.run() }
            var iterator = ports.makeAsyncIterator()
            return await iterator.next() ?? 0
        }
    }

    func port() async -> Int { await started.value }

    func add(_ stub: StubGraph) -> String {
        let name = "stub-\(UUID().uuidString)"
        stubs.withLock { $0[name] = stub }
        return name
    }

    func remove(_ name: String) { stubs.withLock { $0[name] = nil } }

    /// The stub a path belongs to, and the path as that stub knows it.
    func find(_ path: String) -> (stub: StubGraph, path: String)? {
        let name = path.dropFirst().prefix { $0 != "/" }
        guard let stub = stubs.withLock({ $0[String(name)] }) else { return nil }
        return (stub, String(path.dropFirst(name.count + 1)))
    }
}

private struct StubContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

private struct StubResponder: HTTPResponder {
    typealias Context = StubContext

    func respond(to request: Request, context: StubContext) async throws -> Response {
        guard let (stub, path) = StubHost.shared.find(request.uri.path) else { return Response(status: .gone) }
        let body = try await request.body.collect(upTo: 1 << 20)
        let recorded = RecordedRequest(
            method: request.method.rawValue, path: path,
            query: StubGraph.pairs(request.uri.query ?? ""), authorization: request.headers[.authorization],
            contentType: request.headers[.contentType], body: String(buffer: body))
        switch stub.next(recorded) {
        case .reply(let status, let headers, let body):
            var fields = HTTPFields()
            for (name, value) in headers { HTTPField.Name(name).map { fields[$0] = value } }
            return Response(
                status: .init(code: status), headers: fields, body: .init(byteBuffer: ByteBuffer(string: body)))
        case .drop:
            try await context.channel.close()
            throw CancellationError()
        case .truncate(let body, let announced):
            let channel = context.channel
            return Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: .init(contentLength: announced) { writer in
                    try await writer.write(ByteBuffer(string: body))
                    try await channel.close()
                    throw CancellationError()
                })
        case .silence:
            await stub.untilEnd()
            throw CancellationError()
        }
    }
}

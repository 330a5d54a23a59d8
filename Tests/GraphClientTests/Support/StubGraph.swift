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

/// A server on a free port that records what it is asked and answers from a script; its last answer repeats.
final class StubGraph: Sendable {
    private struct State {
        var script: [StubAnswer]
        var requests: [RecordedRequest] = []
    }

    private let state: Mutex<State>

    private let (end, ending) = AsyncStream.makeStream(of: Never.self)

    init(_ script: [StubAnswer]) { state = Mutex(State(script: script)) }

    var requests: [RecordedRequest] { state.withLock { $0.requests } }

    /// Runs `body` against a started stub; `baseURL` is its address.
    static func serving<Value: Sendable>(
        _ script: [StubAnswer], body: @Sendable (StubGraph, String) async throws -> Value
    ) async throws -> Value {
        let stub = StubGraph(script)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "stub")
        logger.logLevel = .critical
        let application = Application(
            responder: StubResponder(stub: stub),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            defer {
                stub.ending.finish()
                group.cancelAll()
            }
            var iterator = ports.makeAsyncIterator()
            let number = await iterator.next() ?? 0
            return try await body(stub, "http://127.0.0.1:\(number)")
        }
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
    let stub: StubGraph

    func respond(to request: Request, context: StubContext) async throws -> Response {
        let body = try await request.body.collect(upTo: 1 << 20)
        let recorded = RecordedRequest(
            method: request.method.rawValue, path: request.uri.path,
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

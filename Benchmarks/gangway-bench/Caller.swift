// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Plain calls with a client that opens enough connections.
final class Caller: Sendable {
    let http: HTTPClient

    init(connections: Int) {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        configuration.connectionPool.retryConnectionEstablishment = false
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func shutDown() async { try? await http.shutdown() }

    @discardableResult
    func send(_ request: HTTPClientRequest) async throws -> ByteBuffer {
        let response = try await http.execute(request, timeout: .seconds(30))
        let body = try await response.body.collect(upTo: 16 << 20)
        guard (200..<300).contains(response.status.code) else {
            throw BenchFailure(
                description: "\(request.method.rawValue) answered \(response.status.code): \(String(buffer: body))")
        }
        return body
    }

    func get<Answer: Decodable>(_ url: String, bearer: String? = nil) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        if let bearer { request.headers.add(name: "authorization", value: "Bearer \(bearer)") }
        return try decode(try await send(request))
    }

    func post<Answer: Decodable>(_ url: String, json: [String: String], bearer: String? = nil) async throws -> Answer {
        try await post(url, text: try String(decoding: JSONEncoder().encode(json), as: UTF8.self), bearer: bearer)
    }

    func post<Answer: Decodable>(_ url: String, text: String, bearer: String? = nil) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        if let bearer { request.headers.add(name: "authorization", value: "Bearer \(bearer)") }
        request.body = .bytes(ByteBuffer(string: text))
        return try decode(try await send(request))
    }

    func decode<Answer: Decodable>(_ body: ByteBuffer) throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: Data(body.readableBytesView))
    }
}

/// Runs `body` for each element, at most `limit` at once; the first error ends it.
func forEach<Element: Sendable>(
    _ elements: [Element], atMost limit: Int, _ body: @escaping @Sendable (Element) async throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        for (index, element) in elements.enumerated() {
            if index >= limit { try await group.next() }
            group.addTask { try await body(element) }
        }
        try await group.waitForAll()
    }
}

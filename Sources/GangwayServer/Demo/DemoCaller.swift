// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// JSON over HTTP, as plainly as a partner's first script would do it.
struct DemoCaller: Sendable {
    let baseURL: String
    let key: String?

    func get<Answer: Decodable>(_ path: String) async throws -> Answer {
        try await send(HTTPClientRequest(url: baseURL + path))
    }

    func post<Answer: Decodable>(_ path: String, _ body: String) async throws -> Answer {
        var request = HTTPClientRequest(url: baseURL + path)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: body))
        return try await send(request)
    }

    private func send<Answer: Decodable>(_ request: HTTPClientRequest) async throws -> Answer {
        var request = request
        if let key { request.headers.add(name: "authorization", value: "Bearer \(key)") }
        let response: HTTPClientResponse
        let body: ByteBuffer
        do {
            response = try await HTTPClient.shared.execute(request, timeout: .seconds(15))
            body = try await response.body.collect(upTo: 1 << 20)
        } catch {
            throw Demo.Failure(description: "No answer from \(baseURL): \(error)")
        }
        guard (200..<300).contains(response.status.code) else {
            throw Demo.Failure(
                description:
                    "\(request.method.rawValue) \(request.url) answered \(response.status.code): \(String(buffer: body))"
            )
        }
        return try JSONDecoder().decode(Answer.self, from: Data(body.readableBytesView))
    }
}

// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// JSON over HTTP, as a partner's script would do it: bodies are written out, answers are read by the types of the test.
package struct Caller: Sendable {
    package struct Refused: Error, CustomStringConvertible {
        package let status: Int
        package let description: String
    }

    /// Sees every exchange of this task and its children.
    @TaskLocal package static var witness: (@Sendable (Exchange) -> Void)?

    private let baseURL: String
    private let key: String?

    package init(baseURL: String, key: String? = nil) {
        self.baseURL = baseURL
        self.key = key
    }

    package func get<Answer: Decodable>(_ path: String) async throws -> Answer { try await send(.GET, path, nil) }

    package func post<Answer: Decodable>(_ path: String, _ body: String) async throws -> Answer {
        try await send(.POST, path, body)
    }

    package func put<Answer: Decodable>(_ path: String, _ body: String) async throws -> Answer {
        try await send(.PUT, path, body)
    }

    package func delete<Answer: Decodable>(_ path: String) async throws -> Answer { try await send(.DELETE, path, nil) }

    /// A body that is not JSON.
    package func post<Answer: Decodable>(_ path: String, _ body: String, type: String) async throws -> Answer {
        try await send(.POST, path, body, type: type)
    }

    /// The body as it came.
    package func text(_ path: String) async throws -> String {
        String(buffer: try await exchange(.GET, path, nil))
    }

    private func send<Answer: Decodable>(
        _ method: HTTPMethod, _ path: String, _ body: String?, type: String = "application/json"
    ) async throws -> Answer {
        let bytes = try await exchange(method, path, body, type: type)
        return try JSONDecoder().decode(Answer.self, from: Data(bytes.readableBytesView))
    }

    private func exchange(
        _ method: HTTPMethod, _ path: String, _ body: String?, type: String = "application/json"
    ) async throws -> ByteBuffer {
        var request = HTTPClientRequest(url: baseURL + path)
        request.method = method
        if let key { request.headers.add(name: "authorization", value: "Bearer \(key)") }
        if let body {
            request.headers.add(name: "content-type", value: type)
            request.body = .bytes(ByteBuffer(string: body))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 64 << 20)
        Self.witness?(
            Exchange(
                method.rawValue, path, requestType: type, request: body, status: Int(response.status.code),
                type: response.headers.first(name: "content-type"), body: String(buffer: bytes)))
        guard (200..<300).contains(response.status.code) else {
            throw Refused(
                status: Int(response.status.code),
                description: "\(method) \(path): \(response.status.code) \(String(buffer: bytes))")
        }
        // No content is an empty object to who expects none.
        return bytes.readableBytes == 0 ? ByteBuffer(string: "{}") : bytes
    }
}

/// An answer whose members the test does not need.
package struct AnyAnswer: Decodable, Sendable {}

package struct ListAnswer<Element: Decodable & Sendable>: Decodable, Sendable {
    package let data: [Element]
    package let next_cursor: String?
}

// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// A client of Kaleyra's, pointed at a running server.
package struct KaleyraCaller: Sendable {
    package struct Answer: Sendable {
        package let status: Int
        package let text: String

        /// The text or number at a path of member names and indices below `data[0]`.
        package func datum(_ path: String...) -> String? {
            let root = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            var value: Any? = (root?["data"] as? [Any])?.first
            for name in path { value = (value as? [String: Any])?[name] }
            return (value as? String) ?? (value as? Int).map(String.init)
        }
    }

    private let baseURL: String
    private let sid: String
    private let key: String

    package init(baseURL: String, sid: String, key: String) {
        self.baseURL = baseURL
        self.sid = sid
        self.key = key
    }

    package func submit(_ form: KaleyraForm) async throws -> Answer {
        try await send(.POST, "v1", "activation", form.contentType, .bytes(ByteBuffer(bytes: form.bytes)))
    }

    /// Promises the whole form, sends a part of it and hangs up.
    package func breakOff(_ form: KaleyraForm, after count: Int) async {
        let chunks = AsyncThrowingStream<ByteBuffer, any Error> { stream in
            stream.yield(ByteBuffer(bytes: form.bytes.prefix(count)))
            stream.finish(throwing: BrokenOff())
        }
        _ = try? await send(
            .POST, "v1", "activation", form.contentType, .stream(chunks, length: .known(Int64(form.bytes.count))))
    }

    package func get(_ version: String = "v1", _ tail: String = "activation") async throws -> Answer {
        try await send(.GET, version, tail, nil, nil)
    }

    private func send(
        _ method: HTTPMethod, _ version: String, _ tail: String, _ type: String?, _ body: HTTPClientRequest.Body?
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: "\(baseURL)/\(version)/\(sid)/whatsapp/\(tail)")
        request.method = method
        request.headers.add(name: "api-key", value: key)
        if let type { request.headers.add(name: "content-type", value: type) }
        request.body = body
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 1 << 20)
        return Answer(status: Int(response.status.code), text: String(buffer: bytes))
    }

    private struct BrokenOff: Error {}
}

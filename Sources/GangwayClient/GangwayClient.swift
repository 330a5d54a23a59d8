// SPDX-License-Identifier: Apache-2.0
package import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// A running server's native API, for the commands. Sends every call once.
package struct GangwayClient: Sendable {
    private let baseURL: String
    private let key: String
    private let http: HTTPClient
    private let timeout: Duration

    /// `baseURL` as `http://127.0.0.1:8080`; `key` opens one world, as a partner or as the operator.
    package init(baseURL: String, key: String, http: HTTPClient = .forCommands, timeout: Duration = .seconds(30)) {
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.key = key
        self.http = http
        self.timeout = timeout
    }

    func get<T: Decodable>(_ path: String, _ query: [(String, String?)] = []) async throws(ClientError) -> T {
        try read(try await send(.GET, path + Self.text(query), body: nil, key: nil))
    }

    func send<T: Decodable>(
        _ method: HTTPMethod, _ path: String, _ body: some Encodable, idempotencyKey: String? = nil
    ) async throws(ClientError) -> T {
        try read(try await send(method, path, body: try Self.encoded(body), key: idempotencyKey))
    }

    /// The answer as it stands, for what is only shown.
    func text(_ path: String, _ query: [(String, String?)] = []) async throws(ClientError) -> String {
        String(buffer: try await send(.GET, path + Self.text(query), body: nil, key: nil))
    }

    func upload<T: Decodable>(
        _ path: String, _ query: [(String, String?)], _ bytes: [UInt8], type: String
    ) async throws(ClientError) -> T {
        try read(
            try await send(.POST, path + Self.text(query), body: ByteBuffer(bytes: bytes), key: nil, type: type))
    }

    func download(_ path: String) async throws(ClientError) -> ByteBuffer {
        try await send(.GET, path, body: nil, key: nil)
    }

    func delete(_ path: String) async throws(ClientError) {
        _ = try await send(.DELETE, path, body: nil, key: nil)
    }

    func put(_ path: String) async throws(ClientError) {
        _ = try await send(.PUT, path, body: nil, key: nil)
    }

    private func send(
        _ method: HTTPMethod, _ path: String, body: ByteBuffer?, key idempotencyKey: String?,
        type: String = "application/json"
    ) async throws(ClientError) -> ByteBuffer {
        var request = HTTPClientRequest(url: baseURL + "/api/v1/" + path)
        request.method = method
        request.headers.add(name: "authorization", value: "Bearer \(key)")
        request.headers.add(name: "accept", value: "application/json, application/problem+json")
        if let idempotencyKey { request.headers.add(name: "idempotency-key", value: idempotencyKey) }
        if let body {
            request.headers.add(name: "content-type", value: type)
            request.body = .bytes(body)
        }
        let status: Int
        let bytes: ByteBuffer
        do {
            let response = try await http.execute(request, timeout: TimeAmount(timeout))
            status = Int(response.status.code)
            bytes = try await response.body.collect(upTo: 16 << 20)
        } catch {
            throw .unreachable(baseURL: baseURL, cause: String(describing: error))
        }
        guard (200..<300).contains(status) else {
            guard let problem = try? JSONDecoder().decode(ProblemReport.self, from: Data(bytes.readableBytesView))
            else {
                throw .unreadable(status: status)
            }
            throw .refused(problem)
        }
        return bytes
    }

    private func read<T: Decodable>(_ bytes: ByteBuffer) throws(ClientError) -> T {
        do {
            return try JSONDecoder().decode(T.self, from: Data(bytes.readableBytesView))
        } catch {
            throw .unreadable(status: 200)
        }
    }

    private static func encoded(_ body: some Encodable) throws(ClientError) -> ByteBuffer {
        do {
            return ByteBuffer(bytes: try JSONEncoder().encode(body))
        } catch {
            throw .unreadable(status: 0)
        }
    }

    private static func text(_ query: [(String, String?)]) -> String {
        let pairs = query.compactMap { name, value in value.map { "\(name)=\(escaped($0))" } }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }

    /// Source: RFC 3986, unreserved characters.
    private static func escaped(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                result += hex.utf8.count == 1 ? "%0\(hex)" : "%\(hex)"
            }
        }
    }
}

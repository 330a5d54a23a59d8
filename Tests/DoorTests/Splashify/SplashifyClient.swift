// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import SplashifyAPI

/// A client of Splashify's, pointed at us.
struct SplashifyClient: Sendable {
    struct Answer: Sendable {
        let status: Int
        let contentType: String?
        let text: String

        /// The body with sorted keys, so that two spellings of one object compare equal.
        var body: String { canonical(text) }
    }

    let key: String?
    private let send: @Sendable (String, HTTPRequest.Method, HTTPFields, ByteBuffer?) async throws -> TestResponse

    /// Runs `body` with a client that carries `key` (nil: no credential at all).
    static func run<T: Sendable>(
        _ worlds: Worlds, key: String?, _ body: @Sendable (SplashifyClient) async throws -> T
    ) async throws -> T {
        let router = Router(context: GangwayContext.self)
        SplashifyAPI(worlds: worlds).addRoutes(to: router)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return try await Application(router: router, logger: logger).test(.router) { client in
            try await body(
                SplashifyClient(key: key) { path, method, headers, buffer in
                    try await client.witnessed(uri: path, method: method, headers: headers, body: buffer)
                })
        }
    }

    init(
        key: String?,
        send: @escaping @Sendable (String, HTTPRequest.Method, HTTPFields, ByteBuffer?) async throws -> TestResponse
    ) {
        self.key = key
        self.send = send
    }

    /// The same client with another key.
    func with(key: String?) -> SplashifyClient { SplashifyClient(key: key, send: send) }

    func call(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> Answer {
        var headers: HTTPFields = [.contentType: "application/json"]
        if let key { headers[.authorization] = "Bearer \(key)" }
        let response = try await send(path, method, headers, body.map { ByteBuffer(string: $0) })
        return Answer(
            status: Int(response.status.code), contentType: response.headers[.contentType],
            text: String(buffer: response.body))
    }
}

/// JSON with sorted keys; the text itself when it is none.
func canonical(_ text: String) -> String {
    guard let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)),
        let data = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
    else { return text }
    return String(decoding: data, as: UTF8.self)
}

/// `{"success": false, "message": …}` as the documents print it.
func failure(_ message: String) -> String { canonical(#"{"success": false, "message": "\#(message)"}"#) }

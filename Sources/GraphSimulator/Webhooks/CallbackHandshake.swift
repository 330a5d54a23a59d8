// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// The GET by which a callback proves that it expects us. Source: Meta, webhooks overview; reference section 10.
struct CallbackHandshake: Sendable {
    let client: HTTPClient

    /// Why the callback does not pass; nil when it does.
    func refusal(of url: String, verifyToken: String) async -> String? {
        let challenge = String(UInt32.random(in: 100_000_000...UInt32.max))
        let query =
            "hub.mode=subscribe&hub.challenge=\(challenge)&hub.verify_token=\(GraphCall.percentEncoded(verifyToken))"
        let request = HTTPClientRequest(url: url + (url.contains("?") ? "&" : "?") + query)
        do {
            let response = try await client.execute(request, timeout: .seconds(10))
            let body = String(buffer: try await response.body.collect(upTo: 4096))
            guard response.status == .ok else { return "HTTP Status Code = \(response.status.code)" }
            return body == challenge ? nil : "The response does not match the challenge"
        } catch {
            return "The URL could not be reached"
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Crypto
import Foundation
import GraphSimulator
import NIOCore
import NIOHTTP1
import Testing

/// A request byte for byte as a client sends it; words in braces stand for ids and secrets of the world.
struct RawRequest: Sendable, CustomTestStringConvertible {
    /// Which client, and where its source says so.
    var client: String
    var method: HTTPMethod
    var target: String
    var headers: [String: String] = [:]
    var body = ""
    /// Part of the answer that shows that the request was understood.
    var expected: String
    var status = 200
    var needs: Set<Need> = []

    /// What must have happened before.
    enum Need: Sendable { case assignedUser, registered, funded, subscribed, inbound, unverified }

    var testDescription: String { "\(client): \(method) \(target.prefix(while: { $0 != "?" }))" }
}

/// A customer and the words by which raw requests name what is theirs.
struct Cast: Sendable {
    var words: [String: String]

    func filled(_ text: String) -> String { words.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) } }
}

extension Sandbox {
    /// Computed here from the definition. Source: reference section 3.4.
    static func proof(_ token: String, _ secret: String) -> String {
        HMAC<SHA256>.authenticationCode(for: Data(token.utf8), using: SymmetricKey(data: Data(secret.utf8)))
            .map { String(format: "%02x", $0) }.joined()
    }

    func cast(_ needs: Set<RawRequest.Need> = []) async throws -> Cast {
        let customer = try await onboard(needs.contains(.unverified) ? #"{"verified":false}"# : "{}")
        if !needs.isDisjoint(with: [.assignedUser, .funded]) { _ = try await assignSystemUser(to: customer) }
        var words = [
            "waba": customer.wabaID, "phone": customer.phoneNumberID, "business": customer.businessID,
            "token": customer.token, "system": app.systemToken, "app": app.appID, "secret": app.appSecret,
            "partner_business": app.businessID, "user": app.systemUserID, "line": app.extendedCreditLineID,
        ]
        if needs.contains(.funded) {
            words["allocation"] = try await shareCredit(with: customer).body["allocation_config_id"].string
        }
        if needs.contains(.registered) { _ = try await register(customer) }
        if needs.contains(.subscribed) {
            _ = try await post("/v26.0/\(customer.wabaID)/subscribed_apps", token: customer.token)
        }
        words["proof"] = Self.proof(customer.token, app.appSecret)
        words["system_proof"] = Self.proof(app.systemToken, app.appSecret)
        return Cast(words: words)
    }

    func send(_ request: RawRequest, _ cast: Cast) async throws -> Answer {
        var raw = HTTPClientRequest(url: base + cast.filled(request.target))
        raw.method = request.method
        for (name, value) in request.headers { raw.headers.add(name: name, value: cast.filled(value)) }
        if !request.body.isEmpty { raw.body = .bytes(ByteBuffer(string: cast.filled(request.body))) }
        let response = try await HTTPClient.shared.execute(raw, timeout: .seconds(20))
        let text = String(buffer: try await response.body.collect(upTo: 1 << 20))
        return Answer(
            status: Int(response.status.code), headers: response.headers, text: text, body: Value(parsing: text))
    }
}

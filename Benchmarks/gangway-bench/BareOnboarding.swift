// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import GangwayServer
import NIOCore
import NIOHTTP1
import WebhookSignatures

/// The Graph calls of one onboarding as a solution partner, in the same order and with the same fields as the runner makes
/// them, and nothing else: no state, no retry, no throttle.
struct BareOnboarding: Sendable {
    let caller: Caller
    let graphURL: String
    let app: Credentials.MetaApp
    let systemUserID: String

    private struct Token: Decodable { let access_token: String }
    private struct Share: Decodable { let allocation_config_id: String }

    private static let numberFields =
        "id,display_phone_number,verified_name,status,quality_rating,name_status,code_verification_status,platform_type,is_on_biz_app"

    func run(_ signup: Signup) async throws {
        let waba = signup.wabaID
        let exchanged = try await call(
            .GET, "oauth/access_token",
            [("client_id", app.appID), ("client_secret", app.appSecret), ("code", signup.code)], bearer: nil)
        let answer: Token = try caller.decode(exchanged)
        let token = answer.access_token
        try await call(.GET, "debug_token", [("input_token", token)], bearer: "\(app.appID)|\(app.appSecret)")
        try await call(
            .GET, waba, [("fields", "id,name,currency,owner_business_info,account_review_status")], by: token)
        try await call(.GET, "\(waba)/phone_numbers", [("fields", Self.numberFields)], by: token)
        try await call(.POST, "\(waba)/subscribed_apps", by: token)
        try await call(
            .POST, "\(waba)/assigned_users", [("user", systemUserID), ("tasks", "['MANAGE']")], by: app.systemToken)
        let shared = try await call(
            .POST, "\(app.extendedCreditLineID)/whatsapp_credit_sharing_and_attach",
            [("waba_currency", "USD"), ("waba_id", waba)], by: app.systemToken)
        let share: Share = try caller.decode(shared)
        try await call(.GET, share.allocation_config_id, [("fields", "receiving_credential")], by: app.systemToken)
        try await call(.GET, waba, [("fields", "id,primary_funding_id")], by: token)
        try await call(
            .POST, "\(signup.phoneNumberID)/register", by: token,
            json: #"{"messaging_product":"whatsapp","pin":"194628"}"#)
    }

    /// With the token and its `appsecret_proof`.
    @discardableResult
    private func call(
        _ method: HTTPMethod, _ path: String, _ query: [(String, String)] = [], by token: String, json: String? = nil
    ) async throws -> ByteBuffer {
        let proof = MetaSignature.header(body: Array(token.utf8), secret: app.appSecret).dropFirst("sha256=".count)
        return try await call(method, path, query + [("appsecret_proof", String(proof))], bearer: token, json: json)
    }

    @discardableResult
    private func call(
        _ method: HTTPMethod, _ path: String, _ query: [(String, String)], bearer: String?, json: String? = nil
    ) async throws -> ByteBuffer {
        let pairs = query.map { "\($0.0)=\(Self.escaped($0.1))" }.joined(separator: "&")
        var request = HTTPClientRequest(url: "\(graphURL)/v26.0/\(path)?\(pairs)")
        request.method = method
        if let bearer { request.headers.add(name: "Authorization", value: "Bearer \(bearer)") }
        if let json {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: json))
        }
        return try await caller.send(request)
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

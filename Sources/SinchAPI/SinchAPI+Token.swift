// SPDX-License-Identifier: Apache-2.0
import Domain
import FoundationEssentials
import HTTPSupport
import HTTPTypes
import Hummingbird
import NIOCore
import Services

extension SinchAPI {
    /// `POST /oauth2/token`: client credentials, by HTTP Basic or in the form. Source: Sinch, OAuth 2.0; RFC 6749, 4.4.
    func issueToken(_ request: Request, _ context: GangwayContext) async throws -> Response {
        let form = FormBody(String(buffer: try await request.readBody(upTo: 16 * 1024)))
        guard let grant = form["grant_type"] else { return try Self.refuse(.badRequest, "invalid_request") }
        guard grant == "client_credentials" else { return try Self.refuse(.badRequest, "unsupported_grant_type") }
        let credential: SinchCredential?
        if let header = request.headers[.authorization] {
            credential = SinchCredential(header)
        } else {
            credential = SinchCredential(id: form["client_id"] ?? "", secret: form["client_secret"] ?? "")
        }
        guard let credential, let (world, opening) = try await opening(with: credential) else {
            return try Self.refuse(.unauthorized, "invalid_client")
        }
        let token = try await tokens.issue(for: opening.key, by: world.projects.projects)
        return JSONAnswer.response(
            JSONValue.object([
                "access_token": .string(token), "token_type": "Bearer",
                "expires_in": .integer(Projects.tokenLifetime.milliseconds / 1000),
            ]).text, headers: [.cacheControl: "no-store", .pragma: "no-cache"])
    }

    /// Source: RFC 6749, section 5.2.
    private static func refuse(_ status: HTTPResponse.Status, _ error: String) throws -> Response {
        var headers: HTTPFields = [.cacheControl: "no-store"]
        if status == .unauthorized { headers[.wwwAuthenticate] = "Basic" }
        return JSONAnswer.response(JSONValue.object(["error": .string(error)]).text, status: status, headers: headers)
    }
}

extension HTTPField.Name {
    fileprivate static let pragma = HTTPField.Name("pragma") ?? .cacheControl
}

/// `application/x-www-form-urlencoded`. Of two fields with one name the first counts.
package struct FormBody: Sendable {
    private let fields: [String: String]

    package init(_ text: String) {
        let pairs = text.split(separator: "&").prefix(32).compactMap { pair -> (String, String)? in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = Self.decode(parts[0]), let value = Self.decode(parts[1]) else {
                return nil
            }
            return (name, value)
        }
        fields = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    package subscript(_ name: String) -> String? { fields[name] }

    /// Nil for a broken escape.
    private static func decode(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = rest.prefix(2)
                guard digits.count == 2, let value = UInt8(String(Substring(digits)), radix: 16) else { return nil }
                bytes.append(value)
                rest = rest.dropFirst(2)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

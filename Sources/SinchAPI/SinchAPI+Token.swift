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

// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import HTTPTypes
import Services
import Testing

/// Who is let in. Source: Sinch, API Overview (Basic or OAuth2 bearer); error table.
@Suite struct SinchAccessTests {
    private static let unauthorized = papi(
        "unauthorized_error", "Unauthorized error.", "Verify that projectId is correct.")
    private static let form = "application/x-www-form-urlencoded"

    private static func token(_ client: SinchClient) async throws -> SinchClient.Answer {
        try await client.raw(.post, "/oauth2/token", "grant_type=client_credentials", type: form)
    }

    @Test func `a key and its secret open their project, by Basic and by an access token`() async throws {
        try await DoorWorld.run { world in
            try await SinchClient.run(world) { client in
                #expect(try await client.call(.get, "/whatsapp").errorCode == "account_not_found")
                let issued = try await Self.token(client)
                #expect(issued.status == 200)
                #expect(Set(issued.json.keys) == ["access_token", "token_type", "expires_in"])
                #expect(issued.json["token_type"] as? String == "Bearer")
                #expect(issued.json["expires_in"] as? Int == 3600)
                let token = try #require(issued.json["access_token"] as? String)
                #expect(token.split(separator: ".").count == 3)
                let bearer = client.with(authorization: "bearer \(token)")
                #expect(try await bearer.call(.get, "/whatsapp").errorCode == "account_not_found")
            }
        }
    }

    @Test func `the credentials may stand in the form`() async throws {
        try await DoorWorld.run { world in
            let access = try await SinchAccess.make(world, for: world.globex)
            try await SinchClient.run(world) { client in
                let secret = access.secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                let form = "grant_type=client_credentials&client_id=\(access.key.id)&client_secret=\(secret)"
                let answer = try await client.with(authorization: nil).raw(
                    .post, "/oauth2/token", form, type: Self.form)
                #expect(answer.status == 200)
            }
        }
    }

    static let refusedForms = [
        ("", 400, "invalid_request"), ("grant_type=password", 400, "unsupported_grant_type"),
        ("grant_type=client_credentials&client_id=x&client_secret=y", 401, "invalid_client"),
        ("grant_type=client_credentials", 401, "invalid_client"),
    ]

    /// Source: RFC 6749, section 5.2.
    @Test(arguments: refusedForms)
    func `a token is refused as OAuth does`(form: String, status: Int, error: String) async throws {
        try await DoorWorld.run { world in
            try await SinchClient.run(world) { client in
                let answer = try await client.with(authorization: nil).raw(
                    .post, "/oauth2/token", form, type: Self.form)
                #expect(answer.status == status)
                #expect(answer.body == canonical(#"{"error": "\#(error)"}"#))
            }
        }
    }

    @Test func `what opens nothing is answered in one way, whatever is wrong`() async throws {
        try await DoorWorld.run { world in
            let foreign = try await SinchAccess.make(world, for: world.globex)
            try await SinchClient.run(world) { client in
                let token = try #require(try await Self.token(client).json["access_token"] as? String)
                let headers: [String?] = [
                    nil, "", "Basic", "Basic ", "Basic ???", "Basic " + Data("no-colon".utf8).base64EncodedString(),
                    "Basic " + Data("\(foreign.key.id):wrong".utf8).base64EncodedString(), foreign.basic,
                    "Bearer x", "Bearer \(token)x", "Bearer " + token.dropLast(2), "Digest a", "Bearer a.b.c",
                ]
                for header in headers {
                    let answer = try await client.with(authorization: header).call(.get, "/whatsapp")
                    #expect(answer.status == 401, "\(header ?? "-")")
                    #expect(answer.body == Self.unauthorized)
                }
                let projects = [
                    foreign.project.id.rawValue, "018c0000-0000-7000-8000-000000000000", "nonsense",
                    client.project + "0",
                ]
                for project in projects {
                    let other = client.with(authorization: client.authorization, project: project)
                    let answer = try await other.call(.get, "/whatsapp/senders")
                    #expect(answer.status == 401)
                    #expect(answer.body == Self.unauthorized)
                    let bearer = client.with(authorization: "Bearer \(token)", project: project)
                    #expect(try await bearer.call(.get, "/webhooks").body == Self.unauthorized)
                }
            }
        }
    }

    @Test func `a key of the partner opens all of its projects and no other's`() async throws {
        try await DoorWorld.run { world in
            let foreign = try await SinchAccess.make(world, for: world.globex)
            try await SinchClient.run(world) { client in
                let minted = try await world.services.projects.projects.mintKey(
                    for: world.acme.partner, project: nil, by: SinchAccess.creator)
                let second = try await world.services.projects.projects.create(
                    name: "Second", for: world.acme.partner, customer: nil, by: SinchAccess.creator)
                let basic = "Basic " + Data("\(minted.key.id):\(minted.secret.secret)".utf8).base64EncodedString()
                let opened = [client.project, second.id.rawValue, foreign.project.id.rawValue]
                var codes: [String?] = []
                for project in opened {
                    codes.append(
                        try await client.with(authorization: basic, project: project).call(.get, "/whatsapp").errorCode)
                }
                #expect(codes == ["account_not_found", "account_not_found", "unauthorized_error"])
            }
        }
    }

    @Test func `a revoked key and its tokens open nothing at once`() async throws {
        try await DoorWorld.run { world in
            try await SinchClient.run(world) { client in
                let token = try #require(try await Self.token(client).json["access_token"] as? String)
                let projects = world.services.projects.projects
                for key in try await projects.keys(of: world.acme.partner, for: SinchAccess.creator) {
                    try await projects.revokeKey(key.id, of: world.acme.partner, by: SinchAccess.creator)
                }
                #expect(try await client.call(.get, "/whatsapp").status == 401)
                let bearer = client.with(authorization: "Bearer \(token)")
                #expect(try await bearer.call(.get, "/whatsapp").status == 401)
            }
        }
    }

    @Test func `a rotated signing key leaves the tokens of the former one good`() async throws {
        try await DoorWorld.run { world in
            try await SinchClient.run(world) { client in
                let old = try #require(try await Self.token(client).json["access_token"] as? String)
                try await world.services.projects.projects.rotateTokenKey(by: SinchAccess.creator)
                let new = try #require(try await Self.token(client).json["access_token"] as? String)
                #expect(old.split(separator: ".").first != new.split(separator: ".").first)
                let fresh = client.with(authorization: "Bearer \(old)")
                #expect(try await fresh.call(.get, "/whatsapp").errorCode == "account_not_found")
                // The door remembers keys for two seconds; a door of another node knows the new one at once.
                try await SinchClient.run(world, reusing: client) { other in
                    for token in [old, new] {
                        let answer = try await other.with(authorization: "Bearer \(token)").call(.get, "/whatsapp")
                        #expect(answer.errorCode == "account_not_found")
                    }
                }
            }
        }
    }

    @Test func `a removed project is not found, and one whose WhatsApp is off is not initialized`() async throws {
        try await DoorWorld.run { world in
            try await SinchClient.run(world) { client in
                try await world.services.partners.setWhatsApp(
                    isEnabled: false, for: world.acme.partner, by: SinchAccess.creator)
                let off = try await client.call(.get, "/whatsapp")
                #expect(off.status == 400)
                #expect(
                    off.body
                        == papi(
                            "project_not_initialized", "Project not initialized for WhatsApp.",
                            "Verify that the project ID is correct and that it has been onboarded for WhatsApp."))
                try await world.services.projects.projects.remove(
                    ProjectID(client.project), of: world.acme.partner, by: SinchAccess.creator)
                let gone = try await client.call(.get, "/whatsapp")
                #expect(gone.status == 404)
                #expect(
                    gone.body
                        == papi("project_not_found", "Project not found.", "Verify that the projectId is correct."))
            }
        }
    }
}

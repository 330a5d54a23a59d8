// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Domain
import Foundation
import GangwayServer
import NIOCore
import NIOHTTP1
import OpenAPI
import TestSupport
import Testing

/// The document and the router are two tellings of one thing.
@Suite(.timeLimit(.minutes(10))) struct OpenAPITests {
    private static let contract = Contract(APIDescription.document.json)

    /// Every exchange of the journeys is held against the document.
    static let witness: @Sendable (Exchange) -> Void = { exchange in
        for fault in contract.faults(exchange) { Issue.record("\(fault)") }
    }

    @Test func `every route is described once, and nothing else is`() {
        let described = APIDescription.document.operations.map(\.name)
        #expect(Set(described).count == described.count)
        let routes = APIDescription.routes
        let missing = Set(described).subtracting(routes)
        #expect(missing.isEmpty, "no such route: \(missing.sorted())")
        // A path's other methods are routes too: they refuse. So do paths of Meta's that no dialect serves.
        let paths = Set(APIDescription.document.operations.map(\.path))
        let strange = routes.filter { route in
            guard let path = route.split(separator: " ").last.map(String.init) else { return true }
            return !paths.contains(path) && !Self.refused.contains(path)
        }
        #expect(strange.isEmpty, "not described: \(strange.sorted())")
    }

    private static let refused: Set<String> = ["/api/v25.0/{id}/message_templates/id", "/api/v25.0/{id}/**"]

    @Test func `a route that is not described takes nothing from anybody`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let described = Set(APIDescription.document.operations.map(\.name))
            for route in APIDescription.routes.subtracting(described).sorted() {
                let parts = route.split(separator: " ").map(String.init)
                for key in [server.credentials.operator.key, server.credentials.partner.apiKey] {
                    let path = parts[1].replacing(/\{[A-Za-z_]+\}/, with: "1").replacing("**", with: "x")
                    let answer = try await raw(parts[0], server.credentials.baseURL + path, key: key)
                    #expect([401, 404, 405].contains(answer.status), "\(route): \(answer.status)")
                }
            }
        }
    }

    @Test func `the document is whole: names are unique, and every reference has its schema`() throws {
        let document = APIDescription.document
        let ids = document.operations.map(\.id)
        #expect(Set(ids).count == ids.count)
        let text = document.json.text
        let named = Set(text.matches(of: /"#\/components\/schemas\/([A-Za-z]+)"/).map { String($0.output.1) })
        #expect(named.subtracting(document.schemas.keys).isEmpty)
        #expect(Set(document.schemas.keys).subtracting(named).isEmpty, "told of and not used")
        let schemes = Set(document.chapters.flatMap(\.security.keys))
        #expect(Set(document.operations.flatMap(\.security)) == schemes)
        // A schema has one meaning in all chapters.
        for (name, schema) in document.chapters.flatMap(\.schemas) { #expect(document.schemas[name] == schema) }
    }

    @Test func `machines and people are served, without a key and without anything from elsewhere`() async throws {
        try await LocalServer.with(.sqlite) { server in
            let json = try await raw("GET", server.credentials.baseURL + "/openapi.json")
            #expect(json.status == 200 && json.type == "application/json")
            #expect(JSONValue(answer: json.body) == APIDescription.document.json)
            let docs = try await raw("GET", server.credentials.baseURL + "/docs")
            #expect(docs.status == 200 && docs.type?.hasPrefix("text/html") == true)
            #expect(docs.body.contains("/api/v1/onboardings/{id}/resume"))
            #expect(docs.body.contains("<code>waba_id</code>"))
            #expect(docs.body.firstMatch(of: /(src|href)="(https?:)?\/\//) == nil)
            #expect(!docs.body.contains("<script") && !docs.body.contains("@import") && !docs.body.contains("url("))
        }
    }

    private struct Raw { let status: Int; let type: String?; let body: String }

    private func raw(_ method: String, _ url: String, key: String? = nil) async throws -> Raw {
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        if let key { request.headers.add(name: "authorization", value: "Bearer \(key)") }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let bytes = try await response.body.collect(upTo: 4 << 20)
        return Raw(
            status: Int(response.status.code), type: response.headers.first(name: "content-type"),
            body: String(buffer: bytes))
    }
}

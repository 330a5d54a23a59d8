// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import GraphClient
import Testing

/// Every call of ours against Meta's documented exchanges, over real sockets.
@Suite(.timeLimit(.minutes(1))) struct DocumentedCallTests {
    @Test(arguments: DocumentedCall.all)
    func `is sent as documented and its answer is read`(call: DocumentedCall) async throws {
        let example = try Example(call.file, call.name)
        let (request, result) = try await StubGraph.client([example.stubAnswer]) { stub, client in
            let result = try await call.perform(client)
            return (try #require(stub.requests.first), result)
        }
        #expect(result == call.reads)
        #expect(request.method == example.method)
        #expect(request.path == example.path)
        #expect(request.authorization == example.authorization)

        var query = request.query
        for name in call.added where example.query[name] == nil || name == "fields" { query[name] = nil }
        var documented = example.query
        if call.added.contains("fields") { documented["fields"] = nil }
        #expect(query == documented)
        try expectBody(of: request, like: example)
        if call.added.contains("appsecret_proof") {
            let token = try #require(request.authorization?.dropFirst("Bearer ".count))
            let proof = AppSecretProof.make(token: String(token), appSecret: Sample.appSecret)
            #expect(request.query["appsecret_proof"] == proof)
        }
    }

    private func expectBody(of request: RecordedRequest, like example: Example) throws {
        guard let documented = example.body else {
            #expect(request.body.isEmpty)
            #expect(request.contentType == nil)
            return
        }
        if request.contentType == "application/x-www-form-urlencoded" {
            // The example's proof belongs to another token.
            let proof = AppSecretProof.make(token: Sample.systemToken.secret, appSecret: Sample.appSecret)
            #expect(request.form == ["appsecret_proof": proof, "fetch_only": "true"])
        } else {
            #expect(request.contentType == "application/json")
            let sent = try JSONSerialization.jsonObject(with: Data(request.body.utf8)) as? NSDictionary
            #expect(sent == documented as NSDictionary)
        }
    }

    /// What the examples show and this client leaves to others on purpose.
    private static let leftOut: Set<String> = [
        "waba: unknown field", "solutions: create", "solutions: list", "solutions: accept",
        "solutions: move a WABA to a solution",
    ]

    @Test(arguments: [
        "oauth", "debug-token", "waba", "waba-lists", "subscribed-apps", "assigned-users", "phone-numbers",
        "registration", "messages", "coexistence", "business-profile", "credit-line", "solutions",
    ])
    func `no documented exchange is forgotten`(file: String) throws {
        let covered = Set(DocumentedCall.all.map(\.testDescription)).union(Self.leftOut)
        let missing = try Example.names(file).map { "\(file): \($0)" }.filter { !covered.contains($0) }
        #expect(missing.isEmpty)
    }
}

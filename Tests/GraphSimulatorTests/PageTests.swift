// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import GraphSimulator
import NIOCore
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1)))
struct PageTests {
    @Test(arguments: [
        ("/_sandbox", "console.js"), ("/_sandbox/example", "example.js"),
        ("/v26.0/dialog/oauth?client_id=1", "dialog.js"),
        ("/dialog/oauth", "dialog.js"), ("/messaging/whatsapp/onboard/", "dialog.js"),
    ])
    func aPageLoadsItsOwnFilesOnlyAndNobodyMayFrameIt(_ path: String, _ script: String) async throws {
        try await Sandbox.run { sandbox in
            let page = try await sandbox.browse(path, ["Accept": "text/html"])
            #expect(page.status == 200)
            #expect(page.text.contains("/_sandbox/assets/\(script)"))
            #expect(!page.text.contains("://"))
            let policy = page.headers.first(name: "Content-Security-Policy") ?? ""
            #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            let file = try await sandbox.get("/_sandbox/assets/\(script)")
            #expect(file.status == 200)
            #expect(file.headers.first(name: "Content-Type")?.hasPrefix("text/javascript") == true)
            #expect(file.headers.first(name: "Cross-Origin-Resource-Policy") == "same-origin")
        }
    }

    @Test func aProgramStillGetsTheListOfPaths() async throws {
        try await Sandbox.run { sandbox in
            let paths = try await sandbox.get("/_sandbox/").body["paths"].strings
            #expect(paths.contains("/_sandbox/signups"))
        }
    }

    @Test(arguments: [("/sdk.js", 200), ("/en_US/sdk.js", 200), ("/de_DE/sdk.js", 200), ("/english/sdk.js", 400)])
    func theSDKLiesWhereMetaHasIt(_ path: String, _ status: Int) async throws {
        try await Sandbox.run { sandbox in
            let file = try await sandbox.get(path)
            #expect(file.status == status)
            guard status == 200 else { return }
            #expect(file.text.contains("window.FB"))
            #expect(file.headers.first(name: "Cross-Origin-Resource-Policy") == "cross-origin")
            #expect(file.headers.first(name: "Access-Control-Allow-Origin") == "*")
        }
    }

    /// What a browser sends for another website's page, and what curl and the sandbox's own pages send.
    @Test(arguments: [
        (["Origin": "https://evil.example"], 403), (["Origin": "null"], 403), (["Sec-Fetch-Site": "cross-site"], 403),
        (["Sec-Fetch-Site": "same-site"], 403), (["Origin": "http://localhost:3000"], 403),
        (["Host": "evil.example"], 403), (["Host": "evil.example", "Origin": "http://evil.example"], 403),
        ([:], 200), (["Sec-Fetch-Site": "same-origin"], 200), (["Host": "localhost:8081"], 200),
        (["Host": "sandbox:8081"], 200), (["Host": "[::1]:8081"], 200),
        (["Host": "localhost:8081", "Origin": "http://localhost:8081"], 200),
    ])
    func anotherWebsiteCannotChangeTheWorld(_ headers: [String: String], _ status: Int) async throws {
        try await Sandbox.run { sandbox in
            _ = try await sandbox.signUp()
            let answer = try await sandbox.browse("/_sandbox/reset", headers, method: .POST)
            #expect(answer.status == status)
            #expect(answer.headers.first(name: "Access-Control-Allow-Origin") == nil)
            let isThere = try await !sandbox.get("/_sandbox/world").body["wabas"].list.isEmpty
            #expect(isThere == (status == 403))
        }
    }

    /// A name that its owner has pointed at this machine must not read the world either.
    @Test func aPublicNameIsNotAnswered() async throws {
        try await Sandbox.run { sandbox in
            #expect(try await sandbox.browse("/_sandbox/world", ["Host": "rebound.example"]).status == 403)
            let graph = try await sandbox.browse("/v26.0/1", ["Host": "graph.example"])
            #expect(graph.status == 401)
        }
    }

    @Test func tablesShowTheWorldWithoutItsSecrets() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard(#"{"business":{"name":"Lucky Shrub"}}"#)
            _ = try await sandbox.assignSystemUser(to: customer)
            _ = try await sandbox.shareCredit(with: customer)
            let other = try await sandbox.onboard(#"{"business":{"name":"Wind & Wool"}}"#)
            let wabas = try await sandbox.get("/_sandbox/tables/wabas").body
            #expect(wabas["total"].int == 2)
            let found = try await sandbox.get("/_sandbox/tables/wabas", ["q": "wool"]).body["data"].list
            #expect(found.map(\.["id"].string) == [other.wabaID])
            let number = try await sandbox.get("/_sandbox/tables/numbers", ["q": customer.phoneNumberID]).body["data"]
            #expect(number[0]["waba_id"].string == customer.wabaID)
            let credit = try await sandbox.get("/_sandbox/tables/credit").body["data"].list
            #expect(credit.map(\.["receiving_business_id"].string) == [customer.businessID])
            let tokens = try await sandbox.get("/_sandbox/tables/tokens")
            #expect(tokens.body["total"].int == 4)
            let apps = try await sandbox.get("/_sandbox/tables/apps")
            for text in [tokens.text, apps.text] {
                for secret in [customer.token, sandbox.app.systemToken, sandbox.app.appSecret] {
                    #expect(!text.contains(secret))
                }
            }
            #expect(try await sandbox.get("/_sandbox/tables/summary").body["wabas"].int == 2)
            #expect(try await sandbox.get("/_sandbox/tables/secrets").status == 404)
            #expect(try await sandbox.get("/_sandbox/tables/wabas", ["limit": "1"]).body["data"].list.count == 1)
        }
    }

    @Test func callsComeAsLinesForScripts() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            _ = try await sandbox.get("/v26.0/\(customer.wabaID)", token: customer.token)
            let log = try await sandbox.get("/_sandbox/calls", ["format": "jsonl"])
            let lines = log.text.split(separator: "\n")
            #expect(lines.map { Value(parsing: String($0))["operation"].string } == ["exchange_code", "read_waba"])
            let newest = try await sandbox.get("/_sandbox/calls", ["limit": "1"]).body["data"].list
            #expect(newest.map(\.["seq"].int) == [2])
        }
    }
}

extension Sandbox {
    /// A request with headers of its own, as a browser sends them.
    func browse(_ path: String, _ headers: [String: String] = [:], method: HTTPMethod = .GET) async throws -> Answer {
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let text = String(buffer: try await response.body.collect(upTo: 4 * 1024 * 1024))
        return Answer(
            status: Int(response.status.code), headers: response.headers, text: text, body: Value(parsing: text))
    }
}

// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Source: reference section 7.3; seed 003.
@Suite(.timeLimit(.minutes(1)))
struct ListTests {
    private static let start = 1_604_962_800

    private static func seeded(_ sandbox: Sandbox, _ count: Int) async throws -> String {
        _ = try await sandbox.post(
            "/_sandbox/seed", #"{"businesses":\#(count),"start":\#(start),"spacing_seconds":10}"#)
        return "/v26.0/\(sandbox.app.businessID)/client_whatsapp_business_accounts"
    }

    @Test(arguments: ["creation_time_ascending", "creation_time_descending"])
    func followingNextReadsEveryWABAOnceInOrder(_ sort: String) async throws {
        try await Sandbox.run { sandbox in
            let path = try await Self.seeded(sandbox, 57)
            var answer = try await sandbox.get(
                path, ["fields": "id,creation_time", "sort": sort, "limit": "10"], token: sandbox.app.systemToken)
            var times: [Int] = []
            var pages = 0
            while true {
                times += answer.body["data"].list.compactMap { $0["creation_time"].int }
                pages += 1
                #expect(answer.body["paging"]["previous"].exists == (pages > 1))
                let next = answer.body["paging"]["next"]
                guard next.exists else { break }
                answer = try await sandbox.get(next.string)
            }
            #expect(pages == 6)
            let all = (0..<57).map { Self.start + $0 * 10 }
            #expect(times == (sort == "creation_time_ascending" ? all : all.reversed()))
        }
    }

    @Test func previousLeadsBack() async throws {
        try await Sandbox.run { sandbox in
            let path = try await Self.seeded(sandbox, 12)
            let token = sandbox.app.systemToken
            let first = try await sandbox.get(path, ["limit": "5"], token: token)
            let second = try await sandbox.get(first.body["paging"]["next"].string)
            let back = try await sandbox.get(second.body["paging"]["previous"].string)
            #expect(back.body["data"] == first.body["data"])
        }
    }

    struct Filter: Sendable {
        var comparison: String
        var offset: Int
        var expected: Int
    }

    @Test(arguments: [
        Filter(comparison: "GREATER_THAN", offset: 0, expected: 19),
        Filter(comparison: "GREATER_THAN", offset: 190, expected: 0),
        Filter(comparison: "LESS_THAN", offset: 0, expected: 0),
        Filter(comparison: "LESS_THAN", offset: 55, expected: 6),
    ])
    func filtersByTimeOfCreation(_ filter: Filter) async throws {
        try await Sandbox.run { sandbox in
            let path = try await Self.seeded(sandbox, 20)
            let value = Self.start + filter.offset
            let filtering = #"[{"field":"creation_time","operator":"\#(filter.comparison)","value":"\#(value)"}]"#
            let answer = try await sandbox.get(path, ["filtering": filtering], token: sandbox.app.systemToken)
            #expect(answer.body["data"].list.count == filter.expected)
        }
    }

    @Test(arguments: [
        (["limit": "0"], "limit"), (["sort": "name"], "sort"), (["after": "nonsense"], "cursors"),
        (["filtering": "{"], "filtering"), (["filtering": #"[{"field":"name"}]"#], "filtering"),
        (["fields": "id,colour"], "nonexisting field (colour) on node type (WhatsAppBusinessAccount)"),
    ])
    func badParametersAreNamed(_ query: [String: String], _ word: String) async throws {
        try await Sandbox.run { sandbox in
            let path = try await Self.seeded(sandbox, 1)
            let answer = try await sandbox.get(path, query, token: sandbox.app.systemToken)
            #expect(answer.status == 400)
            #expect(answer.errorCode == 100)
            #expect(answer.body["error"]["message"].string.contains(word))
        }
    }

    @Test func aPageHoldsTwentyFiveUnlessAskedAndAHundredAtMost() async throws {
        try await Sandbox.run { sandbox in
            let path = try await Self.seeded(sandbox, 120)
            let token = sandbox.app.systemToken
            let usual = try await sandbox.get(path, ["summary": "true"], token: token)
            #expect(usual.body["data"].list.count == 25)
            #expect(usual.body["summary"]["total_count"].int == 120)
            #expect(try await sandbox.get(path, ["limit": "1000"], token: token).body["data"].list.count == 100)
        }
    }

    @Test func anEmptyListHasNoPaging() async throws {
        try await Sandbox.run { sandbox in
            let path = "/v26.0/\(sandbox.app.businessID)/owned_whatsapp_business_accounts"
            let answer = try await sandbox.get(path, token: sandbox.app.systemToken)
            #expect(answer.text == #"{"data":[]}"#)
        }
    }

    @Test func anotherBusinessesListIsNotShown() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let path = "/v26.0/\(customer.businessID)/client_whatsapp_business_accounts"
            #expect(try await sandbox.get(path, token: sandbox.app.systemToken).errorCode == 200)
            #expect(try await sandbox.get(path, token: customer.token).errorCode == 200)
        }
    }

    @Test func numbersComeNewestOnboardedFirst() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let path = "/v26.0/\(customer.wabaID)/phone_numbers"
            let added = try await sandbox.post(
                path, #"{"cc":"49","phone_number":"1511234567","verified_name":"Kaktus"}"#, token: customer.token)
            let second = added.body["id"].string
            #expect(try await sandbox.register(customer).status == 200)
            let list = try await sandbox.get(path, token: customer.token)
            #expect(list.body["data"].list.map(\.["id"].string) == [customer.phoneNumberID, second])
            #expect(list.body["data"][0]["throughput"]["level"].string == "STANDARD")
            let page = try await sandbox.get(path, ["limit": "1"], token: customer.token)
            let next = try await sandbox.get(page.body["paging"]["next"].string)
            #expect(next.body["data"].list.map(\.["id"].string) == [second])
            #expect(!next.body["paging"]["next"].exists)
            let rising = try await sandbox.get(
                path, ["sort": "['last_onboarded_time_ascending']", "fields": "id"], token: customer.token)
            #expect(rising.body["data"].list.map(\.["id"].string) == [second, customer.phoneNumberID])
        }
    }
}

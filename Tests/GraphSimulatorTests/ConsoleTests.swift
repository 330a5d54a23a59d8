// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// What the page at `/_sandbox` calls is there, and its buttons do what they say.
@Suite(.timeLimit(.minutes(1)))
struct ConsoleTests {
    /// A call in the page's script; a path that ends with a slash is completed with an id.
    private struct PageCall: Hashable {
        let method: String
        let path: String
    }

    private static func calls(in script: String) -> Set<PageCall> {
        Set(
            script.matches(of: /call\('(GET|POST|DELETE)', '([^'?]+)/).map {
                PageCall(method: String($0.output.1), path: String($0.output.2))
            })
    }

    private static let completions = [
        "/webhooks/": "catalog", "/scenarios/": "pin_mismatch", "/faults/": "1", "/tables/": "wabas",
    ]

    @Test func `the page names only routes that exist`() async throws {
        try await Sandbox.run { sandbox in
            let script = try await sandbox.get("/_sandbox/assets/console.js").text
            let calls = Self.calls(in: script)
            let paths = Set(calls.map(\.path))
            #expect(paths.isSuperset(of: ["/scenarios", "/scenarios/", "/faults", "/faults/", "/clock", "/reset"]))
            for call in calls {
                let path = "/_sandbox" + call.path + (Self.completions[call.path] ?? "")
                let answer = try await sandbox.send(
                    HTTPMethod(rawValue: call.method), path, json: call.method == "POST" ? "{}" : nil)
                #expect(!answer.text.contains("no such path"), "\(call)")
                #expect(answer.status < 500, "\(call)")
            }
            // What a wrong one would look like.
            #expect(try await sandbox.get("/_sandbox/nowhere").text.contains("no such path"))
            let tables = script.matches(of: /'(\w+)' \+ q|'(\w+)\?limit=50'/).compactMap { $0.output.1 ?? $0.output.2 }
            #expect(tables.count >= 5)
            for table in tables { #expect(try await sandbox.get("/_sandbox/tables/\(table)").status == 200) }
        }
    }

    @Test func `every scenario begins and ends with one click`() async throws {
        try await Sandbox.run { sandbox in
            let listed = { try await sandbox.get("/_sandbox/scenarios").body["data"].list }
            let names = try await listed().map(\.["name"].string)
            #expect(names == Scenario.all.map(\.name))
            for name in names {
                // The page prints both.
                let row = try #require(try await listed().first { $0["name"].string == name })
                #expect(!row["summary"].string.isEmpty && !row["expect"].string.isEmpty)
                #expect(try await sandbox.post("/_sandbox/scenarios", #"{"name":"\#(name)"}"#).status == 201)
            }
            #expect(try await listed().allSatisfy { $0["active"].bool == true && !$0["since"].string.isEmpty })
            #expect(try await sandbox.delete("/_sandbox/scenarios/\(names[0])").status == 200)
            #expect(try await listed()[0]["active"].bool == false)
            #expect(try await sandbox.delete("/_sandbox/scenarios").status == 200)
            #expect(try await listed().allSatisfy { $0["active"].bool == false })
            #expect(try await sandbox.get("/_sandbox/faults").body["data"].list.isEmpty)
        }
    }
}

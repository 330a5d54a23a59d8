// SPDX-License-Identifier: Apache-2.0
import Domain
import TestSupport
import Testing

/// Source: reliability.md section 10, lists.
@Suite(.timeLimit(.minutes(5))) struct PagingTests {
    @Test("pages show each row once while rows are inserted between them")
    func stable() async throws {
        try await DoorWorld.native { world, api in
            var expected: Set<String> = [world.acme.customer.rawValue]
            for index in 0..<9 {
                // Some share a moment, so that the id must break the tie.
                if index.isMultiple(of: 3) { world.clock.advance(by: .milliseconds(1)) }
                let created = try await api.post("customers", #"{"name":"C\#(index)"}"#)
                expected.insert(try #require(created["id"]))
            }
            var seen: [String] = []
            var cursor: String?
            var pages = 0
            repeat {
                let page = try await api.get("customers?limit=3" + (cursor.map { "&cursor=\($0)" } ?? ""))
                #expect(page.status == 200)
                seen += (0..<(page.count("data") ?? 0)).compactMap { page["data.\($0).id"] }
                cursor = page["next_cursor"]
                pages += 1
                world.clock.advance(by: .milliseconds(1))
                _ = try await api.post("customers", #"{"name":"late \#(pages)"}"#)
            } while cursor != nil
            #expect(pages == 4)
            #expect(seen.count == expected.count)
            #expect(Set(seen) == expected)
        }
    }

    @Test("a cursor serves only the list, filters and caller that it was given for")
    func bound() async throws {
        try await DoorWorld.native { world, api in
            for index in 0..<3 { _ = try await api.post("customers", #"{"name":"C\#(index)"}"#) }
            let cursor = try #require(try await api.get("customers?limit=1")["next_cursor"])
            #expect(try await api.get("customers?limit=2&cursor=\(cursor)").status == 200)
            let elsewhere = ["customers?external_id=x&cursor=", "endpoints?cursor=", "customers?cursor=A"]
            for path in elsewhere.map({ $0 + cursor }) {
                let answer = try await api.get(path)
                #expect(answer.status == 400)
                #expect(answer["errors.0.parameter"] == "cursor")
            }
            #expect(try await api.with(world.globex.key).get("customers?cursor=\(cursor)").status == 400)
        }
    }

    @Test("a page has 50 rows unless asked otherwise, and at most 250")
    func limits() async throws {
        try await DoorWorld.native { _, api in
            for index in 0..<51 { _ = try await api.post("customers", #"{"name":"C\#(index)"}"#) }
            #expect(try await api.get("customers").count("data") == 50)
            #expect(try await api.get("customers?limit=250").count("data") == 52)
        }
    }
}

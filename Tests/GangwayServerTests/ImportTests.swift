// SPDX-License-Identifier: Apache-2.0
import GangwayServer
import TestSupport
import Testing

/// WABAs that exist at Meta are taken on record on the operator's word. Source: issue "The whole life of a WABA", item 10.
@Suite(.timeLimit(.minutes(10))) struct ImportTests {
    @Test("a file's rows are imported once, each with its outcome", arguments: ServerDatabase.all)
    func file(_ database: ServerDatabase) async throws {
        try await LocalServer.with(database) { server in
            let other = try await server.addPartner("Other")
            let mine = try await server.sandbox.signUp(#"{"flow": "hosted"}"#)
            let theirs = try await server.sandbox.signUp(#"{"flow": "hosted"}"#)
            let aboard = try await server.onboarded()
            let file = """
                waba_id,customer_external_id,customer_name,partner_id
                \(mine.waba_id),crm-1,"Shrub, Lucky",
                \(theirs.waba_id),,,\(other.id)
                \(aboard.waba_id),,,
                \(aboard.waba_id),,,\(other.id)
                999999999999999,,,
                not an id,,,
                \(mine.waba_id),crm-1,,
                \(mine.waba_id),,,prt_00000000000000000000000000

                """
            let path = "/api/v1/imports?partner_id=\(server.credentials.partner.id)"
            let begun: ImportAnswer = try await server.operator.post(path, file, type: "text/csv")
            let (item, rows) = try await server.imported(begun)
            #expect(item.state == "finished" && item.rows == 8 && item.rows_done == 8)
            #expect(
                rows.map { "\($0.line) \($0.outcome)" } == [
                    "2 imported", "3 imported", "4 already_here", "5 owned_by_another_partner", "6 not_shared",
                    "7 invalid", "8 already_here", "9 invalid",
                ])
            #expect(item.outcomes == Dictionary(grouping: rows, by: \.outcome).mapValues(\.count))
            let node: Node = try await server.partner.get("/api/v1/wabas/\(mine.waba_id)")
            #expect(node.evidence == "operator_import" && node.token.kept)
            let foreign = await #expect(throws: Caller.Refused.self) {
                let _: AnyAnswer = try await server.partner.get("/api/v1/wabas/\(theirs.waba_id)")
            }
            #expect(foreign?.status == 404)
            let customers: ListAnswer<Customer> = try await server.partner.get("/api/v1/customers?external_id=crm-1")
            #expect(customers.data.map(\.name) == ["Shrub, Lucky"])
            #expect(rows[0].customer_id == customers.data.first?.id)

            let again: ImportAnswer = try await server.operator.post(path, file, type: "text/csv")
            let (_, repeated) = try await server.imported(again)
            #expect(repeated[0].outcome == "already_here" && repeated[1].outcome == "already_here")
        }
    }

    @Test(
        "Meta's list is imported whole, and a reconciliation then finds nothing foreign", arguments: ServerDatabase.all)
    func list(_ database: ServerDatabase) async throws {
        try await LocalServer.with(database) { server in
            try await server.sandbox.seed(#"{"businesses": 60, "wabas_per_business": 2, "numbers": true}"#)
            let before = try await server.reconcile()
            #expect(before.drift == ["foreign": 120])
            let unnamed: ImportAnswer = try await server.operator.post("/api/v1/imports", #"{"source": "meta"}"#)
            let (nobody, _) = try await server.imported(unnamed)
            #expect(nobody.outcomes == ["no_partner": 120], "nobody said whose they are")
            let begun: ImportAnswer = try await server.operator.post(
                "/api/v1/imports", #"{"source": "meta", "partner_id": "\#(server.credentials.partner.id)"}"#)
            let (item, rows) = try await server.imported(begun)
            #expect(item.outcomes == ["imported": 120] && rows.count == 120)
            #expect(Set(rows.compactMap(\.customer_id)).count == 60, "one customer for each business")
            let after = try await server.reconcile()
            #expect(after.drift["foreign"] == nil && after.checked == 120)
        }
    }

    @Test("a file that cannot be read is refused as a whole")
    func broken() async throws {
        try await LocalServer.with(.sqlite) { server in
            for (file, why) in [
                ("", "is empty"), ("waba_id\n", "no row below its head"), ("name\nx\n", "unknown column name"),
                ("waba_id,waba_id\n1,2\n", "twice"), ("waba_id\n\"1\n", "broken quote in record 2"),
                ("customer_name\nx\n", "no column waba_id"),
            ] {
                let error = await #expect(throws: Caller.Refused.self, "\(file)") {
                    let _: AnyAnswer = try await server.operator.post("/api/v1/imports", file, type: "text/csv")
                }
                #expect(
                    error?.status == 400 && error?.description.contains(why) == true, "\(String(describing: error))")
            }
            let none = await #expect(throws: Caller.Refused.self) {
                let _: AnyAnswer = try await server.partner.post("/api/v1/imports", #"{"source": "meta"}"#)
            }
            #expect(none?.status == 403)
        }
    }

    private struct Node: Decodable {
        struct Token: Decodable { let kept: Bool }
        let evidence: String
        let token: Token
    }

    private struct Customer: Decodable {
        let id: String
        let name: String
    }
}

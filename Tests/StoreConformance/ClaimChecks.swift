// SPDX-License-Identifier: Apache-2.0
import SQLEngine

extension EngineConformance {
    static let claimChecks = [
        EngineCheck("no row is claimed twice by 16 claimers", claimsNeverOverlap),
        EngineCheck("a claim takes the first due rows, at most its limit", claimTakesDueRows),
    ]

    private static let table = "CREATE TABLE work (id IDENTITY, due INTEGER NOT NULL, owner TEXT)"

    private static func claim(by owner: String, due: Int64, limit: Int) -> ClaimStatement {
        ClaimStatement(
            table: "work", set: "owner = ?", setParameters: [.text(owner)], eligible: "owner IS NULL AND due <= ?",
            eligibleParameters: [.integer(due)], order: "due, id", limit: limit, returning: "id, owner, due")
    }

    private static func claimsNeverOverlap(_ database: any SQLDatabase) async throws {
        try await database.migrate([table])
        try await database.append("INSERT INTO work (due) VALUES (?)", rows: (0..<500).map { [.int($0)] })
        let claimed = try await withThrowingTaskGroup(of: [Int64].self) { group in
            for claimer in 0..<16 {
                group.addTask {
                    var ids: [Int64] = []
                    while true {
                        let rows = try await database.claim(claim(by: "c\(claimer)", due: 1_000, limit: 7))
                        try require(rows.count <= 7, "at most the limit")
                        ids += try rows.map { try $0.integer("id") }
                        // A claim may find fewer than are left while others hold them: only the table knows the end.
                        if rows.isEmpty, try await database.count("work", where: "owner IS NULL") == 0 { return ids }
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        try requireEqual(claimed.count, 500, "claims")
        try requireEqual(Set(claimed).count, 500, "rows claimed")
    }

    private static func claimTakesDueRows(_ database: any SQLDatabase) async throws {
        try await database.migrate([table])
        try await database.append("INSERT INTO work (due) VALUES (?)", rows: [[30], [10], [20], [40]])
        let first = try await database.claim(claim(by: "a", due: 30, limit: 2))
        try requireEqual(Set(try first.map { try $0.int("due") }), [10, 20], "the earliest two")
        let second = try await database.claim(claim(by: "b", due: 30, limit: 2))
        try requireEqual(try second.map { try $0.int("due") }, [30], "what is due of the rest")
        try requireEqual(try second[0].text("owner"), "b", "the claim's own values come back")
        try requireEqual(try await database.claim(claim(by: "c", due: 30, limit: 2)).count, 0, "nothing is left")
    }
}

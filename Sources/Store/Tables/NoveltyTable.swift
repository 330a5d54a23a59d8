// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

package struct NoveltyTable {
    /// Beyond this many different ones only those that are known are counted.
    package static let rowsMax = 1_000

    let tx: StoreTransaction

    /// Adds to the counts, at most about 100 at once. Returns how many were too many to be kept.
    package func add(_ sightings: [NoveltyKey: MetaWatch.Sighting]) throws -> Int {
        var rows = try tx.sql.first("SELECT COUNT(*) AS n FROM meta_novelty")?.int("n") ?? 0
        var left = 0
        for (key, sighting) in sightings {
            let known = try tx.sql.execute(
                """
                UPDATE meta_novelty SET count = count + ?, last_seen_at = ?, sample = COALESCE(sample, ?)
                WHERE kind = ? AND place = ? AND word = ?
                """,
                [
                    .int(sighting.count), .time(tx.now), .text(sighting.sample), .name(key.kind), .text(key.place),
                    .text(key.word),
                ])
            guard known == 0 else { continue }
            guard rows < Self.rowsMax else {
                left += 1
                continue
            }
            rows += 1
            try tx.sql.execute(
                """
                INSERT INTO meta_novelty (kind, place, word, count, first_seen_at, last_seen_at, sample)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .name(key.kind), .text(key.place), .text(key.word), .int(sighting.count), .time(tx.now),
                    .time(tx.now), .text(sighting.sample),
                ])
        }
        return left
    }

    /// All of them, the latest first.
    package func all(kind: NoveltyKind? = nil) throws -> [Novelty] {
        let filter = kind == nil ? "" : " WHERE kind = ?"
        return try tx.sql.query(
            "SELECT * FROM meta_novelty\(filter) ORDER BY last_seen_at DESC, kind, place, word",
            kind.map { [SQLValue.name($0)] } ?? []
        ).map { row in
            Novelty(
                key: NoveltyKey(try row.value("kind"), try row.text("place"), try row.text("word")),
                count: try row.int("count"), firstSeenAt: try row.timestamp("first_seen_at"),
                lastSeenAt: try row.timestamp("last_seen_at"), sample: try row.optionalText("sample"))
        }
    }

    /// Forgets what somebody has looked at. Returns how many.
    package func clear() throws -> Int { try tx.sql.execute("DELETE FROM meta_novelty") }
}

extension StoreTransaction {
    package var novelties: NoveltyTable { NoveltyTable(tx: self) }
}

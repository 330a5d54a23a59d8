// SPDX-License-Identifier: Apache-2.0
package import Domain
import SQLEngine

/// On which WABA a template or flow is, as far as Meta's answers told.
package struct CloudObjectTable {
    let tx: StoreTransaction

    package func waba(of id: CloudObjectID) throws -> WABAID? {
        try tx.sql.first("SELECT waba_id FROM cloud_object WHERE id = ?", [.id(id)])?.id("waba_id")
    }

    /// At most about 100 at a time.
    package func remember(_ ids: [CloudObjectID], on waba: WABAID) throws {
        for id in ids {
            try tx.sql.execute(
                """
                INSERT INTO cloud_object (id, waba_id, seen_at) VALUES (?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET waba_id = excluded.waba_id, seen_at = excluded.seen_at
                """, [.id(id), .id(waba), .time(tx.now)])
        }
    }
}

extension StoreTransaction {
    package var cloudObjects: CloudObjectTable { CloudObjectTable(tx: self) }
}

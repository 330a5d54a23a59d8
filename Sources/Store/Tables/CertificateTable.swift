// SPDX-License-Identifier: Apache-2.0
package import Domain
import FoundationEssentials
import SQLEngine
package import SealedSecrets

/// Seals the pieces of one certificate, each bound to its place: one that is moved, swapped or taken from elsewhere does not open.
/// The key is the certificate's own and is kept as a sealed secret: a rotation of the world's keys seals the key again, not the pieces.
package struct CertificateSeal: Sendable {
    package let name: String
    private let world: String
    private let sealer: Sealer

    fileprivate init(name: String, world: String, key: OtherSecret) throws {
        guard let bytes = Data(base64Encoded: key.secret), let key = DataKey(id: "certificate", bytes: Array(bytes))
        else {
            throw SealError.malformed
        }
        self.name = name
        self.world = world
        sealer = Sealer(current: key)
    }

    package func seal(_ bytes: [UInt8], at position: Int) throws(SealError) -> [UInt8] {
        try sealer.seal(bytes: bytes, context: context(position))
    }

    fileprivate func open(_ sealed: [UInt8], at position: Int) throws(SealError) -> [UInt8] {
        try sealer.openBytes(sealed, context: context(position))
    }

    private func context(_ position: Int) -> SealContext {
        SealContext(world: world, table: "certificate_chunk", column: "sealed", row: "\(name)/\(position)")
    }
}

/// Certificates in sealed pieces. A certificate is complete here before any activation names it; what none names is swept.
package struct CertificateTable {
    let tx: StoreTransaction

    /// A new certificate with a key of its own.
    package func begin(_ name: String) throws -> CertificateSeal {
        let key = OtherSecret(Data(DataKey.randomBytes()).base64EncodedString())
        try tx.secrets.put(key, as: .certificateKey, of: .certificate(name))
        return try CertificateSeal(name: name, world: tx.store.world, key: key)
    }

    /// `at` is the machine's time, which no test clock moves.
    package func append(_ sealed: [UInt8], at position: Int, of name: String, now: Timestamp) throws {
        try tx.sql.execute(
            "INSERT INTO certificate_chunk (certificate, position, sealed, created_at) VALUES (?, ?, ?, ?)",
            [.text(name), .int(position), .blob(sealed), .time(now)])
    }

    /// The piece at `position`, opened; nil behind the last one and for a certificate that is gone.
    package func chunk(_ position: Int, of name: String) throws -> [UInt8]? {
        let row = try tx.sql.first(
            "SELECT sealed FROM certificate_chunk WHERE certificate = ? AND position = ?",
            [.text(name), .int(position)])
        guard let row, let key = try tx.secrets.get(.certificateKey, of: .certificate(name), as: OtherSecret.self)
        else {
            return nil
        }
        return try CertificateSeal(name: name, world: tx.store.world, key: key)
            .open(try row.blob("sealed"), at: position)
    }

    /// With its key: without it no copy of the pieces, such as in an old backup, opens any more.
    package func remove(_ name: String) throws {
        try tx.sql.execute("DELETE FROM certificate_chunk WHERE certificate = ?", [.text(name)])
        try tx.secrets.remove(.certificateKey, of: .certificate(name))
    }

    /// Begun before `before`, and no activation names them.
    package func unnamed(before: Timestamp, limit: Int) throws -> [String] {
        try tx.sql.query(
            """
            SELECT certificate FROM certificate_chunk WHERE position = 0 AND created_at <= ? AND NOT EXISTS (
                SELECT 1 FROM activation WHERE activation.certificate_name = certificate_chunk.certificate)
            LIMIT ?
            """, [.time(before), .int(limit)]
        ).map { try $0.text("certificate") }
    }

    /// Of a request that was decided before `before`; nil when none is left.
    package func outdated(decidedBefore before: Timestamp) throws -> (name: String, activation: ActivationID)? {
        let row = try tx.sql.first(
            """
            SELECT activation.id, activation.certificate_name FROM activation
            JOIN certificate_chunk ON certificate_chunk.certificate = activation.certificate_name
                AND certificate_chunk.position = 0
            WHERE activation.decided_at < ? LIMIT 1
            """, [.time(before)])
        return try row.map { (try $0.text("certificate_name"), try $0.id("id")) }
    }
}

extension StoreTransaction {
    package var certificates: CertificateTable { CertificateTable(tx: self) }
}

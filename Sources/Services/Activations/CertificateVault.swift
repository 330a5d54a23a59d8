// SPDX-License-Identifier: Apache-2.0
import Domain
package import Store

/// Where certificates are kept: in the database, sealed, in pieces that were committed before any row names the whole. What no row
/// names is swept.
package struct CertificateVault: Sendable {
    /// In bytes: 10 MiB.
    package static let sizeLimit = 10 << 20
    /// In bytes, of one piece: what an upload holds in memory, and what one transaction writes.
    static let chunkSize = 256 << 10

    private let store: Store

    package init(store: Store) { self.store = store }

    /// An upload that begins. Nothing is stored before the first bytes prove to be a certificate.
    package func receive() -> CertificateDraft { CertificateDraft(vault: self) }

    func begin(_ name: String) async throws -> CertificateSeal {
        try await store.write { try $0.certificates.begin(name) }
    }

    func append(_ bytes: [UInt8], at position: Int, _ seal: CertificateSeal) async throws {
        let sealed = try seal.seal(bytes, at: position)
        let now = store.machineClock.now()
        try await store.write { try $0.certificates.append(sealed, at: position, of: seal.name, now: now) }
    }

    /// The whole certificate. Nil when it is gone.
    func read(_ certificate: Certificate) async throws -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < certificate.size {
            let position = bytes.count / Self.chunkSize
            guard let chunk = try await store.read({ try $0.certificates.chunk(position, of: certificate.name) }),
                !chunk.isEmpty
            else { return nil }
            bytes += chunk
        }
        return bytes
    }

    /// Does nothing when it is gone already.
    func remove(_ name: String) async throws { try await store.write { try $0.certificates.remove(name) } }

    /// Removes what was begun at least `age` ago and no request names.
    func sweep(olderThan age: Duration) async throws {
        let border = store.machineClock.now() - age
        var names: [String] = []
        repeat {
            names = try await store.read { try $0.certificates.unnamed(before: border, limit: 20) }
            for name in names { try await remove(name) }
        } while !names.isEmpty
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import SQLEngine
import Store
import TestSupport
import Testing

/// Certificates in sealed pieces. Source: docs/decisions, certificates in the database.
@Suite struct CertificateTableTests {
    private static let text = Array("%PDF-1.7 a certificate".utf8)

    private func store(_ name: String, _ world: TestStore, at now: Timestamp) async throws {
        let seal = try await world.store.write { try $0.certificates.begin(name) }
        for position in 0..<3 {
            let sealed = try seal.seal(Self.text + [UInt8(position)], at: position)
            try await world.store.write { try $0.certificates.append(sealed, at: position, of: name, now: now) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `pieces open at their place and nowhere else, and nothing stands there in plain`(_ engine: TestEngine)
        async throws
    {
        try await withTestStore(engine) { world in
            try await store("a", world, at: world.clock.now())
            try await store("b", world, at: world.clock.now())
            let opened = try await world.store.read { tx in try (0..<4).map { try tx.certificates.chunk($0, of: "a") } }
            #expect(opened == [Self.text + [0], Self.text + [1], Self.text + [2], nil])
            let plain = try await world.store.read { tx in
                try tx.sql.query("SELECT sealed FROM certificate_chunk", []).contains {
                    String(decoding: try $0.blob("sealed"), as: UTF8.self).contains("PDF")
                }
            }
            #expect(!plain)
            for swap in [
                "UPDATE certificate_chunk SET sealed = (SELECT c.sealed FROM certificate_chunk c WHERE c.certificate = 'a' AND c.position = 1) WHERE certificate = 'a' AND position = 0",
                "UPDATE certificate_chunk SET sealed = (SELECT c.sealed FROM certificate_chunk c WHERE c.certificate = 'b' AND c.position = 2) WHERE certificate = 'a' AND position = 2",
            ] {
                try await world.store.write { _ = try $0.sql.execute(swap, []) }
            }
            for position in [0, 2] {
                await #expect(throws: (any Error).self, "a piece from elsewhere") {
                    _ = try await world.store.read { try $0.certificates.chunk(position, of: "a") }
                }
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a removed one leaves neither pieces nor key`(_ engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            try await store("a", world, at: world.clock.now())
            try await world.store.write { try $0.certificates.remove("a") }
            try await world.store.write { try $0.certificates.remove("a") }
            #expect(try await world.store.read { try $0.certificates.chunk(0, of: "a") } == nil)
            let secrets = try await world.store.read { tx in
                try tx.sql.query("SELECT name FROM sealed_secret WHERE owner_table = 'certificate'", []).count
            }
            #expect(secrets == 0)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what no request names is found once it is old enough`(_ engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let partner = try await world.store.seedPartner().partner
            let start = world.clock.now()
            try await store("orphan", world, at: start)
            try await store("young", world, at: start + .hours(2))
            try await store("named", world, at: start)
            try await world.store.write { tx in
                _ = try tx.activations.insert(
                    Activation(
                        id: ActivationID(at: tx.now), sid: AccountSID("HX1000000000GW"), partnerID: partner,
                        request: ActivationRequest(
                            displayName: "Test", phoneNumber: "+13236001237", businessID: BusinessID("1"),
                            businessName: "Kaleyra", incomingURL: nil),
                        certificate: Certificate(name: "named", type: .pdf, size: 7, sha256: "ab"), createdAt: tx.now))
            }
            let found = try await world.store.read { try $0.certificates.unnamed(before: start + .hours(1), limit: 9) }
            #expect(found == ["orphan"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a decided request's certificate is outdated after its time, an open one's never`(_ engine: TestEngine)
        async throws
    {
        try await withTestStore(engine) { world in
            let partner = try await world.store.seedPartner().partner
            let start = world.clock.now()
            for (number, name) in ["decided", "open"].enumerated() {
                try await store(name, world, at: start)
                try await world.store.write { tx in
                    let stored = try tx.activations.insert(
                        Activation(
                            id: ActivationID(at: tx.now), sid: AccountSID("HX\(number + 1)000000000GW"),
                            partnerID: partner,
                            request: ActivationRequest(
                                displayName: "Test", phoneNumber: "+13236001237", businessID: BusinessID("1"),
                                businessName: "Kaleyra", incomingURL: nil),
                            certificate: Certificate(name: name, type: .pdf, size: 7, sha256: "ab"), createdAt: tx.now))
                    guard name == "decided", var decided = stored else { return }
                    decided.state = .rejected
                    decided.decidedAt = tx.now
                    try tx.activations.save(decided)
                }
            }
            let outdated = { (border: Timestamp) in
                try await world.store.read { try $0.certificates.outdated(decidedBefore: border)?.name }
            }
            #expect(try await outdated(start) == nil)
            #expect(try await outdated(start + .days(90)) == "decided")
            try await world.store.write { try $0.certificates.remove("decided") }
            #expect(try await outdated(start + .days(90)) == nil)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

/// Source: Kaleyra, "WhatsApp Registration": one request per account.
@Suite struct ActivationTableTests {
    private func draft(_ sid: AccountSID, _ name: String, _ tx: StoreTransaction, _ partner: PartnerID) -> Activation {
        Activation(
            id: ActivationID(at: tx.now), sid: sid, partnerID: partner,
            request: ActivationRequest(
                displayName: "Test", phoneNumber: "+13236001237", businessID: BusinessID("12345678901234567890"),
                businessName: "Kaleyra", incomingURL: nil),
            certificate: Certificate(name: name, type: .png, size: 7, sha256: "ab"), createdAt: tx.now)
    }

    @Test(arguments: TestEngine.all)
    func `an account has one open request, whoever asks first`(_ engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let partner = try await world.store.seedPartner().partner
            let (first, other) = (AccountSID("HX1000000000GW"), AccountSID("HX2000000000GW"))
            let stored = try await world.store.write { tx in try tx.activations.insert(draft(first, "a", tx, partner)) }
            let activation = try #require(stored)
            #expect(activation.number == 1)
            let twice = try await world.store.write { tx in try tx.activations.insert(draft(first, "b", tx, partner)) }
            #expect(twice == nil)
            let second = try await world.store.write { tx in try tx.activations.insert(draft(other, "c", tx, partner)) }
            #expect(try #require(second).number > 1)
            try await world.store.write { tx in
                var rejected = activation
                rejected.state = .rejected
                rejected.reason = "unreadable"
                try tx.activations.save(rejected)
                #expect(try tx.activations.open(of: first) == nil)
                #expect(try tx.activations.find(activation.id, of: partner)?.reason == "unreadable")
            }
            let again = try await world.store.write { tx in try tx.activations.insert(draft(first, "d", tx, partner)) }
            #expect(again != nil)
            let known = try await world.store.read { tx in
                try ["a", "b", "c", "d"].filter { try tx.activations.isCertificateKnown($0) }
            }
            #expect(known == ["a", "c", "d"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a key opens its own account until it is revoked`(_ engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let partner = try await world.store.seedPartner().partner
            let sid = AccountSID("HX1000000000GW")
            try await world.store.write { tx in
                let account = ActivationAccount(
                    sid: sid, partnerID: partner, customerID: nil, isVerified: false, createdAt: tx.now)
                #expect(try tx.activationAccounts.insert(account) != nil)
                #expect(try tx.activationAccounts.insert(account) == nil)
                try tx.activationAccounts.insertKey(hash: [1], prefix: "ka_test_ab", of: sid)
                #expect(try tx.activationAccounts.setVerified(true, sid))
                #expect(try tx.activationAccounts.setVerified(true, AccountSID("HX9")) == false)
            }
            #expect(try await world.store.read { try $0.activationAccounts.keyOwner(hash: [1])?.sid } == sid)
            #expect(try await world.store.read { try $0.activationAccounts.keyOwner(hash: [2])?.sid } == nil)
            #expect(try await world.store.read { try $0.activationAccounts.find(sid) }?.isVerified == true)
            try await world.store.write { try $0.activationAccounts.revokeKeys(of: sid) }
            #expect(try await world.store.read { try $0.activationAccounts.keyOwner(hash: [1])?.sid } == nil)
        }
    }
}

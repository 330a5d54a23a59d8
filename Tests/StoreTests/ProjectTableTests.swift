// SPDX-License-Identifier: Apache-2.0
import Domain
import Store
import TestSupport
import Testing

/// Projects with their keys, grants, webhooks, accounts and senders: what Sinch's dialect keeps beside everybody's records.
@Suite struct ProjectTableTests {
    private static func project(_ seeded: SeededPartner, at now: Timestamp) -> Project {
        Project(
            id: ProjectID(at: now), partnerID: seeded.partner, customerID: seeded.customer, name: "Lucky Shrub",
            createdAt: now)
    }

    @Test(arguments: TestEngine.all)
    func `a customer has one project until it is removed`(_ engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let (seeded, other) = (try await world.store.seedPartner(), try await world.store.seedPartner("Globex"))
            let project = try await world.store.write { tx in
                let project = Self.project(seeded, at: tx.now)
                try tx.projects.insert(project)
                return project
            }
            #expect(try await world.store.read { try $0.projects.find(project.id) } == project)
            #expect(try await world.store.read { try $0.projects.find(customer: seeded.customer) } == project)
            #expect(try await world.store.read { try $0.projects.find(customer: other.customer) } == nil)
            await #expect(throws: (any Error).self, "a second one of the same customer") {
                try await world.store.write { try $0.projects.insert(Self.project(seeded, at: $0.now)) }
            }
            try await world.store.write { try $0.projects.setSolution(SolutionID("987654321012345"), of: project.id) }
            #expect(try await world.store.write { try $0.projects.remove(project.id) })
            #expect(try await world.store.write { try $0.projects.remove(project.id) } == false)
            let removed = try await world.store.read { try $0.projects.find(project.id) }
            #expect(removed?.removedAt != nil && removed?.solutionID == SolutionID("987654321012345"))
            #expect(try await world.store.read { try $0.projects.find(customer: seeded.customer) } == nil)
            try await world.store.write { try $0.projects.insert(Self.project(seeded, at: $0.now)) }
            let pages = try await world.store.read { tx in
                try [seeded.partner, other.partner].map {
                    try tx.projects.page(of: $0, PageRequest(limit: 10)).items.count
                }
            }
            #expect(pages == [2, 0])
        }
    }

    @Test(arguments: TestEngine.all)
    func `access keys, token keys and grants stand until they are taken back`(_ engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let seeded = try await world.store.seedPartner()
            let key = try await world.store.write { tx in
                let key = AccessKey(
                    id: AccessKeyID(at: tx.now), partnerID: seeded.partner, projectID: nil, createdAt: tx.now)
                try tx.projects.insert(key, hash: [1, 2, 3])
                return key
            }
            let found = try await world.store.read { try $0.projects.accessKey(key.id)?.hash }
            #expect(found == [1, 2, 3])
            #expect(try await world.store.write { try $0.projects.revoke(key.id) })
            #expect(try await world.store.write { try $0.projects.revoke(key.id) } == false)
            #expect(
                try await world.store.read { try $0.projects.accessKeys(of: seeded.partner).first?.revokedAt } != nil)

            let start = world.clock.now()
            let (first, second) = (TokenKeyID(at: start), TokenKeyID(at: start))
            try await world.store.write { try $0.projects.insertTokenKey(first, secret: OtherSecret("a"), at: start) }
            try await world.store.write {
                try $0.projects.insertTokenKey(second, secret: OtherSecret("b"), at: start + .minutes(5))
            }
            let both = try await world.store.read { try $0.projects.tokenKeys(retiredSince: start).map(\.id) }
            #expect(both == [second, first], "the signing one first")
            let later = try await world.store.read { tx in
                try tx.projects.tokenKeys(retiredSince: start + .hours(1)).map { $0.secret.secret }
            }
            #expect(later == ["b"])

            for isGiven in [true, true, false, false, true] {
                try await world.store.write {
                    try $0.projects.setGrant(.longLivedTokens, isGiven: isGiven, to: seeded.partner)
                }
                #expect(
                    try await world.store.read { try $0.projects.isGranted(.longLivedTokens, to: seeded.partner) }
                        == isGiven)
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `webhooks belong to a project and to an endpoint`(_ engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let seeded = try await world.store.seedPartner()
            let endpoint = try await world.store.seedEndpoint(of: seeded)
            let project = try await world.store.write { tx in
                let project = Self.project(seeded, at: tx.now)
                try tx.projects.insert(project)
                return project
            }
            var webhook = ProjectWebhook(
                id: ProjectWebhookID(at: world.clock.now()), projectID: project.id, endpointID: endpoint,
                target: "https://partner.example/hooks", triggers: ["ALL"], createdAt: world.clock.now())
            let inserted = webhook
            try await world.store.write { try $0.projectWebhooks.insert(inserted) }
            webhook.target = "https://partner.example/new"
            webhook.triggers = ["WHATSAPP_SENDER_ACTIVE", "BUNDLE_DONE"]
            let changed = webhook
            try await world.store.write { try $0.projectWebhooks.update(changed) }
            #expect(try await world.store.read { try $0.projectWebhooks.all(of: project.id) } == [changed])
            #expect(try await world.store.read { try $0.projectWebhooks.find(endpoint: endpoint) } == changed)
            try await world.store.write { try $0.projectWebhooks.delete(changed.id) }
            #expect(try await world.store.read { try $0.projectWebhooks.all(of: project.id) }.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a deleted account does not come back by itself, but with the next signup`(_ engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let seeded = try await world.store.seedPartner()
            let project = try await world.store.write { tx in
                let project = Self.project(seeded, at: tx.now)
                try tx.projects.insert(project)
                return project
            }
            try await world.store.seedWABA(of: seeded)
            let account = { try await world.store.read { try $0.senders.account(of: project.id) } }
            #expect(try await account() == nil)
            try await world.store.write { _ = try $0.projects.adopt(project) }
            #expect(try await account()?.wabaID == WABAID("102290129340398"))
            try await world.store.write { try $0.senders.deleteAccount(of: project.id) }
            try await world.store.write { _ = try $0.projects.adopt(project) }
            #expect(try await account() == nil)
            try await world.store.write { try $0.senders.forgetDeletedAccount(of: project.id) }
            try await world.store.write { _ = try $0.projects.adopt(project) }
            #expect(try await account() != nil)
            try await world.store.write { try $0.senders.forgetDeletedAccount(of: project.id) }
            #expect(try await account() != nil, "one that stands is not forgotten")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a number has one sender, found by either id`(_ engine: TestEngine) async throws {
        try await withTestStore(engine) { world in
            let seeded = try await world.store.seedPartner()
            let number = PhoneNumberID("106540352242922")
            let project = try await world.store.write { tx in
                let project = Self.project(seeded, at: tx.now)
                try tx.projects.insert(project)
                return project
            }
            let make = { (at: Timestamp) in
                Sender(
                    id: SenderID(at: at), projectID: project.id, phase: .draft, businessManager: "SINCH_UK",
                    createdAt: at)
            }
            let start = world.clock.now()
            var first = make(start)
            let second = make(start + .seconds(1))
            first.phoneNumberID = number
            first.pending = Sender.Pending(
                status: .draft, changes: SenderChanges([.about: "Plants", .email: Optional<String>.none]))
            let (one, two) = (first, second)
            try await world.store.write { tx in
                try tx.senders.save(one)
                try tx.senders.save(two)
            }
            #expect(try await world.store.read { try $0.senders.all(of: project.id).map(\.id) } == [two.id, one.id])
            #expect(try await world.store.read { try $0.senders.find(number: number) } == one)
            #expect(try await world.store.read { try $0.senders.find(one.id)?.pending } == one.pending)
            await #expect(throws: (any Error).self, "a number is one sender's") {
                var other = two
                other.phoneNumberID = number
                let taken = other
                try await world.store.write { try $0.senders.save(taken) }
            }
            try await world.store.write { try $0.senders.delete(one.id) }
            #expect(try await world.store.read { try $0.senders.find(number: number) } == nil)
        }
    }
}

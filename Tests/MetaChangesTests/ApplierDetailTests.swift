// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import MetaChanges

@Suite("Changes of numbers, templates, messages and restrictions")
struct ApplierDetailTests {
    private func withOwner(_ engine: TestEngine = .sqlite, _ body: (Store, SeededPartner) async throws -> Void)
        async throws
    {
        try await withTestStore(engine) { world async throws in
            let seeded = try await world.store.seedPartner()
            try await world.store.seedWABA(of: seeded)
            try await world.store.seedPhoneNumber(of: seeded)
            try await body(world.store, seeded)
        }
    }

    @Test(
        "every documented notification of an owned WABA ends as these events",
        arguments: [
            ("webhooks-account", "review approved", "whatsapp.waba.review_updated"),
            ("webhooks-account", "violation", "whatsapp.waba.restricted"),
            ("webhooks-account", "restriction", "whatsapp.waba.restricted"),
            ("webhooks-account", "scheduled to be disabled", "whatsapp.waba.restricted"),
            ("webhooks-account", "reinstated", "whatsapp.waba.restricted"),
            ("webhooks-account", "deleted", "whatsapp.waba.deleted"),
            ("webhooks-account", "coexistence ended by the user", "whatsapp.waba.disconnected"),
            ("webhooks-account", "app uninstalled", "whatsapp.waba.disconnected"),
            ("webhooks-account", "alert", nil),
            ("webhooks-phone", "display name approved", "whatsapp.phone_number.name_updated"),
            ("webhooks-phone", "throughput upgrade", "whatsapp.phone_number.quality_updated"),
            ("webhooks-phone", "PIN changed", nil),
            ("webhooks-templates", "rejected", "whatsapp.template.status_updated"),
            ("webhooks-messages", "incoming text", "whatsapp.message.received"),
            ("webhooks-messages", "failed: payment", "whatsapp.message.status"),
        ] as [(String, String, String?)])
    func events(file: String, name: String, type: String?) async throws {
        try await withOwner { store, seeded async throws in
            let example = try #require(try Example.all(in: file).first { $0.name == name })
            try await store.apply(example.body)
            try await store.apply(example.body)
            let events = try await store.events(of: seeded.partner)
            #expect(events.map(\.type) == [type].compactMap(\.self))
            #expect(events.allSatisfy { $0.customerID == seeded.customer && $0.wabaID == sampleWABA })
            let isAboutNumber = file == "webhooks-phone" || file == "webhooks-messages" || name.hasPrefix("coexistence")
            #expect(events.allSatisfy { ($0.phoneNumberID?.rawValue == "106540352242922") == isAboutNumber })
        }
    }

    @Test("a failed status tells Meta's code, a message never its content")
    func messageData() async throws {
        try await withOwner { store, _ async throws in
            for name in ["failed: payment", "incoming text"] {
                let example = try #require(try Example.all(in: "webhooks-messages").first { $0.name == name })
                try await store.apply(example.body)
            }
            let data = try await store.events().map(\.dataJSON).joined()
            #expect(data.contains(#""error":{"code":"131042","title":"Business eligibility payment issue"}"#))
            #expect(data.contains(#""from":"16505551234""#))
            #expect(!data.contains("another color"))
        }
    }

    @Test("names and quality follow the newest word, each by itself", arguments: TestEngine.all)
    func numberOrder(engine: TestEngine) async throws {
        try await withOwner(engine) { store, _ async throws in
            func name(_ decision: String, _ name: String) -> String {
                change(
                    "phone_number_name_update",
                    #"{"display_phone_number":"15550783881","decision":"\#(decision)","#
                        + #""requested_verified_name":"\#(name)"}"#
                )
            }
            func quality(_ event: String) -> String {
                change("phone_number_quality_update", #"{"display_phone_number":"15550783881","event":"\#(event)"}"#)
            }
            #expect(try await store.apply(ApplierTests.at(9, quality("FLAGGED"))) == [.applied])
            #expect(try await store.apply(ApplierTests.at(3, name("APPROVED", "New Name"))) == [.applied])
            #expect(try await store.apply(ApplierTests.at(2, name("REJECTED", "Old Name"))) == [.stale])
            #expect(try await store.apply(ApplierTests.at(8, quality("UNFLAGGED"))) == [.stale])
            #expect(try await store.apply(ApplierTests.at(10, quality("ONBOARDING"))) == [.applied])
            let facts = try await store.number()
            #expect(facts?.nameStatus == "APPROVED")
            #expect(facts?.verifiedName == "New Name")
            #expect(facts?.qualityRating == "RED")
        }
    }

    private static func ban(_ state: String) -> String {
        account("DISABLED_UPDATE", #""ban_info":{"waba_ban_state":"\#(state)","waba_ban_date":"April 17, 2026"}"#)
    }

    @Test("a ban restricts, a reinstatement frees, an older ban changes nothing", arguments: TestEngine.all)
    func ban(engine: TestEngine) async throws {
        try await withOwner(engine) { store, _ async throws in
            #expect(try await store.apply(ApplierTests.at(1, Self.ban("SCHEDULE_FOR_DISABLE"))) == [.applied])
            #expect(try await store.state() == .live)
            #expect(try await store.apply(ApplierTests.at(2, Self.ban("DISABLE"))) == [.applied])
            #expect(try await store.state() == .restricted)
            #expect(try await store.apply(ApplierTests.at(9, Self.ban("REINSTATE"))) == [.applied])
            #expect(try await store.apply(ApplierTests.at(5, Self.ban("DISABLE"))) == [.stale])
            #expect(try await store.state() == .live)
            #expect(try await store.read { try $0.wabas.find(sampleWABA)?.restriction } == nil)
        }
    }

    @Test("a ban stops the run under way")
    func banStopsRun() async throws {
        try await withOwner { store, seeded async throws in
            let run = try await store.seedRun(of: seeded, isProven: true)
            try await store.apply(notification(Self.ban("DISABLE")))
            #expect(try await store.run(run)?.reason == .accountRestricted)
        }
    }

    @Test("a deleted WABA stays deleted")
    func deleted() async throws {
        try await withOwner { store, _ async throws in
            #expect(try await store.apply(ApplierTests.at(1, account("ACCOUNT_DELETED"))) == [.applied])
            #expect(try await store.apply(ApplierTests.at(2, Self.ban("REINSTATE"))) == [.stale])
            #expect(try await store.apply(ApplierTests.at(3, ApplierTests.removed)) == [.stale])
            #expect(try await store.state() == .deleted)
            #expect(try await store.eventTypes() == ["whatsapp.waba.deleted"])
        }
    }

    /// The natural key of a status is message, status and recipient; the rest of the body may differ.
    @Test("a message's status is told once however it is batched again", arguments: TestEngine.all)
    func dedupe(engine: TestEngine) async throws {
        try await withOwner(engine) { store, _ async throws in
            let sent = status("sent", of: "wamid.1")
            #expect(try await store.apply(notification(sent)) == [.applied])
            #expect(try await store.apply(notification(time: 1_763_999_999, sent)) == [.duplicate])
            let both = notification(status("delivered", of: "wamid.1"), sent)
            #expect(try await store.apply(both) == [.applied, .duplicate])
            #expect(try await store.apply(notification(status("sent", of: "wamid.1", recipient: "1"))) == [.applied])
            #expect(try await store.events().count == 3)
        }
    }

    @Test("the same words at another time are another change")
    func dedupeByTime() async throws {
        try await withOwner { store, _ async throws in
            let status = change("message_template_status_update", #"{"event":"PAUSED","message_template_id":1}"#)
            #expect(try await store.apply(ApplierTests.at(1, status)) == [.applied])
            #expect(try await store.apply(ApplierTests.at(1, status)) == [.duplicate])
            #expect(try await store.apply(ApplierTests.at(2, status)) == [.applied])
        }
    }

    @Test("a time from the future does not outrank what comes later")
    func future() async throws {
        try await withOwner { store, _ async throws in
            let far = notification(time: 9_000_000_000, review("PENDING"))
            #expect(try await store.apply(far) == [.applied])
            #expect(try await store.apply(notification(time: 1_764_000_000, review("APPROVED"))) == [.applied])
        }
    }
}

@Suite("Account words")
struct AccountWordTests {
    /// Every word in every state, as DESIGN.md section 5 names them.
    @Test("a WABA that is gone stays gone", arguments: AccountWord.allCases)
    func gone(word: AccountWord) {
        #expect(word.state(after: .deleted, hasOpenRun: false) == nil)
        #expect(word.state(after: .offboarded, hasOpenRun: true) == nil)
        #expect(word.state(after: .disconnected, hasOpenRun: true) == (word == .deleted ? .deleted : nil))
    }

    @Test("a reinstated WABA goes on where it was")
    func reinstated() {
        #expect(AccountWord.reinstated.state(after: .restricted, hasOpenRun: true) == .onboarding)
        #expect(AccountWord.reinstated.state(after: .restricted, hasOpenRun: false) == .live)
        #expect(AccountWord.reinstated.state(after: .onboarding, hasOpenRun: true) == .onboarding)
    }
}

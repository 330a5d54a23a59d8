// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

/// Which differences a record and Meta's answer make. Source: issue "The whole life of a WABA", reconciler; pitfalls P1, P7, P10.
@Suite struct DriftRulesTests {
    static let now = Timestamp(seconds: 1_764_000_000)
    static let app = AppID("634974688087057")
    static let number = PhoneNumberID("106540352242922")

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var state = WABA.State.live
        var isSubscribed = true
        var token = RecordedWABA.Token.kept(expiresAt: nil)
        var credit = RecordedWABA.Credit.verified
        var callback: String?
        var recordedStatus = "CONNECTED"
        var hasSibling = false
        var isShared: Bool? = true
        var funding: String? = "42"
        var refusesToken = false
        var subscriptions: [ObservedWABA.Subscription]? = [.init(appID: DriftRulesTests.app)]
        var status: String? = "CONNECTED"
        var allocation: ObservedWABA.Allocation? = .active(credential: "42")
        let expected: [DriftKind]
    }

    static let cases: [Case] = [
        Case(testDescription: "all is as recorded", expected: []),
        Case(testDescription: "no longer shared", isShared: false, hasSiblingAllocation: nil, expected: [.orphaned]),
        Case(
            testDescription: "no longer shared, and still paid for", isShared: false,
            hasSiblingAllocation: .active(credential: "42"), expected: [.orphaned, .creditStillShared]),
        Case(testDescription: "the app is gone from the list", subscriptions: [], expected: [.unsubscribed]),
        Case(
            testDescription: "another partner's app is no news",
            subscriptions: [.init(appID: DriftRulesTests.app), .init(appID: AppID("1"))], expected: []),
        Case(
            testDescription: "never subscribed, so nothing is missing", isSubscribed: false, subscriptions: [],
            expected: []),
        Case(
            testDescription: "the override is gone", callback: "https://a.example", expected: [.overrideLost]),
        Case(
            testDescription: "the override is another", callback: "https://a.example",
            subscriptions: [.init(appID: DriftRulesTests.app, callbackURI: "https://b.example")],
            expected: [.overrideLost]),
        Case(
            testDescription: "the override is in force", callback: "https://a.example",
            subscriptions: [.init(appID: DriftRulesTests.app, callbackURI: "https://a.example")], expected: []),
        Case(
            testDescription: "unsubscribed says it all", callback: "https://a.example", subscriptions: [],
            expected: [.unsubscribed]),
        Case(testDescription: "Meta would not list the apps", subscriptions: nil, expected: []),
        Case(testDescription: "the token is refused", refusesToken: true, expected: [.tokenDead]),
        Case(testDescription: "no token is kept", token: .none, expected: [.tokenDead]),
        Case(
            testDescription: "the token has ended", token: .kept(expiresAt: DriftRulesTests.now),
            expected: [.tokenDead]),
        Case(
            testDescription: "the token ends within two weeks",
            token: .kept(expiresAt: DriftRulesTests.now + .days(13)), expected: [.tokenExpiring]),
        Case(
            testDescription: "the token ends in two weeks", token: .kept(expiresAt: DriftRulesTests.now + .days(14)),
            expected: []),
        Case(testDescription: "the allocation is revoked", allocation: .revoked, expected: [.creditMissing]),
        Case(testDescription: "another line pays", funding: "43", expected: [.creditMissing]),
        Case(testDescription: "nothing pays", funding: nil, expected: [.creditMissing]),
        Case(
            testDescription: "a share that is not settled is its onboarding's", credit: .intended, allocation: .revoked,
            expected: []),
        Case(testDescription: "the number fell off", status: "DISCONNECTED", expected: [.numberDisconnected]),
        Case(testDescription: "the number left the WABA", status: nil, expected: [.numberDisconnected]),
        Case(
            testDescription: "a number that never could send", recordedStatus: "PENDING", status: "PENDING",
            expected: []),
        Case(
            testDescription: "the customer left, and the line stayed", state: .disconnected, isShared: nil,
            expected: [.creditStillShared]),
        Case(
            testDescription: "another WABA of the business needs the line", state: .disconnected, hasSibling: true,
            isShared: nil, expected: []),
        Case(
            testDescription: "the customer left, and the line is revoked", state: .offboarded, isShared: nil,
            allocation: .revoked, expected: []),
        Case(
            testDescription: "several at once", token: .none, subscriptions: [], status: "BANNED",
            expected: [.tokenDead, .unsubscribed, .numberDisconnected]),
    ]

    @Test("Each difference, and nothing else", arguments: cases)
    func finds(_ given: Case) {
        var meta = ObservedWABA()
        meta.isShared = given.isShared
        meta.fundingID = given.funding
        meta.refusesToken = given.refusesToken
        meta.subscriptions = given.subscriptions
        meta.numbers = given.status.map { [Self.facts($0)] } ?? []
        meta.allocation = given.allocation
        let found = DriftRules().findings(given.record, meta, now: Self.now)
        #expect(found.map(\.kind) == given.expected)
        #expect(found.allSatisfy { ($0.kind == .numberDisconnected) == ($0.phoneNumberID == Self.number) })
    }

    @Test("Money, registration and ownership are never repaired")
    func repairable() {
        let safe: Set<DriftKind> = [.orphaned, .unsubscribed, .overrideLost, .tokenDead]
        for kind in DriftKind.allCases {
            #expect(kind.isRepairable == safe.contains(kind))
            #expect(kind.remedy.text.hasSuffix("."))
        }
    }

    @Test("The estimate goes by the pace of the records")
    func estimate() {
        var run = Reconciliation(
            id: ReconciliationID("rec_1"), appID: Self.app, repairs: false, requestedBy: "test", recordTotal: 100,
            startedAt: Self.now)
        #expect(run.estimatedFinishAt == nil)
        run.phase = .records
        run.recordsAt = Self.now + .seconds(10)
        run.counts.checked = 25
        run.updatedAt = Self.now + .seconds(20)
        #expect(run.estimatedFinishAt == Self.now + .seconds(50))
        run.state = .finished
        #expect(run.estimatedFinishAt == nil)
    }

    static func facts(_ status: String) -> PhoneNumberFacts {
        PhoneNumberFacts(id: number, status: status, platformType: status == "CONNECTED" ? "CLOUD_API" : nil)
    }
}

extension DriftRulesTests.Case {
    fileprivate init(
        testDescription: String, isShared: Bool?, hasSiblingAllocation: ObservedWABA.Allocation?, expected: [DriftKind]
    ) {
        self.init(
            testDescription: testDescription, isShared: isShared, allocation: hasSiblingAllocation, expected: expected)
    }

    fileprivate var record: RecordedWABA {
        let now = DriftRulesTests.now
        let waba = WABA(
            id: WABAID("102290129340398"), partnerID: PartnerID("prt_1"), customerID: CustomerID("c"),
            appID: DriftRulesTests.app, businessID: BusinessID("506914307656634"), name: nil, currency: "USD",
            evidence: .businessToken, state: state, reviewStatus: "APPROVED", restriction: nil,
            isSubscribed: isSubscribed, createdAt: now, updatedAt: now)
        let number = PhoneNumber(
            facts: DriftRulesTests.facts(recordedStatus), wabaID: waba.id, partnerID: waba.partnerID,
            lastOnboardedAt: now, createdAt: now, updatedAt: now)
        return RecordedWABA(
            waba: waba, token: token, credit: credit, callbackURI: callback, numbers: [number], hasSibling: hasSibling)
    }
}

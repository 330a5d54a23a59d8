// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

/// The rules of the hash chain, with a digest that is a sum: what they do must not hang on SHA-256.
@Suite struct AuditCheckTests {
    private static let digest: AuditLink.Digest = { bytes in
        let sum = bytes.enumerated().reduce(UInt64(17)) { $0 &* 31 &+ UInt64($1.element) &+ UInt64($1.offset) }
        return (0..<32).map { UInt8(truncatingIfNeeded: sum >> UInt64($0 % 8 * 8)) &+ UInt8($0) }
    }

    private static func activity(_ number: Int, detail: String? = nil) -> Activity {
        Activity(
            id: ActivityID(rawValue: "act_\(number)"), partnerID: PartnerID(rawValue: "prt_1"), actor: "op_test_1",
            action: "key.created", target: "key_\(number)", detail: detail, at: Timestamp(milliseconds: Int64(number)))
    }

    private static func chain(_ count: Int) -> [AuditEntry] {
        var last = AuditLink.genesis
        return (1...count).map { number in
            let activity = activity(number)
            last = last.next(activity, digest: digest)
            return AuditEntry(link: last, activity: activity)
        }
    }

    private func firstBreak(_ entries: [AuditEntry], head: AuditLink, witness: AuditLink? = nil) -> AuditBreak? {
        var check = AuditCheck(after: .genesis, witness: witness)
        for entry in entries {
            if let broken = check.check(entry, digest: Self.digest) { return broken }
        }
        return check.end(at: head)
    }

    @Test func `an untouched trail fits`() {
        let chain = Self.chain(5)
        #expect(firstBreak(chain, head: chain[4].link) == nil)
        #expect(firstBreak(chain, head: chain[4].link, witness: chain[2].link) == nil)
        #expect(firstBreak([], head: .genesis) == nil)
    }

    enum Tampering: CaseIterable {
        case detail, actor, time, partner, moved, deleted, cutOff, exchanged, inserted, rehashed
    }

    /// Each touches the third of five entries.
    @Test(
        arguments: [
            (.detail, 3, .altered), (.actor, 3, .altered), (.time, 3, .altered), (.partner, 3, .altered),
            (.moved, 3, .altered), (.deleted, 3, .missing), (.cutOff, 3, .missing), (.exchanged, 3, .altered),
            (.inserted, 6, .end), (.rehashed, 4, .altered),
        ] as [(Tampering, Int64, AuditBreak.Kind)])
    func `the first broken place is found`(tampering: Tampering, position: Int64, kind: AuditBreak.Kind) {
        var chain = Self.chain(5)
        let head = chain[4].link
        let third = chain[2].activity
        func put(_ activity: Activity) { chain[2] = AuditEntry(link: chain[2].link, activity: activity) }
        switch tampering {
        case .detail: put(Self.activity(3, detail: ""))
        case .actor:
            put(
                Activity(
                    id: third.id, partnerID: third.partnerID, actor: "someone", action: third.action,
                    target: third.target, detail: nil, at: third.at))
        case .time:
            put(
                Activity(
                    id: third.id, partnerID: third.partnerID, actor: third.actor, action: third.action,
                    target: third.target, detail: nil, at: third.at + .milliseconds(1)))
        case .partner:
            put(
                Activity(
                    id: third.id, partnerID: nil, actor: third.actor, action: third.action, target: third.target,
                    detail: nil, at: third.at))
        case .moved:
            let (third, fourth) = (chain[2], chain[3])
            chain[2] = AuditEntry(link: third.link, activity: fourth.activity)
            chain[3] = AuditEntry(link: fourth.link, activity: third.activity)
        case .deleted: chain.remove(at: 2)
        case .cutOff: chain.removeSubrange(2...)
        case .exchanged: put(Self.activity(33))
        case .inserted:
            let activity = Self.activity(6)
            chain.append(AuditEntry(link: chain[4].link.next(activity, digest: Self.digest), activity: activity))
        case .rehashed:
            let activity = Self.activity(3, detail: "forged")
            chain[2] = AuditEntry(link: chain[1].link.next(activity, digest: Self.digest), activity: activity)
        }
        let broken = firstBreak(chain, head: head)
        #expect(broken?.position == position)
        #expect(broken?.kind == kind)
    }

    @Test func `a trail that was rewritten whole is found by a head noted down before`() {
        let noted = Self.chain(5)[3].link
        var last = AuditLink.genesis
        let forged = (1...5).map { number in
            let activity = Self.activity(number, detail: number == 2 ? "forged" : nil)
            last = last.next(activity, digest: Self.digest)
            return AuditEntry(link: last, activity: activity)
        }
        #expect(firstBreak(forged, head: last) == nil)
        #expect(firstBreak(forged, head: last, witness: noted)?.kind == .witness)
        let short = Array(forged.prefix(2))
        #expect(firstBreak(short, head: short[1].link, witness: noted)?.kind == .witness)
    }

    @Test(
        arguments: [
            (AuditLink.genesis, nil, nil), (AuditLink(position: 3, hash: "c"), AuditLink(position: 3, hash: "c"), nil),
            (AuditLink(position: 3, hash: "c"), nil, 4),
            (AuditLink(position: 3, hash: "c"), AuditLink(position: 3, hash: "d"), 4),
            (AuditLink(position: 0, hash: "c"), nil, 1),
        ] as [(AuditLink, AuditLink?, Int64?)])
    func `a beginning counts only as pruning told of it`(begins: AuditLink, attested: AuditLink?, broken: Int64?) {
        #expect(AuditCheck.beginning(begins, attested: attested)?.position == broken)
    }

    @Test func `no two activities have the same bytes`() {
        func one(
            partner: String? = nil, actor: String = "b", action: String = "cd", detail: String? = nil, at: Int64 = 1
        ) -> Activity {
            Activity(
                id: ActivityID("a"), partnerID: partner.map { PartnerID($0) }, actor: actor, action: action,
                target: "e", detail: detail, at: Timestamp(milliseconds: at))
        }
        let variants = [one(), one(actor: "bc", action: "d"), one(partner: ""), one(detail: ""), one(at: 256)]
        #expect(Set(variants.map { AuditLink.genesis.next($0, digest: Self.digest).hash }).count == variants.count)
    }

    @Test(arguments: [
        ("17:" + String(repeating: "a", count: 64), true), ("17:" + String(repeating: "A", count: 64), false),
        ("17", false), ("-1:" + String(repeating: "a", count: 64), false), ("17:abc", false),
        ("x:" + String(repeating: "a", count: 64), false), ("1:2:3", false), ("", false),
    ])
    func `a noted head is read as it was printed`(text: String, isRead: Bool) {
        let link = AuditLink(reading: text)
        #expect((link != nil) == isRead)
        if let link { #expect(link.description == text) }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// One POST to a callback and what came back.
struct SentWebhook: Sendable {
    enum Outcome: String, Sendable { case delivered, retrying, givenUp = "given_up" }

    static let longestBody = 16_384
    static let longestAnswer = 1024

    var seq: Int64 = 0
    var at: Milliseconds
    var url: String
    var appID: String
    var fields: [String]
    var entryIDs: [String]
    var updates: Int
    var attempt: Int
    var forgery: ScheduledEvent.Forgery?
    var signature: String?
    var size: Int
    /// The first bytes of the body.
    var body: String
    /// Nil when no answer came.
    var status: Int?
    var answer = ""
    var failure: String?
    var duration: Milliseconds = 0
    var outcome = Outcome.delivered
    var nextAttemptAt: Milliseconds?

    init(at: Milliseconds, url: String, webhooks: [ScheduledEvent.Webhook], attempt: Int, body: WebhookBody) {
        self.at = at
        self.url = url
        self.attempt = attempt
        appID = webhooks.first?.appID ?? ""
        fields = Set(webhooks.map(\.field)).sorted()
        entryIDs = Array(Set(webhooks.map(\.entryID)).sorted().prefix(20))
        updates = webhooks.count
        forgery = webhooks.lazy.compactMap(\.forgery).first
        signature = body.signature
        size = body.bytes.count
        self.body = String(decoding: body.bytes.prefix(Self.longestBody), as: UTF8.self)
    }

    func json(withBody: Bool) -> JSON {
        var members: [JSON.Member] = [
            .init("seq", .int(seq)), .init("at", .string(SandboxClock.text(at))), .init("at_ms", .int(at)),
            .init("url", .string(url)), .init("app_id", .string(appID)), .init("fields", .strings(fields)),
            .init("entry_ids", .strings(entryIDs)), .init("updates", .int(Int64(updates))),
            .init("attempt", .int(Int64(attempt))), .init("bytes", .int(Int64(size))),
            .init("status", status.map { .int(Int64($0)) } ?? .null), .init("outcome", .string(outcome.rawValue)),
            .init("duration_ms", .int(duration)),
            .init("next_attempt_at", nextAttemptAt.map { .string(SandboxClock.text($0)) } ?? .null),
        ]
        if let failure { members.append(.init("failure", .string(failure))) }
        if let forgery { members.append(.init("forged", .string(forgery.rawValue))) }
        if withBody {
            members += [
                .init("signature", signature.map { .string($0) } ?? .null), .init("answer", .string(answer)),
                .init("body", .string(body)), .init("is_body_cut", .bool(size > Self.longestBody)),
            ]
        }
        return .object(members)
    }
}

/// The latest POSTs, in a ring of bounded size.
final class SentWebhooks: Sendable {
    private struct Contents {
        var ring: [SentWebhook] = []
        var next = 0
        var lastSeq: Int64 = 0
    }

    private let contents = Mutex(Contents())
    private let capacity: Int

    init(capacity: Int = 1000) { self.capacity = capacity }

    func add(_ record: SentWebhook) {
        contents.withLock {
            $0.lastSeq += 1
            var record = record
            record.seq = $0.lastSeq
            if $0.ring.count < capacity {
                $0.ring.append(record)
            } else {
                $0.ring[$0.next] = record
                $0.next = ($0.next + 1) % capacity
            }
        }
    }

    /// Oldest first.
    var all: [SentWebhook] {
        contents.withLock { Array($0.ring[$0.next...] + $0.ring[..<$0.next]) }
    }

    func clear() {
        contents.withLock {
            $0.ring = []
            $0.next = 0
        }
    }
}

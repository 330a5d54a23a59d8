// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// One call as the log shows it: no query, no token, no code, no PIN.
struct CallRecord: Sendable {
    var seq: Int64 = 0
    var at: Milliseconds
    var method: GraphMethod
    var path: String
    var operation: Operation
    var ids: [String]
    /// Nil when no answer was sent.
    var status: Int?
    var code: Int?
    var effect: Effect?
    var fault: Int?
    var notes: [JSON.Member]
    /// Parameters and answer, secrets shortened; kept for the newest calls only.
    var request: String?
    var answer: String?

    var detailed: JSON {
        json.merged(with: [
            "request": request.map { .string($0) } ?? .null, "answer": answer.map { .string($0) } ?? .null,
        ])
    }

    var json: JSON {
        var members: [JSON.Member] = [
            .init("seq", .int(seq)), .init("at", .string(SandboxClock.text(at))), .init("at_ms", .int(at)),
            .init("method", .string(method.rawValue.uppercased())), .init("path", .string(path)),
            .init("operation", .string(operation.rawValue)), .init("ids", .strings(ids)),
            .init("status", status.map { .int(Int64($0)) } ?? .null),
            .init("effect", effect.map { .string($0.rawValue) } ?? .null),
        ]
        if let code { members.append(.init("error_code", .int(Int64(code)))) }
        if let fault { members.append(.init("fault", .int(Int64(fault)))) }
        return .object(members + notes)
    }
}

/// The latest calls, in a ring of bounded size.
final class CallLog: Sendable {
    private struct Contents {
        var ring: [CallRecord] = []
        var next = 0
        var lastSeq: Int64 = 0
        /// Requests and answers by seq.
        var texts: [Int64: Texts] = [:]
        var second: Int64 = 0
        var keptInSecond = 0
    }

    private struct Texts {
        var request: String?
        var answer: String?
    }

    /// So many of the newest calls keep request and answer, and so many begun in one second.
    private static let mostTexts: Int64 = 300
    private static let mostTextsPerSecond = 100

    private let contents = Mutex(Contents())
    private let capacity: Int

    init(capacity: Int) { self.capacity = max(1, capacity) }

    func add(_ record: CallRecord) {
        contents.withLock {
            $0.lastSeq += 1
            var record = record
            record.seq = $0.lastSeq
            if record.request != nil || record.answer != nil {
                $0.texts[record.seq] = Texts(request: record.request, answer: record.answer)
                (record.request, record.answer) = (nil, nil)
            }
            if !$0.texts.isEmpty { $0.texts[record.seq - Self.mostTexts] = nil }
            if $0.ring.count < capacity {
                $0.ring.append(record)
            } else {
                $0.ring[$0.next] = record
                $0.next = ($0.next + 1) % capacity
            }
        }
    }

    /// Oldest first.
    var all: [CallRecord] {
        contents.withLock { Array($0.ring[$0.next...] + $0.ring[..<$0.next]) }
    }

    /// Whether the next call is to be kept with request and answer: under load writing them down would slow the answers.
    func keepsTexts() -> Bool {
        let second = SandboxClock.machineNow / 1000
        return contents.withLock {
            if $0.second != second { ($0.second, $0.keptInSecond) = (second, 0) }
            $0.keptInSecond += 1
            return $0.keptInSecond <= Self.mostTextsPerSecond
        }
    }

    /// The same with request and answer where they are still kept.
    func withTexts(_ records: some Sequence<CallRecord>) -> [CallRecord] {
        contents.withLock { contents in
            records.map { record in
                var record = record
                record.request = contents.texts[record.seq]?.request
                record.answer = contents.texts[record.seq]?.answer
                return record
            }
        }
    }

    func clear() {
        contents.withLock {
            $0.texts = [:]
            $0.ring = []
            $0.next = 0
        }
    }
}

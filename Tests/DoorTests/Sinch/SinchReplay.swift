// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import Testing

/// One documented request with its answer, replayed over HTTP.
struct SinchReplay: Sendable, CustomTestStringConvertible {
    enum Expected: Sendable {
        /// JSON as documented; `"*"` stands for any value.
        case json(String)
        case empty
        /// `errorCode`, `message`, and `resolution` where the documents give one.
        case error(String, String, resolution: String? = nil, information: String? = nil)
    }

    /// Rows of ``SinchRows`` that this case shows.
    let rows: [String]
    let method: HTTPRequest.Method
    let path: String
    let body: String?
    let status: Int
    let expected: Expected
    let arrange: @Sendable (SinchStage) async throws -> Void

    init(
        _ rows: String..., method: HTTPRequest.Method, _ path: String, _ status: Int, _ expected: Expected,
        after arrange: @escaping @Sendable (SinchStage) async throws -> Void = { _ in }
    ) {
        self.init(rows: rows, method, path, nil, status, expected, arrange)
    }

    init(
        _ rows: String..., method: HTTPRequest.Method, _ path: String, _ body: String, _ status: Int,
        _ expected: Expected, after arrange: @escaping @Sendable (SinchStage) async throws -> Void = { _ in }
    ) {
        self.init(rows: rows, method, path, body, status, expected, arrange)
    }

    private init(
        rows: [String], _ method: HTTPRequest.Method, _ path: String, _ body: String?, _ status: Int,
        _ expected: Expected, _ arrange: @escaping @Sendable (SinchStage) async throws -> Void
    ) {
        self.rows = rows
        self.method = method
        self.path = path
        self.body = body
        self.status = status
        self.expected = expected
        self.arrange = arrange
    }

    var testDescription: String { "\(method) \(path) → \(status) (\(rows.joined(separator: ", ")))" }

    func check(_ answer: SinchClient.Answer) {
        #expect(answer.status == status, "\(answer.text)")
        switch expected {
        case .empty: #expect(answer.text.isEmpty)
        case .json(let text): #expect(Self.fits(answer.text, text), "\(answer.text)")
        case .error(let code, let message, let resolution, let information):
            #expect(answer.errorCode == code, "\(answer.text)")
            #expect(answer.json["message"] as? String == message)
            let given = answer.json["resolution"] as? String
            #expect(resolution.map { $0 == given } ?? (given?.isEmpty == false))
            let keys: Set<String> = ["errorCode", "message", "resolution", "additionalInformation"]
            #expect(keys.isSuperset(of: answer.json.keys))
            guard let information else { return }
            let given2 = (answer.json["additionalInformation"]).map { Self.text($0) } ?? ""
            #expect(Self.fits(given2, information), "\(answer.text)")
        }
    }

    /// Same members, same values; `"*"` fits everything.
    static func fits(_ text: String, _ pattern: String) -> Bool {
        guard let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)),
            let wanted = try? JSONSerialization.jsonObject(with: Data(pattern.utf8))
        else { return false }
        return fits(value, wanted)
    }

    private static func fits(_ value: Any, _ wanted: Any) -> Bool {
        if wanted as? String == "*" { return true }
        if let wanted = wanted as? [String: Any] {
            guard let value = value as? [String: Any], Set(value.keys) == Set(wanted.keys) else { return false }
            return wanted.allSatisfy { key, inner in value[key].map { fits($0, inner) } ?? false }
        }
        if let wanted = wanted as? [Any] {
            guard let value = value as? [Any], value.count == wanted.count else { return false }
            return zip(value, wanted).allSatisfy { fits($0, $1) }
        }
        return text([value]) == text([wanted])
    }

    private static func text(_ value: Any) -> String {
        let data = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys])
        return String(decoding: data ?? Data(), as: UTF8.self)
    }
}

@Suite struct SinchReplayTests {
    static let cases: [SinchReplay] =
        SinchReplay.common + SinchReplay.account + SinchReplay.platform + SinchReplay.senders
        + SinchReplay.senderChanges + SinchReplay.codes + SinchReplay.webhooks + SinchReplay.solutions
        + SinchReplay.templates

    @Test(arguments: cases)
    func `a documented request is answered as documented`(replay: SinchReplay) async throws {
        try await SinchStage.run { stage in
            try await replay.arrange(stage)
            replay.check(try await stage.call(replay.method, replay.path, replay.body))
        }
    }

    /// A row without a case must say why nobody could verify it.
    @Test func `every documented row is shown by a case or says that it is not verified`() {
        let shown = Set(Self.cases.flatMap(\.rows)).union(SinchRows.shownElsewhere.keys)
        let unverified = Set(SinchRows.notVerified.keys)
        #expect(SinchRows.all.filter { !shown.contains($0) && !unverified.contains($0) } == [])
        #expect(shown.union(unverified).filter { !SinchRows.all.contains($0) } == [])
        #expect(shown.intersection(unverified) == [])
        #expect(Set(SinchRows.all).count == SinchRows.all.count)
    }
}

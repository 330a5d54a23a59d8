// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import Services
import TestSupport
import Testing

/// Every documented request, answer and error, replayed over HTTP.
@Suite(.timeLimit(.minutes(5))) struct KaleyraRowTests {
    @Test(arguments: KaleyraRow.allCases)
    func `a documented row has its fixture, or says why not`(row: KaleyraRow) {
        #expect(row.fixtures.isEmpty == (row.notServed != nil), "\(row)")
        #expect(!row.source.isEmpty)
    }

    @Test(arguments: KaleyraRow.allCases.filter { $0.notServed == nil })
    func `is answered as documented`(row: KaleyraRow) async throws {
        for fixture in row.fixtures { try await replay(fixture, of: row) }
    }

    private func replay(_ fixture: KaleyraFixture, of row: KaleyraRow) async throws {
        try await KaleyraScene.run { scene in
            try await prepare(fixture.setup, scene)
            let path = filled(fixture.path, scene)
            let key = fixture.hasKey ? scene.key : "ka_test_wrong"
            let answer: KaleyraScene.Answer
            switch fixture.body {
            case .none: answer = try await scene.call(fixture.method, path, key: key)
            case .json(let text):
                answer = try await scene.call(
                    fixture.method, path, key: key, type: "application/json", Array(filled(text, scene).utf8))
            case .form(let form):
                answer = try await scene.call(fixture.method, path, key: key, type: form.contentType, form.bytes)
            }
            #expect(answer.status == fixture.status, "\(row): \(answer.text)")
            let expected = filled(fixture.answer, scene)
            #expect(Shape.matches(expected, answer.text), "\(row)\nexpected \(expected)\ncame     \(answer.text)")
            #expect(!answer.text.contains("canary"))
        }
    }

    private func prepare(_ setup: KaleyraFixture.Setup, _ scene: KaleyraScene) async throws {
        switch setup {
        case .none: break
        case .submitted: #expect(try await scene.submit().status == 200)
        case .number: try await scene.giveNumber()
        case .silence:
            try await scene.giveNumber()
            scene.world.graph.answer("list_phone_numbers", with: .failure(.silence("list_phone_numbers")))
        case .wrongCode:
            try await scene.giveNumber()
            scene.world.graph.answer(
                "verify_code", with: .failure(.refusal("verify_code", code: 136_025, subcode: nil)))
        case .trial:
            _ = try await scene.world.services.activationAccounts.setVerified(
                false, scene.account.account.sid, by: .system)
        }
    }

    private func filled(_ text: String, _ scene: KaleyraScene) -> String {
        text.replacing("{sid}", with: scene.sid).replacing("{waba}", with: KaleyraScene.waba.rawValue)
            .replacing("{number}", with: KaleyraScene.number.rawValue)
    }
}

/// Compares JSON, where `<integer>`, `<seconds>` and `<text>` stand for any such value.
enum Shape {
    static func matches(_ expected: String, _ actual: String) -> Bool {
        guard let expected = try? JSONSerialization.jsonObject(with: Data(expected.utf8)),
            let actual = try? JSONSerialization.jsonObject(with: Data(actual.utf8))
        else { return false }
        return matches(expected, actual)
    }

    private static func matches(_ expected: Any, _ actual: Any) -> Bool {
        switch expected {
        case let expected as [String: Any]:
            guard let actual = actual as? [String: Any], Set(actual.keys) == Set(expected.keys) else { return false }
            return expected.allSatisfy { key, value in actual[key].map { matches(value, $0) } ?? false }
        case let expected as [Any]:
            guard let actual = actual as? [Any], actual.count == expected.count else { return false }
            return zip(expected, actual).allSatisfy { matches($0, $1) }
        case let expected as String:
            switch expected {
            case "<integer>": return actual is Int && !(actual is String)
            case "<text>": return actual is String
            case "<seconds>": return (actual as? String)?.wholeMatch(of: /[0-9]{10}/) != nil
            default: return actual as? String == expected
            }
        case let expected as NSNumber: return actual as? NSNumber == expected
        default: return false
        }
    }
}

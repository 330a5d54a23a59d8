// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import Testing

@testable import MetaChanges

/// SplitMix64: the same bodies in every run.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Foundation's reader is the judge: what it can read we must split, and into as many changes.
@Suite("Notification parser against random mutations")
struct ParserFuzzTests {
    @Test("survives and loses nothing that can be read", arguments: [1, 2, 3, 4] as [UInt64])
    func mutations(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        let bodies = try ["webhooks-account", "webhooks-messages", "webhooks-templates"].flatMap {
            try Example.all(in: $0).map(\.body)
        }
        var split = 0
        for _ in 0..<3000 {
            let body = mutate(bodies[Int.random(in: 0..<bodies.count, using: &random)], &random)
            let expected = countOfChanges(body)
            let changes = try? NotificationParser.split(body: body)
            if let expected { #expect(changes?.count == expected, "\(String(decoding: body, as: UTF8.self))") }
            for change in changes ?? [] {
                split += 1
                #expect(change.bytes.startIndex >= 0 && change.bytes.endIndex <= body.count)
                _ = ChangeUnit.units(of: change, app: AppID("1"), receivedAt: .init(seconds: 1))
            }
        }
        #expect(split > 500)
    }

    private static let alphabet = Array("{}[]\",:\\ \n0123456789eEtruefalsn-+.u\u{0}\u{7f}".utf8) + [0x80, 0xC3, 0xFF]

    private func mutate(_ body: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var body = body
        for _ in 0..<Int.random(in: 1...3, using: &random) where !body.isEmpty {
            let at = Int.random(in: 0..<body.count, using: &random)
            let byte = Self.alphabet[Int.random(in: 0..<Self.alphabet.count, using: &random)]
            switch Int.random(in: 0..<4, using: &random) {
            case 0: body[at] = byte
            case 1: body.insert(byte, at: at)
            case 2: body.remove(at: at)
            default:
                let end = min(body.count, at + Int.random(in: 1...40, using: &random))
                body.insert(contentsOf: Array(body[at..<end]), at: at)
            }
        }
        return body
    }

    /// Nil when the body is no notification, or has a comma before a closing bracket, which Foundation lets pass.
    /// An entry whose changes cannot be read counts as one.
    private func countOfChanges(_ body: [UInt8]) -> Int? {
        guard String(decoding: body, as: UTF8.self).firstMatch(of: /,\s*[}\]]/) == nil,
            let root = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any],
            let entries = root["entry"] as? [Any]
        else { return nil }
        return entries.reduce(0) { $0 + ((($1 as? [String: Any])?["changes"] as? [Any])?.count ?? 1) }
    }
}

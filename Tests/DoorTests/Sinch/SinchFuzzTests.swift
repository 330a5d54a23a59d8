// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import HTTPTypes
import SinchAPI
import Testing

/// Mutations of what clients send: nothing crashes, nothing is let in, every answer is in Sinch's words.
@Suite struct SinchFuzzTests {
    private static let isSoak = ProcessInfo.processInfo.environment["GANGWAY_SOAK"] == "1"

    private static let bodies: [(HTTPRequest.Method, String, String)] = [
        (.post, "/whatsapp", SinchStage.accountBody),
        (.patch, "/whatsapp", #"{"wabaName": "x", "senderDetails": {"region": "EU"}}"#),
        (.post, "/whatsapp/comments", #"{"comment": "x"}"#),
        (.post, "/whatsapp/senders", SinchStage.numberBody),
        (.post, "/whatsapp/senders", #"{"wabaId": "1", "phoneNumberId": "2", "authenticationCode": "c"}"#),
        (.post, "/whatsapp/wabaDetails", #"{"facebookToken": "t", "businessManager": "SINCH_UK"}"#),
        (
            .post, "/whatsapp/solutions",
            #"{"details": {"name": "ab"}, "accessToken": "t", "businessManager": "SINCH_UK"}"#
        ),
        (.post, "/webhooks", #"{"target": "https://a.example/", "secret": "s", "triggers": ["ALL"]}"#),
    ]

    @Test(.timeLimit(.minutes(20)))
    func `mutated bodies are answered in Sinch's words`() async throws {
        try await SinchStage.run { stage in
            var mutator = Mutator(seed: 20_261_121)
            for _ in 0..<(Self.isSoak ? 60_000 : 300) {
                let (method, path, body) = Self.bodies[mutator.below(Self.bodies.count)]
                let sent = mutator.mutated(body)
                let answer = try await stage.client.call(method, path, sent)
                if answer.status >= 400 {
                    #expect(answer.errorCode != nil, "\(sent)")
                    // Meta is not there: that is an internal error, anything else of that kind is ours.
                    #expect(answer.status != 500 || !stage.world.graph.calls.isEmpty, "\(sent)")
                }
            }
        }
    }

    @Test func `mutated headers and forms open nothing and break nothing`() {
        var mutator = Mutator(seed: 7)
        let id = "018c0000-0000-7000-8000-000000000000"
        let headers = [
            "Basic " + Data("\(id):secret".utf8).base64EncodedString(), "Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
        ]
        for _ in 0..<(Self.isSoak ? 2_000_000 : 10_000) {
            switch SinchCredential(mutator.mutated(headers[mutator.below(2)])) {
            case .basic(_, let secret): #expect(!secret.secret.isEmpty)
            case .bearer(let token): #expect(token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
            case nil: break
            }
            let form = FormBody(mutator.mutated("grant_type=client_credentials&client_id=a%20b&client_secret=+c"))
            #expect((form["client_id"] ?? "").utf8.count <= 4096)
        }
    }
}

/// Seeded, so that what it found once it finds again.
private struct Mutator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ bound: Int) -> Int {
        // Source: Vigna, SplitMix64.
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }

    private static let pieces = [
        "null", "true", "[]", "{}", "\"", "\\", ":", "%", "%0", "0", "-1e999", "\u{0}", "é", "\u{1F600}", "ALL", " ",
        "=", "&",
        String(repeating: "[", count: 70), String(repeating: "a", count: 300),
    ]

    /// One to four cuts, doublings, swaps of a byte, and pieces put in.
    mutating func mutated(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for _ in 0...below(4) {
            let at = below(bytes.count + 1)
            switch below(4) {
            case 0: bytes.removeSubrange(at..<min(bytes.count, at + below(8)))
            case 1: if at < bytes.count { bytes[at] = UInt8(below(256)) }
            case 2: bytes.insert(contentsOf: bytes[..<at].suffix(below(20)), at: at)
            default: bytes.insert(contentsOf: Self.pieces[below(Self.pieces.count)].utf8, at: at)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

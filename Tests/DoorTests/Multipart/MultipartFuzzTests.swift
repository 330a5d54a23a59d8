// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import HTTPSupport

/// Mutations of the corpus, seeded so that a failure comes again. The coverage-guided run is `FuzzTests`; what it finds
/// joins the corpus and is replayed here for good.
@Suite struct MultipartFuzzTests {
    static let corpus: [[UInt8]] = {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = tests.appending(path: "Fuzz/Corpus/multipart")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().compactMap { try? Array(Data(contentsOf: folder.appending(path: $0))) }
    }()

    @Test func `the corpus is there`() { #expect(Self.corpus.count >= 20) }

    /// Whatever comes in, and however it is cut: the same outcome, and no more content than bytes.
    @Test(.timeLimit(.minutes(15))) func `mutated bodies end the same whatever their chunks`() throws {
        let isSoak = ProcessInfo.processInfo.environment["GANGWAY_SOAK"] == "1"
        let end = ContinuousClock.now + (isSoak ? .seconds(60) : .seconds(3))
        var random = SplitMix(state: 20_261_121)
        repeat {
            let seed = random.state
            var body = Self.corpus.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 0...8, using: &random) { mutate(&body, &random) }
            let whole = Self.outcome(of: body, cuts: [])
            let cuts = (0..<4).map { _ in Int.random(in: 0...max(1, body.count), using: &random) }
            try #require(Self.outcome(of: body, cuts: cuts) == whole, "seed \(seed)")
        } while ContinuousClock.now < end
    }

    private func mutate(_ body: inout [UInt8], _ random: inout SplitMix) {
        let tokens: [[UInt8]] = [
            Array("\r\n".utf8), Array("--b".utf8), Array("--".utf8), Array("\r\n\r\n".utf8), Array("\"".utf8),
            Array("Content-Disposition: form-data; name=\"a\"".utf8), [0], [0xFF], [0x0D], [0x0A],
        ]
        let at = Int.random(in: 0...body.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: body.insert(contentsOf: tokens.randomElement(using: &random) ?? [], at: at)
        case 1: if at < body.count { body[at] = UInt8.random(in: .min ... .max, using: &random) }
        case 2: body.removeSubrange(at..<min(body.count, at + Int.random(in: 0...9, using: &random)))
        default: body.insert(contentsOf: (Self.corpus.randomElement(using: &random) ?? []).prefix(200), at: at)
        }
    }

    /// Parts and content, or the fault.
    private static func outcome(of body: [UInt8], cuts: [Int]) -> String {
        guard let boundary = MultipartBoundary(validating: "b") else { return "no boundary" }
        var parser = MultipartParser(boundary: boundary)
        var text = ""
        var start = 0
        do throws(MultipartFault) {
            for cut in cuts.sorted() + [body.count] where cut >= start && cut <= body.count {
                for event in try parser.feed(body[start..<cut]) {
                    switch event {
                    case .partBegan(let part): text += "<\(part.name):\(part.filename ?? "-")>"
                    case .content(let bytes): text += bytes.map { String($0, radix: 16) }.joined()
                    case .partEnded: text += "."
                    }
                }
                start = cut
            }
            try parser.finish()
            return text
        } catch {
            // What came before the fault depends on the cuts; that it came does not.
            return "\(error)"
        }
    }
}

/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators".
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

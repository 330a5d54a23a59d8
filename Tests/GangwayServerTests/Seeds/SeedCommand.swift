// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Conformance

/// A curl command as a vendor or Meta prints it, run by a shell with its host and placeholders replaced.
struct SeedCommand: Sendable {
    /// What is wrong in print and had to be mended to run at all.
    struct Slip: Sendable {
        let printed: String
        let mended: String
        let why: String
    }

    struct Answer: Sendable {
        let status: Int
        let text: String

        /// Text below a path of member names; empty where there is none.
        func text(_ path: String...) -> String {
            var value = try? JSONSerialization.jsonObject(with: Data(text.utf8))
            for name in path { value = (value as? [String: Any])?[name] }
            return value as? String ?? ""
        }
    }

    let printed: String
    let host: String
    var slips: [Slip] = []
    let status: Int
    /// As printed, values as marks of ``JSONShape``; empty for no body.
    let answer: String

    /// Line ends of the page, lost behind their backslashes.
    static let lostLineEnds = Slip(printed: "\\ ", mended: "\\\n", why: "the page lost the line ends behind \\")

    /// `values`: what stands in place of each placeholder.
    @discardableResult
    func run(
        at base: String, _ values: [String: String], environment: [String: String] = [:]
    ) async throws -> Answer {
        var line = printed
        for slip in slips {
            #expect(line.contains(slip.printed), "no slip any more: \(slip.why)")
            line = line.replacing(slip.printed, with: slip.mended)
        }
        #expect(line.contains(host), "the host is printed otherwise: \(line)")
        line = line.replacing(host, with: base)
        for (name, value) in values {
            #expect(line.contains(name), "\(name) is not printed: \(line)")
            line = line.replacing(name, with: value)
        }
        // Behind the command, so that it is changed by nothing but what it prints.
        let run = try await CLIProcess.shell(
            line + " -sS -o answer -w '%{http_code}' && echo && cat answer", environment: environment)
        let parts = run.output.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        var text = parts.count == 2 ? String(parts[1]) : ""
        if printed.contains("curl -i"), let head = text.range(of: "\r\n\r\n") {
            text = String(text[head.upperBound...])
        }
        let result = Answer(status: parts.first.flatMap { Int($0) } ?? 0, text: text)
        #expect(result.status == status, "\(line)\n\(run.errors)\(result.text)")
        expectPrinted(result.text, line)
        return result
    }

    private func expectPrinted(_ text: String, _ line: String) {
        guard !answer.isEmpty else {
            #expect(text.isEmpty, "\(line)")
            return
        }
        guard let came = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed),
            let shape = try? JSONSerialization.jsonObject(with: Data(answer.utf8), options: .fragmentsAllowed)
        else {
            Issue.record("no JSON: \(text)")
            return
        }
        let found = JSONShape.compare(came, with: shape)
        #expect(found.differences.isEmpty && found.additions.isEmpty, "\(line)\n\(found)")
    }
}

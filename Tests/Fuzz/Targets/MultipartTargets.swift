// SPDX-License-Identifier: Apache-2.0

extension FuzzTarget {
    static let multipart = [FuzzTarget("multipart", group: "multipart", check: multipart(_:))]

    /// However a body is cut, it is read alike, and gives no more content than it has bytes.
    private static func multipart(_ body: [UInt8]) {
        let whole = outcome(of: body, cutAt: body.count)
        precondition(whole.content.count <= body.count, "content out of nothing")
        let halves = outcome(of: body, cutAt: body.count / 2)
        precondition(halves == whole, "the cut changed the outcome")
    }

    private struct Outcome: Equatable {
        var parts: [MultipartPart] = []
        var content: [UInt8] = []
        var fault: MultipartFault?
    }

    private static func outcome(of body: [UInt8], cutAt cut: Int) -> Outcome {
        guard let boundary = MultipartBoundary(validating: "b") else { preconditionFailure("no boundary") }
        var parser = MultipartParser(boundary: boundary)
        var outcome = Outcome()
        do throws(MultipartFault) {
            for chunk in [body[..<cut], body[cut...]] {
                for event in try parser.feed(chunk) {
                    switch event {
                    case .partBegan(let part): outcome.parts.append(part)
                    case .content(let bytes): outcome.content += bytes
                    case .partEnded: break
                    }
                }
            }
            try parser.finish()
        } catch {
            // Which parts were told before the fault depends on the cut: the fault is what counts.
            outcome = Outcome(fault: error)
        }
        return outcome
    }
}

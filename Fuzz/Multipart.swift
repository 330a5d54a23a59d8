// SPDX-License-Identifier: Apache-2.0

/// What libFuzzer calls with every input: the body whole and cut in two must end the same, and never trap.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzMultipart(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let body = Array(UnsafeBufferPointer(start: start, count: count))
    let cut = body.first.map { Int($0) * count / 256 } ?? 0
    let (whole, halves) = (outcome(of: [body[...]]), outcome(of: [body[..<cut], body[cut...]]))
    precondition(whole == halves, "another outcome in two chunks")
    return 0
}

/// Parts and how much content each has, or the fault.
private func outcome(of chunks: [ArraySlice<UInt8>]) -> String {
    guard let boundary = MultipartBoundary(validating: "b") else { return "" }
    var parser = MultipartParser(boundary: boundary)
    var text = ""
    var size = 0
    do throws(MultipartFault) {
        for chunk in chunks {
            for event in try parser.feed(chunk) {
                switch event {
                case .partBegan(let part): text += "<\(part.name):\(part.filename ?? "-")>"
                case .content(let bytes): size += bytes.count
                case .partEnded:
                    text += "\(size)."
                    size = 0
                }
            }
        }
        try parser.finish()
        return text
    } catch {
        return "\(error)"
    }
}

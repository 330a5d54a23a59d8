// SPDX-License-Identifier: Apache-2.0

/// `multipart/form-data` as it comes in: fed with chunks of any size, it gives parts and their content, and holds no more than
/// one header block or one delimiter back. How large contents may be is its caller's business.
/// Source: RFC 7578; RFC 2046, section 5.1.1.
package struct MultipartParser: Sendable {
    package struct Limits: Sendable {
        /// Of one part, in bytes.
        package var headers = 8 << 10
        package var parts = 64
        /// Before the first boundary, in bytes.
        package var preamble = 4 << 10

        package init() {}
    }

    package enum Event: Sendable, Hashable {
        case partBegan(MultipartPart)
        /// Never empty; a part's content comes in as many of these as it takes.
        case content(ArraySlice<UInt8>)
        case partEnded
    }

    private enum State: Sendable {
        case preamble
        /// Right behind a boundary: its padding, then the end of the line or `--`.
        case boundaryEnd
        case headers
        /// The empty line behind the headers may be the delimiter's own line end: then the part is empty.
        case contentBegins
        case content
        /// Behind the closing boundary nothing counts.
        case epilogue
    }

    private let delimiter: [UInt8]
    private let limits: Limits
    private var state = State.preamble
    /// The line end that every delimiter begins with stands before the first byte as well.
    private var buffer: [UInt8] = [0x0D, 0x0A]
    private var start = 0
    private var skipped = 0
    private var parts = 0

    package init(boundary: MultipartBoundary, limits: Limits = Limits()) {
        delimiter = [0x0D, 0x0A, 0x2D, 0x2D] + Array(boundary.text.utf8)
        self.limits = limits
    }

    /// Takes the next bytes and returns what they complete. After a fault the parser is not fed again.
    package mutating func feed(_ chunk: some Sequence<UInt8>) throws(MultipartFault) -> [Event] {
        if case .epilogue = state { return [] }
        buffer.append(contentsOf: chunk)
        var events: [Event] = []
        while try step(&events) {}
        buffer.removeFirst(start)
        start = 0
        return events
    }

    /// The body is over. Throws `truncated` unless its closing boundary came.
    package func finish() throws(MultipartFault) {
        guard case .epilogue = state else { throw .truncated }
    }

    private var count: Int { buffer.count - start }

    /// One move of the machine; false when it needs more bytes.
    private mutating func step(_ events: inout [Event]) throws(MultipartFault) -> Bool {
        switch state {
        case .preamble: return try skipPreamble()
        case .boundaryEnd: return try endBoundary()
        case .headers: return try readHeaders(&events)
        case .contentBegins: return beginContent(&events)
        case .content: return readContent(&events)
        case .epilogue:
            start = buffer.count
            return false
        }
    }

    private mutating func skipPreamble() throws(MultipartFault) -> Bool {
        let found = find(delimiter, from: start)
        let end = found ?? max(start, buffer.count - delimiter.count + 1)
        skipped += end - start
        guard skipped <= limits.preamble else { throw .malformed(detail: "no boundary at the beginning") }
        start = end
        guard found != nil else { return false }
        start += delimiter.count
        state = .boundaryEnd
        return true
    }

    private mutating func endBoundary() throws(MultipartFault) -> Bool {
        var index = start
        while index < buffer.count, buffer[index] == 0x20 || buffer[index] == 0x09 { index += 1 }
        guard index - start <= limits.headers else { throw .headersTooLarge }
        guard buffer.count - index >= 2 else { return false }
        switch (buffer[index], buffer[index + 1]) {
        case (0x2D, 0x2D) where index == start: state = .epilogue
        case (0x0D, 0x0A):
            parts += 1
            guard parts <= limits.parts else { throw .tooManyParts }
            // Left in place: a part without headers begins with its empty line.
            state = .headers
            start = index
            return true
        default: throw .malformed(detail: "a boundary's line does not end")
        }
        start = index + 2
        return true
    }

    private mutating func readHeaders(_ events: inout [Event]) throws(MultipartFault) -> Bool {
        guard let end = find([0x0D, 0x0A, 0x0D, 0x0A], from: start) else {
            guard count <= limits.headers else { throw .headersTooLarge }
            return false
        }
        guard end - start <= limits.headers else { throw .headersTooLarge }
        events.append(.partBegan(try MultipartPart(headers: buffer[min(start + 2, end)..<end])))
        start = end + 2
        state = .contentBegins
        return true
    }

    private mutating func beginContent(_ events: inout [Event]) -> Bool {
        let held = buffer[start...].prefix(delimiter.count)
        if held.elementsEqual(delimiter) {
            start += delimiter.count
            events.append(.partEnded)
            state = .boundaryEnd
            return true
        }
        if held.count < delimiter.count, delimiter.starts(with: held) { return false }
        start += 2
        state = .content
        return true
    }

    private mutating func readContent(_ events: inout [Event]) -> Bool {
        let found = find(delimiter, from: start)
        let end = found ?? max(start, buffer.count - delimiter.count + 1)
        if end > start { events.append(.content(buffer[start..<end])) }
        start = end
        guard found != nil else { return false }
        start += delimiter.count
        events.append(.partEnded)
        state = .boundaryEnd
        return true
    }

    /// Where `pattern`, which begins with CR, first stands.
    private func find(_ pattern: [UInt8], from: Int) -> Int? {
        buffer.withUnsafeBufferPointer { bytes in
            pattern.withUnsafeBufferPointer { pattern in
                var index = from
                let last = bytes.count - pattern.count
                while index <= last {
                    if bytes[index] != 0x0D {
                        index += 1
                        continue
                    }
                    var matched = 1
                    while matched < pattern.count, bytes[index + matched] == pattern[matched] { matched += 1 }
                    if matched == pattern.count { return index }
                    index += 1
                }
                return nil
            }
        }
    }
}

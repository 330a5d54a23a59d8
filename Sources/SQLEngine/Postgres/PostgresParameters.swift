// SPDX-License-Identifier: Apache-2.0

/// One statement's parameters in one buffer, as libpq takes them: text with a closing zero, blobs as they are.
struct PostgresParameters {
    private var bytes: [UInt8] = []
    private var offsets: [Int] = []
    private var lengths: [CInt] = []
    private var formats: [CInt] = []

    init(_ values: [SQLValue]) throws(SQLError) {
        offsets.reserveCapacity(values.count)
        lengths.reserveCapacity(values.count)
        formats.reserveCapacity(values.count)
        for value in values {
            switch value {
            case .null: add(offset: -1, length: 0, format: 0)
            case .integer(let integer): addText("\(integer)")
            case .real(let real): addText("\(real)")
            case .text(let text):
                guard !text.utf8.contains(0) else { throw .textHoldsNUL }
                addText(text)
            case .blob(let blob):
                add(offset: bytes.count, length: CInt(blob.count), format: 1)
                bytes.append(contentsOf: blob)
            }
        }
        // An empty blob at the very end still needs an address.
        bytes.append(0)
    }

    private mutating func addText(_ text: String) {
        add(offset: bytes.count, length: 0, format: 0)
        bytes.append(contentsOf: text.utf8)
        bytes.append(0)
    }

    private mutating func add(offset: Int, length: CInt, format: CInt) {
        offsets.append(offset)
        lengths.append(length)
        formats.append(format)
    }

    /// Calls `body` with the count, values, lengths and formats.
    func withPointers<T>(_ body: (CInt, [UnsafePointer<CChar>?], [CInt], [CInt]) -> T) -> T {
        bytes.withUnsafeBytes { buffer in
            let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = offsets.map { offset in offset < 0 ? nil : start.map { $0 + offset } }
            return body(CInt(offsets.count), values, lengths, formats)
        }
    }
}

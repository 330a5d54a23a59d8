// SPDX-License-Identifier: Apache-2.0

extension Collection where Element == UInt8 {
    /// Lends the bytes without a copy where they already lie in one piece, as in arrays and NIO's `ByteBufferView`.
    func withRawBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        if let result = withContiguousStorageIfAvailable({ body(UnsafeRawBufferPointer($0)) }) { return result }
        return Array(self).withUnsafeBytes(body)
    }
}

/// Looks at every byte whatever differs, so that the time taken tells nothing about where.
func isEqualInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for index in left.indices { difference |= left[index] ^ right[index] }
    return difference == 0
}

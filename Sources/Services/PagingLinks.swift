// SPDX-License-Identifier: Apache-2.0
import MetaChanges

/// Meta's `paging.next` and `paging.previous` lead to its own address with the token in them: they are taken out, wherever
/// they stand, and all other bytes stay as they are. Cursors do the same work.
enum PagingLinks {
    private static let depthMax = 64

    /// Nil when the text cannot be followed to its end: then nobody knows what is in it.
    static func removed(from json: [UInt8]) -> [UInt8]? {
        let slicer = JSONSlicer(bytes: json[...])
        return try? rewritten(try slicer.whole(), slicer, isPaging: false, depth: 0)
    }

    private struct TooDeep: Error {}

    private static func rewritten(
        _ range: Range<Int>, _ slicer: JSONSlicer, isPaging: Bool, depth: Int
    ) throws -> [UInt8] {
        guard depth < depthMax else { throw TooDeep() }
        if let members = try slicer.members(of: range) {
            let kept = members.filter { !isPaging || ($0.key != "next" && $0.key != "previous") }
            let parts = try kept.map { member in
                let value = try rewritten(member.value, slicer, isPaging: member.key == "paging", depth: depth + 1)
                return slicer.bytes[member.name] + [UInt8(ascii: ":")] + value
            }
            return [UInt8(ascii: "{")] + parts.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "}")]
        }
        if let elements = try slicer.elements(of: range) {
            let parts = try elements.map { try rewritten($0, slicer, isPaging: isPaging, depth: depth + 1) }
            return [UInt8(ascii: "[")] + parts.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
        }
        return Array(slicer.bytes[range])
    }
}

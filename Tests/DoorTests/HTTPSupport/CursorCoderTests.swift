// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Testing

@Suite struct CursorCoderTests {
    private let coder = CursorCoder(secret: Array("a secret of thirty-two bytes....".utf8))
    private let position = PageKey(at: Timestamp(milliseconds: 1_764_000_000_123), id: "onb_01h455vb4pex5vsknk084sn02q")

    @Test("a cursor leads back to its position, also from another node with the same secret")
    func roundTrip() {
        let cursor = coder.encode(position, scope: "list")
        let other = CursorCoder(secret: Array("a secret of thirty-two bytes....".utf8))
        #expect(other.decode(cursor, scope: "list") == position)
        #expect(!cursor.contains { "+/=".contains($0) })
    }

    @Test("a cursor is bound to its list and to its secret")
    func bound() {
        let cursor = coder.encode(position, scope: "list")
        #expect(coder.decode(cursor, scope: "list?state=live") == nil)
        #expect(CursorCoder().decode(cursor, scope: "list") == nil)
    }

    @Test("a cursor that was changed anywhere is refused")
    func tampered() {
        let cursor = Array(coder.encode(position, scope: "list"))
        // The last character's unused bits do not change the bytes.
        for index in cursor.indices.dropLast() {
            var changed = cursor
            changed[index] = changed[index] == "A" ? "B" : "A"
            #expect(coder.decode(String(changed), scope: "list") == nil)
        }
    }

    static let junk = ["", "x", "!!!!", "AAAA", String(repeating: "A", count: 4096)]

    @Test("text that is no cursor is refused", arguments: junk)
    func refused(text: String) {
        #expect(coder.decode(text, scope: "list") == nil)
    }
}

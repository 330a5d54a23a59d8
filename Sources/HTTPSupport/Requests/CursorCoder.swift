// SPDX-License-Identifier: Apache-2.0
import Crypto
package import Domain
import FoundationEssentials

/// Cursors of lists: opaque and signed, bound to the filters that they were given for.
package struct CursorCoder: Sendable {
    private let key: SymmetricKey

    /// Nodes that share a secret take each other's cursors.
    package init(secret: [UInt8]) { key = SymmetricKey(data: secret) }

    /// Cursors that end with the process.
    package init() { key = SymmetricKey(size: .bits256) }

    /// `scope` names the list: world, caller, route and filters.
    package func encode(_ position: PageKey, scope: String) -> String {
        var payload = withUnsafeBytes(of: position.at.milliseconds.bigEndian) { Array($0) }
        payload += Array(position.id.utf8)
        return Self.base64url(payload + mac(payload, scope))
    }

    /// Nil when it was not made by us for this very list.
    package func decode(_ cursor: String, scope: String) -> PageKey? {
        guard cursor.utf8.count <= 2048, let bytes = Self.bytes(base64url: cursor), bytes.count > 8 + Self.macLength
        else {
            return nil
        }
        let payload = Array(bytes.dropLast(Self.macLength))
        guard Self.areEqual(Array(bytes.suffix(Self.macLength)), mac(payload, scope)) else { return nil }
        let milliseconds = payload.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return PageKey(
            at: Timestamp(milliseconds: Int64(bitPattern: milliseconds)),
            id: String(decoding: payload.dropFirst(8), as: UTF8.self))
    }

    private static let macLength = 16

    private func mac(_ payload: [UInt8], _ scope: String) -> [UInt8] {
        var hmac = HMAC<SHA256>(key: key)
        hmac.update(data: Array(SHA256.hash(data: Array(scope.utf8))))
        hmac.update(data: payload)
        return Array(hmac.finalize().prefix(Self.macLength))
    }

    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func base64url(_ bytes: [UInt8]) -> String {
        let text = Data(bytes).base64EncodedString()
        return String(text.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }.filter { $0 != "=" })
    }

    private static func bytes(base64url text: String) -> [UInt8]? {
        let plain = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        return Data(base64Encoded: plain + padding).map { Array($0) }
    }
}

// SPDX-License-Identifier: Apache-2.0
package import Domain
import FoundationEssentials

/// What an `Authorization` header holds. Source: Sinch, API Overview: HTTP Basic (key id and secret) or an OAuth2 bearer.
package enum SinchCredential: Sendable, Equatable {
    case basic(AccessKeyID, OtherSecret)
    case bearer(String)

    /// In bytes; a header beyond it is nobody's.
    private static let limit = 4096

    /// Nil when it holds neither. The scheme's case does not count. Source: RFC 9110, section 11.1; RFC 7617.
    package init?(_ header: String) {
        guard header.utf8.count <= Self.limit, let space = header.firstIndex(of: " ") else { return nil }
        let rest = header[space...].drop { $0 == " " }
        guard !rest.isEmpty else { return nil }
        switch header[..<space].lowercased() {
        case "bearer":
            guard rest.utf8.allSatisfy(Self.isTokenByte(_:)) else { return nil }
            self = .bearer(String(rest))
        case "basic":
            guard let bytes = Data(base64Encoded: String(rest)),
                let text = String(validating: bytes, as: UTF8.self), let colon = text.firstIndex(of: ":")
            else { return nil }
            self.init(id: String(text[..<colon]), secret: String(text[text.index(after: colon)...]))
        default: return nil
        }
    }

    /// As a form's `client_id` and `client_secret`. An id of another shape opens nothing.
    package init?(id: String, secret: String) {
        guard !secret.isEmpty, id.utf8.count <= 64 else { return nil }
        self = .basic(AccessKeyID(validating: id) ?? AccessKeyID(""), OtherSecret(secret))
    }

    /// Source: RFC 6750, section 2.1, b64token.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~+/=".utf8.contains(byte)
        }
    }
}

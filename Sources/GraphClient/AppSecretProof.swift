// SPDX-License-Identifier: Apache-2.0
import Crypto
package import Domain

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

package enum AppSecretProof {
    /// Lower-case hex of HMAC-SHA256, key = app secret, message = token. Source: Meta, securing Graph API requests.
    package static func make(token: String, appSecret: AppSecret) -> String {
        let key = SymmetricKey(data: Array(appSecret.secret.utf8))
        let digits = Array("0123456789abcdef".utf8)
        var hex: [UInt8] = []
        hex.reserveCapacity(64)
        for byte in HMAC<SHA256>.authenticationCode(for: Array(token.utf8), using: key) {
            hex.append(digits[Int(byte >> 4)])
            hex.append(digits[Int(byte & 15)])
        }
        return String(decoding: hex, as: UTF8.self)
    }
}

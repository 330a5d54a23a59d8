// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation

/// The receiver's side, written after the vendor's SDK and not after our code.
enum SinchSignature {
    static func of(_ text: String, key: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: Data(key.utf8)))
        return Data(code).base64EncodedString()
    }
}

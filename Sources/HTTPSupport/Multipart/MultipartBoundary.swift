// SPDX-License-Identifier: Apache-2.0

/// The boundary that a `Content-Type: multipart/form-data; boundary=…` names.
package struct MultipartBoundary: Sendable, Hashable {
    package let text: String

    /// 1 to 70 characters of the set that boundaries are made of, the last not a space. Source: RFC 2046, section 5.1.1.
    package init?(validating text: String) {
        let allowed = Set("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? ".utf8)
        guard (1...70).contains(text.utf8.count), text.utf8.last != UInt8(ascii: " ") else { return nil }
        guard text.utf8.allSatisfy({ allowed.contains($0) }) else { return nil }
        self.text = text
    }

    package init(contentType: String) throws(MultipartFault) {
        guard let value = HeaderParameters(contentType, of: "multipart/form-data")?["boundary"],
            let boundary = MultipartBoundary(validating: value)
        else { throw .noBoundary }
        self = boundary
    }
}

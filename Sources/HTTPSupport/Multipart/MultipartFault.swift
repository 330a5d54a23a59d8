// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a multipart body.
package enum MultipartFault: Error, Sendable, Hashable {
    /// No usable `boundary` in the content type.
    case noBoundary
    /// Not what RFC 7578 and RFC 2046 allow; `detail` never quotes the body.
    case malformed(detail: String)
    case headersTooLarge
    case tooManyParts
    /// The body ended before its closing boundary.
    case truncated
}

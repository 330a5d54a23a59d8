// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a request before any service saw it. Each door puts it into its own words, by a switch without default.
package enum RequestFault: Error, Sendable, Hashable {
    /// Not JSON; `detail` says where, without quoting the body.
    case malformedJSON(detail: String)
    /// JSON nested deeper than 64 levels.
    case nestedTooDeep
    /// In bytes.
    case bodyTooLarge(limit: Int)
    /// The body did not arrive in time.
    case bodyTooSlow
    /// The `Idempotency-Key` header is not 1 to 255 visible ASCII characters.
    case invalidIdempotencyKey
    /// A query parameter is unknown or wrong.
    case invalidQuery(parameter: String, message: String)
    case unknownRoute
    /// `allowed` as the `allow` header lists them.
    case methodNotAllowed(allowed: String)
}

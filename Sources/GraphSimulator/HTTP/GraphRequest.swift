// SPDX-License-Identifier: Apache-2.0

/// A request at Graph's door, free of the server that took it: one of a batch looks the same.
struct GraphRequest: Sendable {
    var method: String
    var path: String
    var query: Substring?
    var contentType: String?
    var authorization: String?
    /// `host:port` as the caller sees it.
    var authority: String
    var body: [UInt8]
}

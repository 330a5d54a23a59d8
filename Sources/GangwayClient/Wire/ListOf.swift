// SPDX-License-Identifier: Apache-2.0

/// One page of a list.
package struct ListOf<Element: Decodable & Sendable>: Decodable, Sendable {
    package let data: [Element]
    /// Nil on the last page.
    package let nextCursor: String?

    enum CodingKeys: String, CodingKey {
        case data
        case nextCursor = "next_cursor"
    }
}

/// Where a call takes no members.
struct NoBody: Encodable {}

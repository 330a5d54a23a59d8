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

extension GangwayClient {
    /// All elements of a list, page after page.
    package static func everyPage<Element>(
        _ page: (_ cursor: String?) async throws(ClientError) -> ListOf<Element>
    ) async throws(ClientError) -> [Element] {
        var elements: [Element] = []
        var cursor: String?
        repeat {
            let next = try await page(cursor)
            elements += next.data
            cursor = next.nextCursor
        } while cursor != nil
        return elements
    }
}

/// Where a call takes no members.
struct NoBody: Encodable {}

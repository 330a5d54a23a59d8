// SPDX-License-Identifier: Apache-2.0

/// One page of an edge: `{"data": […], "paging": …}`. Where the guide prints a single object, that object is the page.
package struct GraphPage<Item: GraphObject>: Decodable, Sendable {
    package let data: [Item]
    /// The cursor of the next page; nil at the end.
    package let nextCursor: String?
    /// Whether Meta says that more follows. The `next` URL itself holds the token and is never kept.
    package let hasNext: Bool

    private struct Paging: GraphObject {
        struct Cursors: GraphObject {
            @Lenient var after: String?
        }
        @Lenient var cursors: Cursors?
        @Lenient var next: String?
    }

    enum CodingKeys: String, CodingKey { case data, paging }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard container.contains(.data) else {
            let isEmpty = try decoder.container(keyedBy: AnyKey.self).allKeys.isEmpty
            data = isEmpty ? [] : [try Item(from: decoder)]
            (nextCursor, hasNext) = (nil, false)
            return
        }
        data = try container.decode([Item].self, forKey: .data)
        let paging = try container.decode(Lenient<Paging>.self, forKey: .paging).wrappedValue
        hasNext = paging?.next != nil
        // Meta prints an `after` cursor on the last page too: only `next` says that there is more.
        nextCursor = hasNext ? paging?.cursors?.after : nil
    }
}

private struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

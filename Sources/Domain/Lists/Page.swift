// SPDX-License-Identifier: Apache-2.0

/// A page of a keyset list: the rows and where the next page begins.
package struct Page<Element: Sendable>: Sendable {
    package let items: [Element]
    package let next: PageKey?

    package init(items: [Element], next: PageKey?) {
        self.items = items
        self.next = next
    }

    package func map<T: Sendable>(_ transform: (Element) throws -> T) rethrows -> Page<T> {
        Page<T>(items: try items.map(transform), next: next)
    }
}

/// The sort key of the last row seen: time and id, newest first.
package struct PageKey: Sendable, Hashable {
    package let at: Timestamp
    package let id: String

    package init(at: Timestamp, id: String) {
        self.at = at
        self.id = id
    }
}

/// Which page: at most `limit` rows after `after`.
package struct PageRequest: Sendable, Hashable {
    package let limit: Int
    package let after: PageKey?

    package init(limit: Int = 50, after: PageKey? = nil) {
        self.limit = limit
        self.after = after
    }
}

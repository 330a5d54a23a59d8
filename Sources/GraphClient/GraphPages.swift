// SPDX-License-Identifier: Apache-2.0
package import Domain

/// A request for one page of an edge.
package protocol PagedGraphRequest: GraphRequest where Response == GraphPage<Item> {
    associatedtype Item: GraphObject
    /// The cursor to continue from; nil for the first page.
    var after: String? { get set }
}

/// The pages of an edge, fetched one by one as they are asked for. Throws `GraphError`.
package struct GraphPages<R: PagedGraphRequest>: AsyncSequence, Sendable {
    package typealias Element = [R.Item]
    package typealias Failure = GraphError

    let graph: any GraphSending
    let first: R

    package func makeAsyncIterator() -> Iterator { Iterator(graph: graph, request: first) }

    package struct Iterator: AsyncIteratorProtocol {
        let graph: any GraphSending
        var request: R
        var isDone = false

        init(graph: any GraphSending, request: R) {
            self.graph = graph
            self.request = request
        }

        package mutating func next() async throws(GraphError) -> [R.Item]? {
            try await next(isolation: nil)
        }

        package mutating func next(isolation actor: isolated (any Actor)?) async throws(GraphError) -> [R.Item]? {
            guard !isDone else { return nil }
            let page = try await graph.send(request)
            guard page.hasNext else {
                isDone = true
                return page.data
            }
            // Without a cursor, or with the same one again, the rest cannot be reached: better an error than a short list.
            guard let cursor = page.nextCursor, cursor != request.after else {
                throw GraphError(
                    class: .transient, reach: .answered, operation: R.operation,
                    message: "Meta names a further page but no way to it.")
            }
            request.after = cursor
            return page.data
        }
    }
}

extension GraphSending {
    /// All pages from `request` on.
    package func pages<R: PagedGraphRequest>(_ request: R) -> GraphPages<R> { GraphPages(graph: self, first: request) }

    /// All items of all pages; `limit` bounds what is kept in memory.
    package func all<R: PagedGraphRequest>(_ request: R, limit: Int = 10_000) async throws(GraphError) -> [R.Item] {
        var items: [R.Item] = []
        for try await page in pages(request) {
            items += page
            if items.count >= limit { return Array(items.prefix(limit)) }
        }
        return items
    }
}

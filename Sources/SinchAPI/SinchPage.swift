// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

/// A list by `pageToken` and `pageSize`. Lists of a project are short: they are cut here. Source: Sinch, paging.
struct SinchPage<Item> {
    private let items: [Item]
    private let key: (Item) -> PageKey
    private let size: Int
    private let start: Int
    private let scope: String
    private let cursors: CursorCoder

    /// `items` newest first. Throws `invalid_page_size`, `invalid_page_token` and, for a size out of bounds, `invalid_input`.
    init(
        _ items: [Item], of call: SinchCall, sizeMax: Int = 100, sizeDefault: Int = 50, key: @escaping (Item) -> PageKey
    ) throws(SinchError) {
        let query = call.request.uri.queryParameters
        self.items = items
        self.key = key
        cursors = call.cursors
        scope = "sinch\u{0}\(call.scope.project.id)\u{0}\(call.request.uri.path)"
        if let given = query["pageSize"] {
            size = try Self.size(String(given), max: sizeMax)
        } else {
            size = sizeDefault
        }
        guard let token = query["pageToken"] else {
            start = 0
            return
        }
        guard let after = cursors.decode(String(token), scope: scope) else { throw .invalidPageToken }
        start = items.firstIndex { Self.isAfter(key($0), after) } ?? items.count
    }

    private static func size(_ text: String, max: Int) throws(SinchError) -> Int {
        guard let size = Int(text) else { throw .invalidPageSize }
        guard size >= 1 else { throw .invalidInput(["pageSize must not be less than 1"]) }
        guard size <= max else { throw .invalidInput(["pageSize must not be greater than \(max)"]) }
        return size
    }

    private static func isAfter(_ one: PageKey, _ other: PageKey) -> Bool {
        (one.at, one.id) < (other.at, other.id)
    }

    func answer(_ name: String, _ wire: (Item) -> JSONValue) -> JSONValue {
        let end = min(start + size, items.count)
        var members: [String: JSONValue] = [
            "totalSize": .integer(Int64(items.count)), "pageSize": .integer(Int64(size)),
            name: .array(items[start..<end].map(wire)),
        ]
        if end < items.count, end > start { members["nextPageToken"] = token(after: key(items[end - 1])) }
        if start > 0 {
            let before = start - size
            // Before the first of all there is nothing to come after but the end of time.
            let first = PageKey(at: Timestamp(milliseconds: .max), id: "~")
            members["previousPageToken"] = token(after: before > 0 ? key(items[before - 1]) : first)
        }
        return .object(members)
    }

    private func token(after key: PageKey) -> JSONValue { .string(cursors.encode(key, scope: scope)) }
}

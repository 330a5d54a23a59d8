// SPDX-License-Identifier: Apache-2.0

/// `limit`, `after` and `before` of a list. Source: reference section 7.3 (25 by default, 100 at most).
struct PageRequest: Sendable {
    var limit: Int
    var after: String?
    var before: String?

    init(_ call: GraphCall) throws(GraphError) {
        limit = 25
        if let text = call.parameters.text("limit") {
            guard let value = Int(text), value > 0 else { throw .parameter("Param limit must be a positive integer") }
            limit = min(value, 100)
        }
        // An empty cursor is the first page.
        after = try call.parameters.text("after").map { (text) throws(GraphError) in try Self.opened(text) }
        before = try call.parameters.text("before").map { (text) throws(GraphError) in try Self.opened(text) }
    }

    private static func opened(_ cursor: String) throws(GraphError) -> String {
        guard let text = Cursor.open(cursor) else { throw .parameter("Invalid cursors values were provided") }
        return text
    }
}

/// Opaque cursors: the key in a coat of base64 letters.
enum Cursor {
    private static let prefix = "QVFI"

    static func seal(_ key: String) -> String { prefix + hex(key.utf8) }

    static func open(_ cursor: String) -> String? {
        guard cursor.hasPrefix(prefix) else { return nil }
        let digits = cursor.dropFirst(prefix.count).compactMap(\.hexDigitValue)
        guard digits.count == cursor.count - prefix.count, digits.count.isMultiple(of: 2) else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension GraphCall {
    /// The answer of a list; `next` and `previous` are whole addresses with the token, as Meta prints them.
    func list(
        _ data: [JSON], first: String?, last: String?, hasNext: Bool = false, hasPrevious: Bool = false,
        limit: Int? = nil, total: Int? = nil
    ) -> JSON {
        var members: [JSON.Member] = [.init("data", .array(data))]
        if let first, let last {
            let before = Cursor.seal(first)
            let after = Cursor.seal(last)
            var paging: [JSON.Member] = [.init("cursors", ["before": .string(before), "after": .string(after)])]
            if hasNext { paging.append(.init("next", .string(link(("after", after), limit: limit)))) }
            if hasPrevious { paging.append(.init("previous", .string(link(("before", before), limit: limit)))) }
            members.append(.init("paging", .object(paging)))
        }
        if let total, parameters["summary"]?.isTrue == true {
            members.append(.init("summary", ["total_count": .int(Int64(total))]))
        }
        return .object(members)
    }

    /// A page of a list whose elements are named by their ids, in the given order.
    func page(of ids: [String], _ node: (String) throws(GraphError) -> JSON?) throws(GraphError) -> JSON {
        let request = try PageRequest(self)
        var window = ids.prefix(request.limit)
        if let after = request.after {
            window = ids[(ids.firstIndex(of: after).map { $0 + 1 } ?? ids.endIndex)...].prefix(request.limit)
        } else if let before = request.before {
            window = ids[..<(ids.firstIndex(of: before) ?? ids.startIndex)].suffix(request.limit)
        }
        var data: [JSON] = []
        for id in window { if let element = try node(id) { data.append(element) } }
        return list(
            data, first: window.first, last: window.last, hasNext: window.endIndex < ids.endIndex,
            hasPrevious: window.startIndex > ids.startIndex && !window.isEmpty, limit: request.limit, total: ids.count)
    }

    /// A short list in one page.
    func list(_ data: [JSON]) -> JSON {
        list(data, first: data.first?["id"]?.text, last: data.last?["id"]?.text, total: data.count)
    }

    private static let keptInLinks = [
        "fields", "filtering", "sort", "summary", "role", "business", "receiving_business_id", "end_business_id",
        "name",
        "status", "language", "category",
    ]

    private func link(_ cursor: (String, String), limit: Int?) -> String {
        var pairs: [(String, String)] = []
        for name in Self.keptInLinks {
            if let value = parameters[name] {
                pairs.append((name, value.text ?? String(decoding: value.bytes(), as: UTF8.self)))
            }
        }
        if let limit { pairs.append(("limit", String(limit))) }
        pairs.append(cursor)
        if let token { pairs.append(("access_token", token)) }
        let query = pairs.map { "\($0.0)=\(Self.percentEncoded($0.1))" }.joined(separator: "&")
        return "http://\(authority)/\(version)/\(segments.joined(separator: "/"))?\(query)"
    }

    static func percentEncoded(_ text: String) -> String {
        var out: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                out.append(byte)
            default:
                out.append(UInt8(ascii: "%"))
                out.append(contentsOf: hex([byte]).uppercased().utf8)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

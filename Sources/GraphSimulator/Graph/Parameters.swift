// SPDX-License-Identifier: Apache-2.0

/// A call's parameters, wherever they stood: query, form, multipart or JSON body. A later place wins over an earlier one.
struct Parameters: Sendable {
    private var values: [String: JSON] = [:]

    /// The value as a client meant it: a form field that holds a JSON object or array is read as one.
    /// Source: facebook-business SDKs, which encode every structured parameter so.
    subscript(name: String) -> JSON? {
        guard let value = values[name] else { return nil }
        guard case .string(let text) = value, let first = text.utf8.first,
            first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return value }
        return (try? JSONParser.parse(text)) ?? value
    }

    /// The parameter's text; an empty one counts as absent.
    func text(_ name: String) -> String? {
        guard let text = values[name]?.text, !text.isEmpty else { return nil }
        return text
    }

    var isEmpty: Bool { values.isEmpty }

    /// All of them, by name.
    var json: JSON { .object(values.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) }) }

    func has(_ name: String) -> Bool { values[name] != nil }

    /// The values of a list given as JSON, as Meta's quoted form `['MANAGE']`, or comma separated.
    func list(_ name: String) -> [String]? {
        guard let value = self[name] else { return nil }
        if let elements = value.elements { return elements.compactMap(\.text) }
        if case .object(let members) = value { return members.compactMap(\.value.text) }
        guard let text = value.text else { return nil }
        return text.split(whereSeparator: { "[]'\", ".contains($0) }).map(String.init)
    }

    mutating func set(_ name: String, _ value: JSON?) { values[name] = value }

    mutating func add(query: Substring) { addForm(query.utf8) }

    mutating func add(body: [UInt8], contentType: String?) throws(GraphError) {
        guard let first = body.first(where: { $0 > 0x20 }) else { return }
        let type = contentType?.lowercased() ?? ""
        if type.hasPrefix("multipart/form-data") {
            // The boundary keeps its case.
            for part in try MultipartForm.parts(of: body, contentType: contentType ?? "") { add(part.name, part.value) }
            return
        }
        if type.contains("x-www-form-urlencoded"), first != UInt8(ascii: "{") {
            addForm(body)
            return
        }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || type.contains("json") {
            guard let json = try? JSONParser.parse(body) else { throw .malformedBody }
            guard case .object(let members) = json else { return }
            for member in members { values[member.name] = member.value }
            return
        }
        addForm(body)
    }

    private mutating func addForm(_ bytes: some Sequence<UInt8>) {
        for pair in Array(bytes).split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = halves.first, !name.isEmpty else { continue }
            let value = halves.count > 1 ? Self.decoded(halves[1]) : ""
            add(Self.decoded(name), .string(value))
        }
    }

    /// `text[body]=…` and `tasks[]=…`, as PHP's `http_build_query` writes them, become members and elements.
    private mutating func add(_ name: String, _ value: JSON) {
        guard let open = name.firstIndex(of: "["), name.hasSuffix("]"), open != name.startIndex else {
            values[name] = value
            return
        }
        let base = String(name[..<open])
        let keys = name[name.index(after: open)...].dropLast().split(separator: "[", omittingEmptySubsequences: false)
            .map { String($0.hasSuffix("]") ? $0.dropLast() : $0) }
        guard keys.count <= 8 else { return }
        values[base] = Self.inserting(value, at: keys[...], into: values[base])
    }

    private static func inserting(_ value: JSON, at keys: ArraySlice<String>, into old: JSON?) -> JSON {
        guard let key = keys.first else { return value }
        let rest = keys.dropFirst()
        if key.isEmpty || Int(key) != nil {
            var elements = old?.elements ?? []
            if let index = Int(key), elements.indices.contains(index) {
                elements[index] = inserting(value, at: rest, into: elements[index])
            } else {
                elements.append(inserting(value, at: rest, into: nil))
            }
            return .array(elements)
        }
        var members: [JSON.Member] = []
        if case .object(let known) = old { members = known }
        if let index = members.firstIndex(where: { $0.name == key }) {
            members[index].value = inserting(value, at: rest, into: members[index].value)
        } else {
            members.append(.init(key, inserting(value, at: rest, into: nil)))
        }
        return .object(members)
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex, let high = hexDigit(bytes[index + 1]),
                let low = hexDigit(bytes[index + 2])
            {
                out.append(high << 4 | low)
                index += 3
            } else {
                out.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

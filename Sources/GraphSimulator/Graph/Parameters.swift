// SPDX-License-Identifier: Apache-2.0

/// A call's parameters, wherever they stood: query, form or JSON body. A later place wins over an earlier one.
struct Parameters: Sendable {
    private var values: [String: JSON] = [:]

    subscript(name: String) -> JSON? { values[name] }

    /// The parameter's text; an empty one counts as absent.
    func text(_ name: String) -> String? {
        guard let text = values[name]?.text, !text.isEmpty else { return nil }
        return text
    }

    /// The values of a list given as JSON, as Meta's quoted form `['MANAGE']`, or comma separated.
    func list(_ name: String) -> [String]? {
        guard let value = values[name] else { return nil }
        if let elements = value.elements { return elements.compactMap(\.text) }
        guard let text = value.text else { return nil }
        return text.split(whereSeparator: { "[]'\", ".contains($0) }).map(String.init)
    }

    mutating func add(query: Substring) { addForm(query.utf8) }

    mutating func add(body: [UInt8], contentType: String?) throws(GraphError) {
        guard let first = body.first(where: { $0 > 0x20 }) else { return }
        if contentType?.contains("x-www-form-urlencoded") == true, first != UInt8(ascii: "{") {
            addForm(body)
            return
        }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || contentType?.contains("json") == true {
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
            values[Self.decoded(name)] = .string(value)
        }
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex,
                let high = Character(Unicode.Scalar(bytes[index + 1])).hexDigitValue,
                let low = Character(Unicode.Scalar(bytes[index + 2])).hexDigitValue
            {
                out.append(UInt8(high << 4 | low))
                index += 3
            } else {
                out.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

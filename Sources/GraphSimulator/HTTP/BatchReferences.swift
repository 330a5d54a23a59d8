// SPDX-License-Identifier: Apache-2.0

/// Answers of named calls, for later ones that say `{result=name:$.data.*.id}`. Source: Meta, batch requests.
struct BatchReferences: Sendable {
    private var results: [String: JSON] = [:]
    private var failures: Set<String> = []
    private static let opening = "{result="

    mutating func note(_ answer: GraphAnswer, as name: String) {
        if answer.isSuccess, case .json(let body) = answer.body { results[name] = body } else { failures.insert(name) }
    }

    func failed(_ name: String) -> Bool { failures.contains(name) }

    /// A named call's answer is left out only when a later call builds on it.
    func isUsed(_ name: String, in call: GraphCall) -> Bool {
        let mark = "\(Self.opening)\(name):"
        return call.parameters["batch"]?.elements?.contains { order in
            order["relative_url"]?.text?.contains(mark) == true || order["body"]?.text?.contains(mark) == true
        } ?? false
    }

    /// The text with every reference replaced; nil when one leads nowhere.
    func filled(_ text: String) -> String? {
        var out = ""
        var rest = text[...]
        while let start = rest.firstRange(of: Self.opening) {
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else { break }
            let halves = rest[start.upperBound..<end].split(separator: ":", maxSplits: 1)
            guard halves.count == 2, let result = results[String(halves[0])],
                let found = Self.find(halves[1], in: result), !found.isEmpty
            else { return nil }
            out += rest[..<start.lowerBound] + found.joined(separator: ",")
            rest = rest[rest.index(after: end)...]
        }
        return out + rest
    }

    /// `$.data.*.id` and `$.data[0].id`: the paths that Meta's guide shows.
    private static func find(_ path: Substring, in json: JSON) -> [String]? {
        guard path.hasPrefix("$") else { return nil }
        var found = [json]
        for step in path.dropFirst().split(whereSeparator: { ".[]".contains($0) }) {
            if step == "*" {
                found = found.flatMap { $0.elements ?? [] }
            } else if let index = Int(step) {
                found = found.compactMap { value in
                    guard let elements = value.elements, elements.indices.contains(index) else { return nil }
                    return elements[index]
                }
            } else {
                found = found.compactMap { $0[String(step)] }
            }
        }
        return found.compactMap(\.text)
    }
}

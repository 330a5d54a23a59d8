// SPDX-License-Identifier: Apache-2.0

/// The members that a JSON object may have, and those of the objects inside it.
package struct FieldNames: Sendable {
    let nested: [String: FieldNames?]

    /// Reads the names from a wire type's coding keys.
    package init<Key: CodingKey & CaseIterable>(of keys: Key.Type, nested: [String: FieldNames] = [:]) {
        self.nested = Dictionary(
            keys.allCases.map { ($0.stringValue, nested[$0.stringValue]) }, uniquingKeysWith: { first, _ in first })
    }
}

/// The member names of a JSON value, as deep as they go.
struct FieldShape: Decodable {
    var members: [String: FieldShape] = [:]

    init(from decoder: any Decoder) throws {
        guard let container = try? decoder.container(keyedBy: AnyKey.self) else { return }
        for key in container.allKeys {
            members[key.stringValue] = try container.decode(FieldShape.self, forKey: key)
        }
    }

    /// The path of the first member that `names` does not know, if any.
    func firstUnknown(in names: FieldNames, below path: [String] = []) -> [String]? {
        for (name, shape) in members.sorted(by: { $0.key < $1.key }) {
            guard let known = names.nested[name] else { return path + [name] }
            if let known, let unknown = shape.firstUnknown(in: known, below: path + [name]) { return unknown }
        }
        return nil
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

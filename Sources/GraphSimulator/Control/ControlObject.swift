// SPDX-License-Identifier: Apache-2.0

/// A JSON object of a control call or seed file, read strictly: what is not known there is refused with its path.
struct ControlObject: Sendable {
    private let json: JSON
    private let path: String

    init(_ json: JSON, at path: String = "", allowing names: Set<String>) throws(ControlFailure) {
        guard case .object(let members) = json else {
            throw ControlFailure("\(path.isEmpty ? "body" : path): an object expected")
        }
        self.json = json
        self.path = path
        for member in members where !names.contains(member.name) {
            throw ControlFailure(
                "\(Self.join(path, member.name)): unknown; known are \(names.sorted().joined(separator: ", "))")
        }
    }

    subscript(name: String) -> JSON? { json[name] }

    func failure(_ name: String, _ message: String) -> ControlFailure {
        ControlFailure("\(Self.join(path, name)): \(message)")
    }

    func text(_ name: String) throws(ControlFailure) -> String? {
        switch json[name] {
        case nil, .null: return nil
        case .string(let text): return text
        case .int(let number): return String(number)
        default: throw failure(name, "text expected")
        }
    }

    func text(_ name: String, oneOf values: [String]) throws(ControlFailure) -> String? {
        guard let text = try text(name) else { return nil }
        guard values.contains(text) else { throw failure(name, "\(values.joined(separator: ", ")) expected") }
        return text
    }

    /// An id as Meta prints them.
    func id(_ name: String) throws(ControlFailure) -> String? {
        guard let text = try text(name) else { return nil }
        guard (13...17).contains(text.utf8.count), text.allSatisfy({ ("0"..."9").contains($0) }) else {
            throw failure(name, "13 to 17 digits expected")
        }
        return text
    }

    func flag(_ name: String, default value: Bool = false) throws(ControlFailure) -> Bool {
        switch json[name] {
        case nil, .null: return value
        case .bool(let flag): return flag
        default: throw failure(name, "true or false expected")
        }
    }

    func number(_ name: String, in range: ClosedRange<Int64>) throws(ControlFailure) -> Int64? {
        switch json[name] {
        case nil, .null: return nil
        case let value:
            guard let number = value?.number, range.contains(number) else {
                throw failure(name, "a whole number from \(range.lowerBound) to \(range.upperBound) expected")
            }
            return number
        }
    }

    func fraction(_ name: String) throws(ControlFailure) -> Double? {
        switch json[name] {
        case nil, .null: return nil
        case let value:
            guard let number = value?.text.flatMap(Double.init), number.isFinite, number >= 0 else {
                throw failure(name, "a number from 0 up expected")
            }
            return number
        }
    }

    /// The elements of a list, each with its path.
    func list(_ name: String) throws(ControlFailure) -> [(json: JSON, path: String)] {
        switch json[name] {
        case nil, .null: return []
        case .array(let values):
            return values.enumerated().map { ($0.element, "\(Self.join(path, name))[\($0.offset)]") }
        default: throw failure(name, "a list expected")
        }
    }

    func object(_ name: String, allowing names: Set<String>) throws(ControlFailure) -> ControlObject? {
        guard let value = json[name], value != .null else { return nil }
        return try ControlObject(value, at: Self.join(path, name), allowing: names)
    }

    private static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}

// SPDX-License-Identifier: Apache-2.0

/// Reads fields and gathers what is wrong with them, in the words of Sinch's validator: all of it in one answer.
/// Source: Sinch, samples of `validationErrors`.
struct BodyReader {
    private final class Faults {
        var texts: [String] = []
    }

    private let members: [String: JSONTree]
    private let path: String
    private let faults: Faults

    init(_ members: [String: JSONTree]) {
        self.members = members
        path = ""
        faults = Faults()
    }

    private init(_ members: [String: JSONTree], path: String, faults: Faults) {
        self.members = members
        self.path = path
        self.faults = faults
    }

    func has(_ name: String) -> Bool {
        switch members[name] {
        case nil, .null: false
        default: true
        }
    }

    func isNull(_ name: String) -> Bool {
        if case .null = members[name] { return true }
        return false
    }

    func fault(_ text: String) { faults.texts.append(path + text) }

    /// Throws `invalid_input` with everything that is wrong.
    func finish() throws(SinchError) {
        if !faults.texts.isEmpty { throw .invalidInput(faults.texts) }
    }

    // MARK: Fields

    /// Characters are counted as JavaScript counts them, in UTF-16 units.
    func string(_ name: String, _ length: ClosedRange<Int>? = nil, required: Bool = false) -> String? {
        switch members[name] {
        case .string(let text):
            guard let length else { return text }
            guard text.utf16.count >= length.lowerBound else {
                fault("\(name) must be longer than or equal to \(length.lowerBound) characters")
                return nil
            }
            guard text.utf16.count <= length.upperBound else {
                fault("\(name) must be shorter than or equal to \(length.upperBound) characters")
                return nil
            }
            return text
        case nil, .null:
            if required { fault("\(name) must be a string") }
            return nil
        case .bool, .number, .array, .object:
            fault("\(name) must be a string")
            return nil
        }
    }

    func digits(_ name: String, max: Int, required: Bool = false) -> String? {
        guard let text = string(name, 1...max, required: required) else { return nil }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            fault("\(name) must be a number string")
            return nil
        }
        return text
    }

    func oneOf(_ name: String, _ allowed: [String], required: Bool = false) -> String? {
        switch members[name] {
        case .string(let text) where allowed.contains(text): return text
        case nil where !required, .null where !required: return nil
        default:
            fault("\(name) must be one of the following values: \(allowed.joined(separator: ", "))")
            return nil
        }
    }

    func bool(_ name: String) -> Bool? {
        switch members[name] {
        case .bool(let value): return value
        case nil, .null: return nil
        default:
            fault("\(name) must be a boolean value")
            return nil
        }
    }

    func object(_ name: String, required: Bool = false) -> BodyReader? {
        switch members[name] {
        case .object(let inner): return BodyReader(inner, path: "\(path)\(name).", faults: faults)
        case nil where !required, .null where !required: return nil
        default:
            fault("\(name) must be an object")
            return nil
        }
    }

    /// Different words of a closed set.
    func words(_ name: String, _ allowed: [String], required: Bool) -> [String]? {
        guard case .array(let items) = members[name] else {
            if required || has(name) { fault("\(name) must be an array") }
            return nil
        }
        let texts = items.compactMap { item -> String? in
            guard case .string(let text) = item, allowed.contains(text) else { return nil }
            return text
        }
        guard !items.isEmpty else {
            fault("\(name) should not be empty")
            return nil
        }
        guard texts.count == items.count else {
            fault("each value in \(name) must be one of the following values: \(allowed.joined(separator: ", "))")
            return nil
        }
        guard Set(texts).count == texts.count else {
            fault("All \(name)'s elements must be unique")
            return nil
        }
        return texts
    }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A JSON value of which kind and documented values are compared, invented ones are not.
indirect enum Shape: Sendable, Decodable {
    case null
    case bool(Bool)
    case int(Int64)
    case decimal(Double)
    case string(String)
    case array([Shape])
    case object([String: Shape])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .int(value)
        } else if let value = try? container.decode(Double.self) {
            self = .decimal(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([Shape].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: Shape].self))
        }
    }

    init(parsing text: String) throws { self = try JSONDecoder().decode(Shape.self, from: Data(text.utf8)) }

    var text: String {
        switch self {
        case .string(let value): value
        case .int(let value): String(value)
        case .bool(let value): String(value)
        case .decimal(let value): String(value)
        case .null, .array, .object: ""
        }
    }

    var json: Any {
        switch self {
        case .null: NSNull()
        case .bool(let value): value
        case .int(let value): value
        case .decimal(let value): value
        case .string(let value): value
        case .array(let values): values.map(\.json)
        case .object(let members): members.mapValues(\.json)
        }
    }

    /// The same with every text run through `change`.
    func mapped(_ change: (String) -> String) -> Shape {
        switch self {
        case .string(let value): .string(change(value))
        case .array(let values): .array(values.map { $0.mapped(change) })
        case .object(let members): .object(members.mapValues { $0.mapped(change) })
        case .null, .bool, .int, .decimal: self
        }
    }

    /// Where `answer` differs from this example; empty when it holds.
    func differences(from answer: Shape, at path: String = "") -> [String] {
        switch (self, answer) {
        case (.null, .null), (.decimal, .decimal), (.decimal, .int): return []
        case (.bool(let left), .bool(let right)): return left == right ? [] : ["\(path): \(right) for \(left)"]
        case (.int(let left), .int(let right)):
            return left == right || !Self.isDocumentedNumber(path) ? [] : ["\(path): \(right) for \(left)"]
        case (.string(let left), .string(let right)): return Self.differences(left, right, path)
        case (.array(let left), .array(let right)): return Self.differences(left, right, path)
        case (.object(let left), .object(let right)):
            let missing = left.keys.filter { right[$0] == nil }.sorted().map { "\(path).\($0): missing" }
            // An error may say more than the example does.
            let extra =
                path == ".error"
                ? [] : right.keys.filter { left[$0] == nil }.sorted().map { "\(path).\($0): not in the example" }
            let inner = left.sorted { $0.key < $1.key }.flatMap { name, value in
                right[name].map { value.differences(from: $0, at: "\(path).\(name)") } ?? []
            }
            return missing + extra + inner
        default: return ["\(path): another kind of value"]
        }
    }

    private static func differences(_ left: [Shape], _ right: [Shape], _ path: String) -> [String] {
        guard let last = left.last else { return right.isEmpty ? [] : ["\(path): not empty"] }
        guard !right.isEmpty else { return ["\(path): empty"] }
        return right.indices.flatMap { index in
            (index < left.count ? left[index] : last).differences(from: right[index], at: "\(path)[\(index)]")
        }
    }

    private static func differences(_ left: String, _ right: String, _ path: String) -> [String] {
        let name = path.split(separator: ".").last.map(String.init) ?? path
        let isWord = !left.isEmpty && left.allSatisfy { $0 == "_" || ($0.isASCII && $0.isUppercase) }
        if documented.contains(name) || (isWord && !path.contains("[")) {
            return withoutDates(left) == withoutDates(right) ? [] : ["\(path): \(right) for \(left)"]
        }
        if left.count >= 13, left.allSatisfy(\.isNumber) {
            return right.count >= 13 && right.allSatisfy(\.isNumber) ? [] : ["\(path): no id: \(right)"]
        }
        for prefix in ["EAA", "wamid.", "QVFI", "http"] where left.hasPrefix(prefix) {
            return right.hasPrefix(prefix) ? [] : ["\(path): does not begin with \(prefix)"]
        }
        return []
    }

    /// Members whose very text is documented.
    private static let documented: Set<String> = [
        "message", "type", "details", "error_user_msg", "token_type", "messaging_product", "entity_type",
        "can_send_message",
        "request_status", "status", "business_verification_status", "ownership_type", "role", "input", "wa_id",
        "message_status", "error_description", "possible_solution",
    ]

    private static func isDocumentedNumber(_ path: String) -> Bool {
        ["code", "error_subcode", "subcode", "expires_in", "data_access_expires_at"].contains {
            path.hasSuffix(".\($0)")
        }
    }

    /// `Friday, 21-Nov-26 03:00:00 PST` reads as a date, whichever it is; so do the ids in a sentence.
    private static func withoutDates(_ text: String) -> String {
        text.replacing(/[A-Z][a-z]+day, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d PST/, with: "DATE")
            .replacing(/\ on DATE\. The current time is DATE\./, with: "")
    }
}

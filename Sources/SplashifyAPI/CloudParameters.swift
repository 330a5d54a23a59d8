// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import HTTPSupport
import Hummingbird

/// Judges the parameters of a call that goes on to Meta. Graph takes its own controls (`access_token`, `method`, `batch`) as
/// parameters too: what is not named by the call does not pass, in the query or in the body.
enum CloudParameters {
    static func query(_ parameters: Parameters, for entry: CloudEntry) throws(RequestFault) -> [(String, String)] {
        var query: [(String, String)] = []
        for (name, value) in parameters {
            let (name, value) = (String(name), String(value))
            guard !query.contains(where: { $0.0 == name }) else {
                throw .invalidQuery(parameter: name, message: "must come once")
            }
            if let required = entry.required[name] {
                guard value == required else { throw .invalidQuery(parameter: name, message: "must be \(required)") }
            } else if name == "fields", isAllowed(value, entry.fields) {
                // Judged above.
            } else if !entry.parameters.contains(name) {
                throw .invalidQuery(parameter: name, message: "is not supported by this call")
            }
            query.append((name, value))
        }
        for name in entry.required.keys where !query.contains(where: { $0.0 == name }) {
            throw .invalidQuery(parameter: name, message: "is required")
        }
        if case .named(_, isRequired: true) = entry.fields, !query.contains(where: { $0.0 == "fields" }) {
            throw .invalidQuery(parameter: "fields", message: "is required")
        }
        return query
    }

    private static func isAllowed(_ fields: String, _ rule: CloudEntry.Fields) -> Bool {
        let items = topLevel(fields)
        switch rule {
        case .none: return false
        case .flat: return !items.isEmpty && items.allSatisfy { isName($0[...]) }
        case .named(let names, _):
            return !items.isEmpty
                && items.allSatisfy { item in
                    let name = item.prefix { $0 != "." }
                    let arguments = item.dropFirst(name.count)
                    guard isName(name), names.contains(String(name)) else { return false }
                    return arguments.isEmpty || name.hasSuffix("analytics") && areArguments(arguments)
                }
        }
    }

    /// Split at the commas that stand outside of brackets.
    private static func topLevel(_ fields: String) -> [String] {
        var items = [""]
        var depth = 0
        for character in fields {
            if character == "(" || character == "[" { depth += 1 }
            if character == ")" || character == "]" { depth -= 1 }
            if character == ",", depth == 0 { items.append("") } else { items[items.count - 1].append(character) }
        }
        return items
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 || (48...57).contains($0) }
    }

    /// `.start(1).end(2).dimensions(["A","B"])`: no braces, which would expand other nodes.
    private static func areArguments(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { byte in
            (65...90).contains(byte) || (97...122).contains(byte) || (48...57).contains(byte)
                || ".,()[]\"'_-+: ".utf8.contains(byte)
        }
    }

    // MARK: Bodies

    /// Graph's controls, which a body may carry as well.
    private static let controls: Set<String> = [
        "access_token", "appsecret_proof", "input_token", "method", "batch", "fields", "ids", "include_headers",
        "suppress_http_code", "relative_url",
    ]

    /// The bytes as they came, once they are one JSON object without Graph's controls.
    static func body(_ bytes: [UInt8]) throws -> [UInt8] {
        guard let names = try? JSONDecoder().decode(MemberNames.self, from: Data(bytes)).names else {
            throw RequestFault.malformedJSON(detail: "The body is not a JSON object.")
        }
        if let control = names.first(where: { controls.contains($0) }) {
            throw SplashifyError(400, "\(control) is not supported by this call")
        }
        return bytes
    }
}

private struct MemberNames: Decodable {
    let names: [String]

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        names = try decoder.container(keyedBy: Key.self).allKeys.map(\.stringValue)
    }
}

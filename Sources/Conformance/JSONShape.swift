// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Compares an answer with a documented body. Text, numbers, true and false, null and the order of arrays count; the order of
/// members does not. Marks in the documented body:
///
/// - `"<text>"` any text but an empty one, `"<string>"` any text, `"<digits>"`, `"<id>"` digits as text or as a number, `"<uuid>"`, `"<number>"`, `"<bool>"`,
///   `"<any>"` whatever it is, `"<object>"`, `"<array>"`
/// - `"<time>"` RFC 3339 in UTC, `"<milliseconds>"` the same with three decimals, `"<graph time>"` with `+0000`
/// - `"<one of A|B>"` one of these texts, `"<starts with …>"`
/// - an array whose first element is `"<each>"`: any number of elements, each like the second
/// - a member `"name?"`: may be missing
struct JSONShape {
    struct Comparison {
        /// What is wrong, by path.
        var differences: [String] = []
        /// Members that the documents do not show, by path.
        var additions: [String] = []
    }

    static func compare(_ answer: Any, with documented: Any) -> Comparison {
        var comparison = Comparison()
        compare(answer, documented, at: "", into: &comparison)
        return comparison
    }

    private static func compare(_ answer: Any, _ shape: Any, at path: String, into result: inout Comparison) {
        switch shape {
        case let mark as String where mark.hasPrefix("<") && mark.hasSuffix(">"):
            let name = String(mark.dropFirst().dropLast())
            if !satisfies(answer, name) { result.differences.append("\(place(path)) is no \(name): \(shown(answer))") }
        case let members as [String: Any]: compareObject(answer, members, at: path, into: &result)
        case let elements as [Any]: compareArray(answer, elements, at: path, into: &result)
        default:
            guard !isSame(answer, shape) else { return }
            result.differences.append("\(place(path)) is \(shown(answer)), documented: \(shown(shape))")
        }
    }

    private static func compareObject(
        _ answer: Any, _ shape: [String: Any], at path: String, into result: inout Comparison
    ) {
        guard let members = answer as? [String: Any] else {
            result.differences.append("\(place(path)) is no object: \(shown(answer))")
            return
        }
        var known: Set<String> = []
        for (key, value) in shape.sorted(by: { $0.key < $1.key }) {
            let isOptional = key.hasSuffix("?")
            let name = isOptional ? String(key.dropLast()) : key
            known.insert(name)
            guard let member = members[name] else {
                if !isOptional { result.differences.append("\(joined(path, name)) is missing") }
                continue
            }
            compare(member, value, at: joined(path, name), into: &result)
        }
        result.additions += members.keys.filter { !known.contains($0) }.sorted().map { joined(path, $0) }
    }

    private static func compareArray(_ answer: Any, _ shape: [Any], at path: String, into result: inout Comparison) {
        guard let elements = answer as? [Any] else {
            result.differences.append("\(place(path)) is no array: \(shown(answer))")
            return
        }
        let isEach = shape.first as? String == "<each>" && shape.count == 2
        guard isEach || elements.count == shape.count else {
            result.differences.append("\(place(path)) has \(elements.count) elements, documented: \(shape.count)")
            return
        }
        for (index, element) in elements.enumerated() {
            compare(element, isEach ? shape[1] : shape[index], at: "\(path)[\(index)]", into: &result)
        }
    }

    private static func satisfies(_ answer: Any, _ mark: String) -> Bool {
        switch mark {
        case "any": return true
        case "object": return answer is [String: Any]
        case "array": return answer is [Any]
        case "number": return isNumber(answer)
        case "id": return text(answer).wholeMatch(of: /"?[0-9]+"?/) != nil
        case "bool": return isBool(answer)
        default: break
        }
        guard let text = answer as? String else { return false }
        switch mark {
        case "text": return !text.isEmpty
        case "string": return true
        case "digits": return text.wholeMatch(of: /[0-9]+/) != nil
        case "uuid": return UUID(uuidString: text) != nil
        case "time": return text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/) != nil
        case "milliseconds": return text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil
        case "graph time": return text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000/) != nil
        case let mark where mark.hasPrefix("one of "):
            return mark.dropFirst(7).split(separator: "|").contains { $0 == text }
        case let mark where mark.hasPrefix("starts with "): return text.hasPrefix(mark.dropFirst(12))
        default: return false
        }
    }

    private static func isSame(_ left: Any, _ right: Any) -> Bool {
        if isBool(left) != isBool(right) { return false }
        return text(left) == text(right)
    }

    private static func isNumber(_ value: Any) -> Bool { value is NSNumber && !isBool(value) }

    private static func isBool(_ value: Any) -> Bool { shown(value) == "true" || shown(value) == "false" }

    private static func joined(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    private static func place(_ path: String) -> String { path.isEmpty ? "the body" : path }

    private static func shown(_ value: Any) -> String {
        let text = text(value)
        return text.count <= 120 ? text : text.prefix(120) + "…"
    }

    private static func text(_ value: Any) -> String {
        let data = try? JSONSerialization.data(
            withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "?"
    }
}

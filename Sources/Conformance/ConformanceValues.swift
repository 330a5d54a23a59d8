// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What cases are filled in with: credentials and ids that were given, what earlier answers told, and fresh random values.
package struct ConformanceValues: Sendable {
    private var values: [String: String]

    /// `{"partner": {"api_key": "…"}}` is read as `partner.api_key`: a server's own `credentials.json` will do.
    package init(json: Data, adding more: [String: String] = [:]) throws {
        values = [:]
        Self.flatten(try JSONSerialization.jsonObject(with: json), at: "", into: &values)
        values.merge(more) { $1 }
    }

    package init(_ values: [String: String]) { self.values = values }

    mutating func keep(_ name: String, _ value: String) { values[name] = value }

    struct Missing: Error {
        let names: [String]
    }

    /// `escape` is applied to what is filled in, not to the text around it.
    func fill(_ text: String, escape: (String) -> String = { $0 }) throws(Missing) -> String {
        var (filled, missing, rest) = ("", [String](), text[...])
        while let start = rest.range(of: "{{"), let end = rest.range(of: "}}", range: start.upperBound..<rest.endIndex)
        {
            filled += rest[..<start.lowerBound]
            let name = String(rest[start.upperBound..<end.lowerBound])
            if let value = value(name) { filled += escape(value) } else { missing.append(name) }
            rest = rest[end.upperBound...]
        }
        guard missing.isEmpty else { throw Missing(names: missing) }
        return filled + rest
    }

    /// `random.…` is new at each use; `run.…` the same throughout one run.
    private func value(_ name: String) -> String? {
        if let value = values[name] { return value }
        switch name {
        case "sinch.basic":
            guard let id = values["sinch.key_id"], let secret = values["sinch.key_secret"] else { return nil }
            return Data("\(id):\(secret)".utf8).base64EncodedString()
        case "random.word": return String((0..<12).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement() ?? "a" })
        case "random.uuid": return UUID().uuidString.lowercased()
        case "random.phone": return "+9198" + String(Int.random(in: 10_000_000...99_999_999))
        case "random.email": return "conform-\(UUID().uuidString.lowercased())@example.com"
        default: return nil
        }
    }

    mutating func keepDefault(_ name: String, _ value: String) { if values[name] == nil { values[name] = value } }

    /// With a value for each of `names` that has none.
    func drawing(_ names: [String]) -> ConformanceValues {
        var drawn = self
        for name in names where drawn.values[name] == nil {
            drawn.values[name] = value("random." + (name.split(separator: ".").last.map(String.init) ?? ""))
        }
        return drawn
    }

    private static func flatten(_ json: Any, at path: String, into values: inout [String: String]) {
        switch json {
        case let object as [String: Any]:
            for (name, value) in object { flatten(value, at: path.isEmpty ? name : "\(path).\(name)", into: &values) }
        case let text as String: values[path] = text
        case let number as NSNumber: values[path] = number.stringValue
        default: break
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain

/// The document as one page to read: no script, and nothing from anywhere else.
package struct ReadablePage: Sendable {
    private let document: APIDocument

    package init(_ document: APIDocument) { self.document = document }

    package var html: String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(escaped(document.title)) \(escaped(document.version))</title><style>\(Self.style)</style></head><body>
        <header><h1>\(escaped(document.title)) <small>\(escaped(document.version))</small></h1>
        <p>\(escaped(document.text)) The same for machines: <a href="/openapi.json">openapi.json</a>.</p></header>
        <nav>\(contents)</nav><main>\(document.chapters.map(chapter(_:)).joined())\(schemas)</main></body></html>
        """
    }

    private var contents: String {
        let chapters = document.chapters.map { chapter in
            let links = tags(of: chapter).map { "<a href=\"#tag-\(anchor($0))\">\(escaped($0))</a>" }
            return "<p><b>\(escaped(chapter.title))</b> \(links.joined(separator: " · "))</p>"
        }
        return chapters.joined() + "<p><a href=\"#schemas\">Schemas</a></p>"
    }

    private func tags(of chapter: Chapter) -> [String] {
        var seen: Set<String> = []
        return chapter.operations.map(\.tag).filter { seen.insert($0).inserted }
    }

    private func chapter(_ chapter: Chapter) -> String {
        let tags = tags(of: chapter).map { tag in
            let operations = chapter.operations.filter { $0.tag == tag }.map(operation(_:)).joined()
            return "<section id=\"tag-\(anchor(tag))\"><h3>\(escaped(tag))</h3>\(operations)</section>"
        }
        return "<h2>\(escaped(chapter.title))</h2><p>\(escaped(chapter.text))</p>\(tags.joined())"
    }

    private func operation(_ operation: Operation) -> String {
        var parts = [
            "<p>\(escaped(operation.summary)). \(escaped(operation.note ?? ""))</p>",
            operation.security.isEmpty
                ? "" : "<p class=\"who\">Opened by \(operation.security.map(escaped).joined(separator: " or "))</p>",
        ]
        let parameters = operation.allParameters.map { parameter in
            "<tr><td><code>\(escaped(parameter.name))</code></td><td>\(parameter.place.rawValue)"
                + "\(parameter.isRequired ? ", required" : "")</td><td>\(Shape.html(parameter.schema.json))</td></tr>"
        }
        if !parameters.isEmpty { parts.append("<h5>Parameters</h5><table>\(parameters.joined())</table>") }
        if let body = operation.body {
            parts.append("<h5>Body\(body.isRequired ? "" : " (may be left out)")</h5>\(contents(body.contents))")
        }
        let answers =
            operation.answers.map { row(String($0.status), $0.answer) }
            + [operation.otherwise.map { row("other", $0) } ?? ""]
        parts.append("<h5>Answers</h5><table>\(answers.joined())</table>")
        return """
            <details id="\(operation.id)"><summary><b class="\(operation.method.rawValue)">\
            \(operation.method.rawValue.uppercased())</b> <code>\(escaped(operation.path))</code> \
            \(escaped(operation.summary))</summary>\(parts.joined())</details>
            """
    }

    private func row(_ status: String, _ answer: Operation.Answer) -> String {
        "<tr><td>\(status)</td><td>\(escaped(answer.text))</td><td>\(contents(answer.contents))</td></tr>"
    }

    private func contents(_ contents: KeyValuePairs<String, Schema>) -> String {
        contents.map { "<div><code>\(escaped($0.key))</code> \(Shape.html($0.value.json))</div>" }.joined()
    }

    private var schemas: String {
        let all = document.schemas.sorted { $0.key < $1.key }.map { name, schema in
            "<details id=\"schema-\(name)\"><summary><code>\(name)</code></summary>\(Shape.html(schema.json))</details>"
        }
        return "<h2 id=\"schemas\">Schemas</h2>\(all.joined())"
    }

    private func anchor(_ text: String) -> String {
        String(text.map { $0.isLetter || $0.isNumber ? $0 : "-" })
    }

    private static let style = """
        body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#222;\
        background:#fff}code{font:13px ui-monospace,monospace}h2{margin-top:2.5rem;border-bottom:1px solid #ccc}\
        details{border:1px solid #ddd;border-radius:6px;margin:.4rem 0;padding:.4rem .8rem}summary{cursor:pointer}\
        summary b{display:inline-block;min-width:4.2rem}.get{color:#0a6}.post{color:#06c}.put,.patch{color:#b60}\
        .delete{color:#c22}table{border-collapse:collapse}td{padding:.15rem .8rem .15rem 0;vertical-align:top}\
        ul{margin:0;padding-left:1.2rem}.who{color:#666}h5{margin:.8rem 0 .2rem}
        @media (prefers-color-scheme:dark){body{color:#ddd;background:#181818}a{color:#7bf}details{border-color:#444}}
        """
}

/// A schema in words.
private enum Shape {
    static func html(_ schema: JSONValue) -> String {
        guard case .object(let members) = schema else { return "" }
        var text = kind(members)
        if case .string(let description) = members["description"] { text += " <i>\(escaped(description))</i>" }
        return text
    }

    private static func kind(_ members: [String: JSONValue]) -> String {
        if case .string(let ref) = members["$ref"] {
            let name = ref.split(separator: "/").last.map(String.init) ?? ref
            return "<a href=\"#schema-\(name)\">\(name)</a>"
        }
        if case .array(let choices) = members["anyOf"] { return choices.map(html).joined(separator: " or ") }
        if case .array(let words) = members["enum"] { return words.map(code).joined(separator: " ") }
        if let constant = members["const"] { return code(constant) }
        if case .object(let properties) = members["properties"], !properties.isEmpty {
            return object(properties, required: members["required"])
        }
        if let items = members["items"] { return "list of " + html(items) }
        if let values = members["additionalProperties"], case .object = values { return "map of " + html(values) }
        return type(members) + facts(members)
    }

    private static func object(_ properties: [String: JSONValue], required: JSONValue?) -> String {
        var names: [JSONValue] = []
        if case .array(let list) = required { names = list }
        let rows = properties.sorted { $0.key < $1.key }.map { name, schema in
            let mark = names.contains(.string(name)) ? "" : "?"
            return "<li><code>\(escaped(name))\(mark)</code> \(html(schema))</li>"
        }
        return "<ul>\(rows.joined())</ul>"
    }

    private static func type(_ members: [String: JSONValue]) -> String {
        switch members["type"] {
        case .string(let type): escaped(type)
        case .array(let types): types.map(plain).joined(separator: " or ")
        default: "anything"
        }
    }

    private static func facts(_ members: [String: JSONValue]) -> String {
        let names = ["format", "pattern", "minLength", "maxLength", "minimum", "maximum"]
        let told = names.compactMap { name in members[name].map { "\(name) \(plain($0))" } }
        return told.isEmpty ? "" : " (\(told.joined(separator: ", ")))"
    }

    private static func code(_ value: JSONValue) -> String { "<code>\(plain(value))</code>" }

    private static func plain(_ value: JSONValue) -> String {
        if case .string(let text) = value { return escaped(text) }
        return escaped(value.text)
    }
}

private func escaped(_ text: String) -> String {
    text.reduce(into: "") { output, character in
        switch character {
        case "&": output += "&amp;"
        case "<": output += "&lt;"
        case ">": output += "&gt;"
        case "\"": output += "&quot;"
        default: output.append(character)
        }
    }
}

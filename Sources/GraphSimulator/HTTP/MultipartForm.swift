// SPDX-License-Identifier: Apache-2.0

/// `multipart/form-data` as `curl -F` and file uploads send it. Source: RFC 7578.
enum MultipartForm {
    struct Part: Sendable {
        var name: String
        /// Text, or `{filename, content_type, size}` of a file: the sandbox keeps no file.
        var value: JSON
    }

    private static let mostParts = 200

    static func parts(of body: [UInt8], contentType: String) throws(GraphError) -> [Part] {
        guard let boundary = attribute("boundary", in: contentType), !boundary.isEmpty else { throw .malformedBody }
        let delimiter = Array("--\(boundary)".utf8)
        guard var position = position(of: delimiter, in: body, from: 0) else { throw .malformedBody }
        var parts: [Part] = []
        while true {
            position += delimiter.count
            // Two dashes after the delimiter end the form.
            if body[position...].starts(with: Array("--".utf8)) { return parts }
            guard parts.count < mostParts, let next = self.position(of: delimiter, in: body, from: position),
                let head = self.position(of: Array("\r\n\r\n".utf8), in: body, from: position), head < next
            else { throw .malformedBody }
            let content = body[min(head + 4, next)..<max(min(head + 4, next), next - 2)]
            if let part = part(head: String(decoding: body[position..<head], as: UTF8.self), content: content) {
                parts.append(part)
            }
            position = next
        }
    }

    private static func part(head: String, content: ArraySlice<UInt8>) -> Part? {
        var name: String?
        var file: String?
        var type = "application/octet-stream"
        for line in head.split(whereSeparator: \.isNewline) {
            let lower = line.lowercased()
            if lower.hasPrefix("content-disposition:") {
                name = attribute("name", in: String(line))
                file = attribute("filename", in: String(line))
            } else if lower.hasPrefix("content-type:") {
                type = line.dropFirst("content-type:".count).drop(while: { $0 == " " }).lowercased()
            }
        }
        guard let name, !name.isEmpty else { return nil }
        guard let file else { return Part(name: name, value: .string(String(decoding: content, as: UTF8.self))) }
        return Part(
            name: name,
            value: [
                "filename": .string(file), "content_type": .string(type), "size": .int(Int64(content.count)),
            ])
    }

    /// `name="value"` or `name=value` after a semicolon.
    private static func attribute(_ name: String, in text: String) -> String? {
        for piece in text.split(separator: ";").dropFirst() {
            let halves = piece.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0].drop(while: { $0 == " " }).lowercased() == name else { continue }
            return String(halves[1].drop(while: { $0 == "\"" || $0 == " " }).prefix(while: { $0 != "\"" }))
        }
        return nil
    }

    private static func position(of pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = pattern.first, bytes.count >= pattern.count else { return nil }
        var index = start
        while index <= bytes.count - pattern.count {
            guard let found = bytes[index...].firstIndex(of: first), found <= bytes.count - pattern.count else {
                return nil
            }
            if bytes[found..<found + pattern.count].elementsEqual(pattern) { return found }
            index = found + 1
        }
        return nil
    }
}

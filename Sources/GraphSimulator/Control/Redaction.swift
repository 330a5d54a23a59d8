// SPDX-License-Identifier: Apache-2.0

/// Requests and answers as people may see them: tokens, codes, secrets and PINs shortened, long texts cut.
enum Redaction {
    static let longestText = 4096
    private static let longestString = 600
    private static let secrets: Set<String> = [
        "access_token", "input_token", "client_secret", "app_secret", "fb_exchange_token", "revoke_token",
        "appsecret_proof", "pin", "verify_token", "new_certificate", "certificate", "encryption_key",
    ]

    static func text(_ json: JSON) -> String {
        let text = String(decoding: shortened(json, isTop: true).bytes(), as: UTF8.self)
        return text.utf8.count <= longestText ? text : String(text.prefix(longestText / 2)) + "…"
    }

    static func text(_ body: GraphAnswer.Body) -> String {
        switch body {
        case .json(let json): text(json)
        case .text(let text, _): String(text.prefix(longestText))
        }
    }

    private static func shortened(_ json: JSON, isTop: Bool) -> JSON {
        switch json {
        case .object(let members):
            .object(members.map { .init($0.name, shortened($0.value, named: $0.name, isTop: isTop)) })
        case .array(let values): .array(values.map { shortened($0, isTop: false) })
        case .string(let text): .string(shortened(text))
        case .null, .bool, .int, .decimal: json
        }
    }

    private static func shortened(_ value: JSON, named name: String, isTop: Bool) -> JSON {
        // Deeper down a code is that of a language or a country.
        let isSecret = secrets.contains(name) || (isTop && name == "code")
        guard isSecret, let text = value.text else { return shortened(value, isTop: false) }
        return .string(text.shortened)
    }

    /// Texts may be JSON themselves, as a batch is, or addresses with a token in their query.
    private static func shortened(_ text: String) -> String {
        if text.hasPrefix("{") || text.hasPrefix("["), let inner = try? JSONParser.parse(text) {
            return String(decoding: shortened(inner, isTop: false).bytes(), as: UTF8.self)
        }
        let clean = text.contains("=") ? query(text) : text
        return clean.count <= longestString ? clean : String(clean.prefix(longestString)) + "…"
    }

    /// Shortens the values of secret names in `…?name=value&…` and in forms.
    private static func query(_ text: String) -> String {
        text.split(separator: "&", omittingEmptySubsequences: false).map { part -> String in
            guard let equals = part.firstIndex(of: "=") else { return String(part) }
            let name = part[..<equals]
            let bare = name.lastIndex(of: "?").map { name[name.index(after: $0)...] } ?? name
            guard secrets.contains(String(bare)) || bare == "code" else { return String(part) }
            return "\(name)=\(String(part[part.index(after: equals)...]).shortened)"
        }.joined(separator: "&")
    }
}

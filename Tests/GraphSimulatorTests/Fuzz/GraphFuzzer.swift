// SPDX-License-Identifier: Apache-2.0
import Foundation
import GraphSimulator
import NIOHTTP1

/// Requests that nobody would write by hand, the same from the same seed.
struct GraphFuzzer {
    private var dice: SplitMix
    /// Ids that exist, and some that do not.
    let ids: [String]
    /// The first is the mightiest: half of the likely requests carry it.
    let tokens: [String?]
    /// Ids by what they are.
    let cast: [String: String]

    init(seed: UInt64, ids: [String], tokens: [String?], cast: [String: String] = [:]) {
        self.cast = cast
        dice = SplitMix(state: seed)
        self.ids = ids + ["1", "100000000000001", "99999999999999999999", "0", "-1", "9" + (ids.first ?? "")]
        self.tokens = tokens
    }

    static let edges = [
        "access_tokens", "businesses", "permissions", "subscriptions", "connected_client_businesses",
        "whatsapp_business_solution", "whatsapp_business_solutions", "system_user_access_tokens",
        "client_whatsapp_business_accounts", "owned_whatsapp_business_accounts", "system_users", "extendedcredits",
        "self_certify_whatsapp_business", "self_certified_whatsapp_business_submissions", "add_phone_numbers",
        "preverified_numbers", "share_preverified_numbers", "phone_numbers", "subscribed_apps", "assigned_users",
        "message_templates", "solutions",
        "set_solution_migration_intent", "whatsapp_credit_sharing_and_attach", "whatsapp_credit_sharing",
        "whatsapp_credit_attach", "owning_credit_allocation_configs", "request_code", "verify_code", "register",
        "deregister", "whatsapp_business_profile", "messages", "smb_app_data", "access_token", "accept", "reject",
        "send_deactivation_request", "accept_deactivation_request", "reject_deactivation_request", "nonsense", "me",
    ]
    static let parameters = [
        "fields", "limit", "after", "before", "filtering", "sort", "summary", "ids", "batch", "method", "access_token",
        "appsecret_proof", "waba_id", "waba_currency", "receiving_business_id", "user", "tasks", "business", "object",
        "callback_url", "verify_token", "override_callback_uri", "webhook_configuration", "cc", "phone_number",
        "verified_name", "preverified_id", "code_method", "language", "code", "pin", "messaging_product", "to", "type",
        "text", "template", "name", "category", "components", "hsm_id", "solution_id", "solution_name",
        "partner_app_id",
        "owner_permissions", "partner_permissions", "role", "business_id", "end_business_id", "business_documents",
        "sync_type", "partner_business_id", "data_localization_region", "currency", "name_or_content", "websites",
        "about", "vertical", "is_enabled_for_insights", "new_display_name", "grant_type",
        "client_id", "client_secret", "fb_exchange_token", "revoke_token", "input_token", "redirect_uri", "status",
        "message_id", "fetch_only", "scope", "business_app", "include_headers", "text[body]", "tasks[]", "a[b][c][d]",
    ]
    private static let values = [
        "9223372036854775807", "-9223372036854775808", "", "0", "-1", "1", "true", "false", "True", "null", "{}", "[]",
        "[[[[", "{\"a\":", "99999999999999999999999",
        "1e400", "id,name", "id{", "}", "a{b{c{d}}}", "phone_numbers.limit(1){id}", "x.y(z", "USD", "whatsapp", "text",
        "template", "SMS", "en_US", "en", "123456", "000000", "UTILITY", "MANAGE", "['MANAGE']", "history",
        "smb_app_state_sync", "whatsapp_business_account", "messages", "http://127.0.0.1:1/", "http://", "16505551234",
        "+49 (0) 151", "hello_world", "{\"body\":\"Hi\"}",
        "{\"name\":\"hello_world\",\"language\":{\"code\":\"en_US\"}}",
        "[{\"type\":\"BODY\",\"text\":\"Hello {{1}} there\"}]", "read", "wamid.X", "\u{0}\u{1}", "\u{FFFD}\u{1F600}",
        "%", "%2", "%zz", "client_credentials", "fb_exchange_token", "creation_time_ascending", "QVFI", "QVFI3939",
        "QVFIzz",
        "[{\"method\":\"GET\",\"relative_url\":\"me\"}]", "[{\"method\":\"POST\"},1,null,[]]",
        "[{\"field\":\"creation_time\",\"operator\":\"LESS_THAN\",\"value\":\"1\"}]",
        "[{\"field\":\"creation_time\",\"operator\":\"GREATER_THAN\",\"value\":\"9223372036854775807\"}]", "delete",
        "post", "AED",
    ]

    mutating func request() -> RawRequest {
        if chance(4) { return documentedRequest() }
        let method = pick([HTTPMethod.GET, .GET, .POST, .POST, .POST, .DELETE, .PUT, .PATCH, .OPTIONS])
        var target = path()
        var headers: [String: String] = [:]
        if let token = pick(tokens) {
            if chance(3) {
                target += "?access_token=\(Self.encoded(token))"
            } else {
                headers["Authorization"] = "Bearer \(token)"
            }
        }
        if chance(2) { target += (target.contains("?") ? "&" : "?") + form() }
        var body = ""
        if method != .GET, !chance(4) {
            let (type, content) = self.body()
            body = content
            if let type { headers["Content-Type"] = type }
        }
        return RawRequest(
            client: "fuzzer", method: method, target: target, headers: headers, body: body, expected: "")
    }

    /// Requests of the reference's examples, as they stand there but for the app's secret, which is authority enough.
    static let documented: [RawRequest] = GraphExample.all.compactMap { example in
        // The handshake is a request to the partner.
        guard let request = example.request, example.file != "webhook-verification" else { return nil }
        let query = (request.query ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\(encoded($0.value))" }
        return RawRequest(
            client: example.key, method: HTTPMethod(rawValue: request.method),
            target: (request.path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))).replacing(
                secret, with: "0"),
            headers: request.body == nil ? [:] : ["Content-Type": "application/json"],
            body: request.body.map(printed)?.replacing(secret, with: "0") ?? "", expected: "")
    }

    private static let secret = SandboxApp.sample.appSecret

    private static func printed(_ body: Shape) -> String {
        let data = try? JSONSerialization.data(withJSONObject: body.json, options: [.fragmentsAllowed, .sortedKeys])
        return String(decoding: data ?? Data(), as: UTF8.self)
    }

    /// A documented request on other ids, with another token, and often with something wrong.
    private mutating func documentedRequest() -> RawRequest {
        var request = pick(Self.documented)
        request.target = swapped(request.target)
        request.body = chance(2) ? swapped(request.body) : request.body
        if let token = pick(tokens) { request.headers["Authorization"] = "Bearer \(token)" }
        switch dice.next() % 6 {
        case 0: request.method = pick([.GET, .POST, .DELETE, .PUT])
        case 1: request.target += (request.target.contains("?") ? "&" : "?") + form()
        case 2 where !request.body.isEmpty: request.body = mutated(request.body)
        case 3: request.headers["Content-Type"] = pick(["text/plain", "application/x-www-form-urlencoded", "x"])
        default: break
        }
        return request
    }

    /// Long numbers become ids of this world.
    private mutating func swapped(_ text: String) -> String {
        var out = ""
        var digits = ""
        for character in text + "\n" {
            if character.isASCII, character.isNumber {
                digits.append(character)
            } else {
                out += digits.utf8.count >= 13 && !chance(4) ? pick(ids) : digits
                digits = ""
                out.append(character)
            }
        }
        return String(out.dropLast())
    }

    /// Half of the requests begin as good ones.
    mutating func likelyRequest() -> RawRequest {
        guard chance(2) else { return request() }
        let (kind, method, edge, form) = pick(Self.recipes)
        let id = chance(4) ? pick(ids) : cast[kind] ?? pick(ids)
        var filled = form.replacing("{id}", with: pick(ids))
        if chance(3) { filled += "&" + self.form() }
        var headers = ["Content-Type": "application/x-www-form-urlencoded"]
        if let token = chance(2) ? tokens[0] : pick(tokens) { headers["Authorization"] = "Bearer \(token)" }
        let target = "/v26.0/\(id)" + (edge.isEmpty ? "" : "/\(edge)")
        return RawRequest(
            client: "fuzzer", method: method, target: method == .POST ? target : "\(target)?\(filled)",
            headers: headers, body: method == .POST ? filled : "", expected: "")
    }

    private static let recipes: [(String, HTTPMethod, String, String)] = [
        ("waba", .GET, "", "fields=id"), ("phone", .GET, "", "fields=id,status"), ("business", .GET, "", "fields=name"),
        ("waba", .GET, "phone_numbers", "limit=1"), ("waba", .GET, "subscribed_apps", "limit=5"),
        ("waba", .GET, "message_templates", "fields=name"), ("waba", .GET, "solutions", "limit=1"),
        ("partner", .GET, "client_whatsapp_business_accounts", "limit=2"),
        ("waba", .GET, "assigned_users", "business={id}"), ("phone", .GET, "whatsapp_business_profile", "fields=about"),
        ("app", .GET, "whatsapp_business_solutions", "role=PARTNER"), ("app", .GET, "subscriptions", "limit=1"),
        ("partner", .GET, "system_users", "limit=1"), ("partner", .GET, "extendedcredits", "fields=id"),
        ("waba", .POST, "subscribed_apps", "x=1"), ("waba", .POST, "assigned_users", "user={id}&tasks=['MANAGE']"),
        ("phone", .POST, "register", "messaging_product=whatsapp&pin=123456"),
        ("phone", .POST, "messages", "messaging_product=whatsapp&to=16505551234&text[body]=Hi"),
        ("phone", .POST, "whatsapp_business_profile", "messaging_product=whatsapp&about=Hi"),
        (
            "waba", .POST, "message_templates",
            "name=a&language=en&category=UTILITY&components=[{\"type\":\"BODY\",\"text\":\"a\"}]"
        ),
        ("waba", .POST, "", "is_enabled_for_insights=true"), ("phone", .POST, "", "pin=123456"),
        ("phone", .POST, "", "new_display_name=A"), ("solution", .POST, "send_deactivation_request", "x=1"),
        ("waba", .POST, "set_solution_migration_intent", "solution_id={id}"),
        ("waba", .DELETE, "subscribed_apps", "x=1"), ("waba", .DELETE, "assigned_users", "user={id}"),
        ("waba", .DELETE, "message_templates", "name=hello"),
    ]

    private mutating func path() -> String {
        var path = pick(["/v26.0", "/v21.0", "/v25.0", "", "/v9.0", "/v27.0", "/v26", "/vx.0", "//v26.0"])
        switch dice.next() % 12 {
        case 0: path += pick(["/oauth/access_token", "/oauth/revoke", "/debug_token", "/oauth", "/oauth/x"])
        case 1: path += pick(["/me", "/app", "/me/businesses", "/me/permissions", "/app/subscriptions"])
        case 2:
            path += pick(["/", "", "/x", "/%00", "/%F0%9F%98%80", "/..", "/a/b/c/d", "/1/2/3", "/\(pick(Self.edges))"])
        case 3...5: path += "/\(pick(ids))"
        default: path += "/\(pick(ids))/\(pick(Self.edges))"
        }
        if chance(8) { path += "/" }
        return path.isEmpty ? "/" : path
    }

    private mutating func form() -> String {
        (0..<(1 + dice.next() % 5)).map { _ in "\(Self.encoded(pick(Self.parameters)))=\(Self.encoded(value()))" }
            .joined(separator: "&")
    }

    private mutating func value() -> String { chance(5) ? pick(ids) : pick(Self.values) }

    private mutating func body() -> (String?, String) {
        switch dice.next() % 8 {
        case 0...2: return ("application/json", json(depth: 0))
        case 3...4: return ("application/x-www-form-urlencoded", form())
        case 5: return ("multipart/form-data; boundary=X", multipart())
        case 6: return (pick(["application/json", "multipart/form-data", "text/plain", nil]), mutated(json(depth: 0)))
        default: return (nil, mutated(form()))
        }
    }

    private mutating func json(depth: Int) -> String {
        let members = (0..<(dice.next() % 6)).map { _ -> String in
            let value: String
            switch dice.next() % 6 {
            case 0 where depth < 3: value = json(depth: depth + 1)
            case 1: value = pick(["1", "-5", "1.5", "true", "null", "[]", "[1,\"a\"]", "12345678901234567890123"])
            default: value = Self.quoted(self.value())
            }
            return "\(Self.quoted(pick(Self.parameters))):\(value)"
        }
        return "{\(members.joined(separator: ","))}"
    }

    private mutating func multipart() -> String {
        (0..<(dice.next() % 4)).map { _ in
            let file = chance(3) ? "; filename=\"a.pdf\"\r\nContent-Type: application/pdf" : ""
            return
                "--X\r\nContent-Disposition: form-data; name=\"\(pick(Self.parameters))\"\(file)\r\n\r\n\(value())\r\n"
        }.joined() + (chance(4) ? "" : "--X--\r\n")
    }

    /// A cut, or a byte changed.
    private mutating func mutated(_ text: String) -> String {
        var characters = Array(text)
        guard !characters.isEmpty else { return "{" }
        let index = Int(dice.next() % UInt64(characters.count))
        if chance(2) { return String(characters.prefix(index)) }
        characters[index] = pick(["{", "}", "\"", "\\", "[", "\u{7F}", "&", "="])
        return String(characters)
    }

    private mutating func pick<Element>(_ list: [Element]) -> Element { list[Int(dice.next() % UInt64(list.count))] }

    private mutating func chance(_ one: UInt64) -> Bool { dice.next() % one == 0 }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            default:
                scalar.value < 0x20
                    ? "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16) : String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            return isPlain || "-_.".unicodeScalars.contains(scalar)
                ? String(scalar) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}

/// A small generator whose numbers follow from its seed.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

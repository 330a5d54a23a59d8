// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import NIOCore

/// Pages for people and the stand-in for Meta's JavaScript SDK, with what their scripts ask for.
struct PageDoor: Sendable {
    let desk: DialogDesk
    let tables: WorldTables
    let guardian: LocalGuard

    private static let policy = HTTPField.Name("Content-Security-Policy")
    private static let options = HTTPField.Name("X-Content-Type-Options")
    private static let frames = HTTPField.Name("X-Frame-Options")
    private static let resources = HTTPField.Name("Cross-Origin-Resource-Policy")

    /// The answer to a page's request; nil where the request is for somebody else.
    func answer(_ request: Request, _ path: String, body: [UInt8]) -> Response? {
        if path == "/_sandbox" || path.hasPrefix("/_sandbox/") {
            let authority = request.head.authority
            if let reason = guardian.refusal(request.method, authority: authority, headers: request.headers) {
                return .json(403, ["error": ["message": .string(reason)]])
            }
            return control(request, String(path.dropFirst("/_sandbox".count)), body)
        }
        guard request.method == .get, Self.maybePage(path) else { return nil }
        if Self.isSDK(path) { return asset(Assets.sdk, "text/javascript; charset=utf-8", isShared: true) }
        if Self.isDialog(path) { return page(Assets.dialogPage) }
        return nil
    }

    /// Calls of Graph mostly end in a digit and are spared a closer look.
    private static func maybePage(_ path: String) -> Bool {
        let last = path.utf8.last { $0 != UInt8(ascii: "/") } ?? 0
        return !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(last)
    }

    /// `/sdk.js` and `/{locale}/sdk.js`, as on Meta's host for scripts.
    static func isSDK(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        guard parts.last == "sdk.js", parts.count <= 2 else { return false }
        return parts.count == 1 || (parts[0].utf8.count == 5 && parts[0].dropFirst(2).first == "_")
    }

    /// Meta's login dialog and the hosted link.
    static func isDialog(_ path: String) -> Bool {
        var parts = path.split(separator: "/")
        if let first = parts.first, first.hasPrefix("v"), first.contains(".") { parts.removeFirst() }
        return parts == ["dialog", "oauth"] || parts == ["messaging", "whatsapp", "onboard"]
    }

    private func control(_ request: Request, _ path: String, _ body: [UInt8]) -> Response? {
        switch (request.method, path) {
        case (.get, ""), (.get, "/"):
            return request.headers[.accept]?.contains("text/html") == true ? page(Assets.consolePage) : nil
        case (.get, "/example"): return page(Assets.examplePage)
        case (.get, _) where path.hasPrefix("/assets/"):
            return Assets.files[String(path.dropFirst("/assets/".count))].map { asset($0.text, $0.type) }
        case (.get, _) where path.hasPrefix("/tables/"):
            var parameters = Parameters()
            if let query = request.uri.query { parameters.add(query: Substring(query)) }
            return tables.json(path.dropFirst("/tables/".count), parameters).map { .json(200, $0) }
        case (.get, "/signup_settings"): return .json(200, desk.settings.json)
        case (.get, "/dialogs"): return .json(200, ["data": .array(desk.all.prefix(100).map(\.json))])
        case (.post, "/signup_settings"), (.post, "/dialogs"): return post(path, body)
        case (.post, _) where path.hasPrefix("/dialogs/"): return post(path, body)
        case (.post, "/reset"):
            desk.clear()
            return nil
        default: return nil
        }
    }

    private func post(_ path: String, _ body: [UInt8]) -> Response {
        do {
            let json = try ControlSurface.parsed(body)
            let words = path.split(separator: "/")
            switch (words.count, words.last) {
            case (1, "signup_settings"): return .json(200, try desk.changeSettings(json))
            case (1, "dialogs"): return .json(201, try desk.open(json))
            case (3, "code"): return .json(200, try desk.sendCode(words[1], json))
            case (3, "verify"): return .json(200, try desk.verify(words[1], json))
            case (3, "finish"): return .json(200, try desk.finish(words[1], json))
            case (3, "claim"): return .json(200, try desk.claim(words[1]))
            case (3, "cancel"): return .json(200, try desk.cancel(words[1], json))
            case (3, "report"): return .json(200, try desk.report(words[1], json))
            default: return .json(404, ["error": ["message": "no such path or method"]])
            }
        } catch let failure as ControlFailure {
            return .json(failure.status, ["error": ["message": .string(failure.message)]])
        } catch {
            return .json(503, ["error": ["message": "the sandbox's world could not be written"]])
        }
    }

    /// Nothing but our own files; nobody's frame.
    private func page(_ html: String) -> Response {
        var response = asset(html, "text/html; charset=utf-8")
        let policy = """
            default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
            base-uri 'none'; form-action 'none'; frame-ancestors 'none'
            """
        if let name = Self.policy { response.headers[name] = policy }
        if let name = Self.frames { response.headers[name] = "DENY" }
        return response
    }

    private func asset(_ text: String, _ type: String, isShared: Bool = false) -> Response {
        var headers: HTTPFields = [.contentType: type, .cacheControl: "no-cache"]
        if let name = Self.options { headers[name] = "nosniff" }
        // Meta's sample loads the SDK with crossorigin="anonymous".
        if isShared { headers[.accessControlAllowOrigin] = "*" }
        if let name = Self.resources { headers[name] = isShared ? "cross-origin" : "same-origin" }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}

extension SignupDialog {
    /// A line of the list; no code.
    var json: JSON {
        [
            "id": .string(String(id.prefix(6)) + "…"), "opened_at": .string(SandboxClock.text(openedAt)),
            "app_id": .string(appID), "flow": .string(flow.rawValue), "version": .string(version.rawValue),
            "origin": (origin ?? redirectURI).map { .string($0) } ?? .null, "outcome": .string(outcome.rawValue),
            "event": eventName.map { .string($0) } ?? .null,
        ]
    }
}

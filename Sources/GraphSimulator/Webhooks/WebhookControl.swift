// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird

/// `/_sandbox/webhooks`: sends changes now and shows what was sent.
struct WebhookControl: Sendable {
    let world: World
    let sent: SentWebhooks

    /// `path` is what follows `webhooks`. Nil when there is no such path or method.
    func answer(
        _ method: HTTPRequest.Method, _ path: Substring, _ parameters: Parameters, _ body: JSON
    ) throws -> Response? {
        switch (method, path) {
        case (.post, ""): return .json(202, try emit(try WebhookOrder(body)))
        case (.get, ""): return .json(200, list(parameters))
        case (.delete, ""):
            sent.clear()
            return .json(200, ["success": true])
        case (.get, "/catalog"): return .json(200, WebhookCatalog.json)
        case (.get, _):
            guard let seq = Int64(path.dropFirst()), let record = sent.all.first(where: { $0.seq == seq }) else {
                return nil
            }
            return .json(200, record.json(withBody: true))
        default: return nil
        }
    }

    private func emit(_ order: WebhookOrder) throws -> JSON {
        try world.change { state -> Result<JSON, ControlFailure> in
            do throws(ControlFailure) {
                return .success(try state.emit(order))
            } catch {
                return .failure(error)
            }
        }.get()
    }

    /// Oldest first; `field`, `outcome`, `after` (a seq) and `limit` (the newest) narrow it, `bodies=true` adds the bytes.
    private func list(_ parameters: Parameters) -> JSON {
        let field = parameters.text("field")
        let outcome = parameters.text("outcome")
        let after = parameters["after"]?.number ?? 0
        let limit = Int(clamping: max(0, parameters["limit"]?.number ?? 1000))
        let withBody = parameters["bodies"]?.isTrue ?? false
        let data = sent.all.filter { record in
            record.seq > after && (field.map(record.fields.contains) ?? true)
                && (outcome == nil || record.outcome.rawValue == outcome)
        }
        let pending = world.read { state in state.events.values.count { $0.webhook != nil } }
        return [
            "data": .array(data.suffix(limit).map { $0.json(withBody: withBody) }), "pending": .int(Int64(pending)),
        ]
    }
}

// SPDX-License-Identifier: Apache-2.0
import HTTPSupport

extension Problem {
    /// What is wrong with the request itself, in the native API's words.
    init(_ fault: RequestFault) {
        switch fault {
        case .malformedJSON(let detail): self.init(400, "malformed_json", title: "Malformed JSON", detail: detail)
        case .nestedTooDeep:
            self.init(400, "nested_too_deep", title: "Nested too deep", detail: "The body nests deeper than 64 levels.")
        case .bodyTooLarge(let limit):
            self.init(
                413, "payload_too_large", title: "Payload too large",
                detail: "The body may have at most \(limit) bytes.")
            headers = ["connection": "close"]
        case .bodyTooSlow:
            self.init(408, "request_timeout", title: "Request timeout", detail: "The body did not arrive in time.")
            headers = ["connection": "close"]
        case .invalidIdempotencyKey:
            self.init(
                400, "invalid_idempotency_key", title: "Invalid idempotency key",
                detail: "Idempotency-Key must have 1 to 255 visible ASCII characters.")
        case .invalidQuery(let parameter, let message):
            self.init(400, "invalid_request", title: "Invalid request", detail: "\(parameter) \(message).")
            errors = [Item(parameter: parameter, code: "invalid", message: message)]
        case .unknownRoute: self = .unknownRoute
        case .methodNotAllowed(let allowed):
            self.init(405, "method_not_allowed", title: "Method not allowed", detail: "This address takes \(allowed).")
            headers = ["allow": allowed]
        }
    }
}

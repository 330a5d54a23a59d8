// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
package import Hummingbird

/// An error as RFC 9457 tells it: `application/problem+json`.
package struct Problem: Error, Sendable, Encodable {
    package let status: Int
    package let title: String
    package let detail: String
    package let code: String
    package var errors: [Item]?
    package var meta: MetaRefusal?
    /// RFC 3339: when the same request is worth making again.
    package var nextAllowedAt: String?
    /// Beside the content type.
    package var headers: [String: String] = [:]
    private var instance: String?
    private var requestID: String?

    /// One thing that is wrong: where (a JSON pointer, or a query parameter's name) and what.
    package struct Item: Sendable, Encodable, Hashable {
        package var pointer: String?
        package var parameter: String?
        package let code: String
        package let message: String

        package init(pointer: String? = nil, parameter: String? = nil, code: String, message: String) {
            self.pointer = pointer
            self.parameter = parameter
            self.code = code
            self.message = message
        }
    }

    /// What Meta said: data, shown as it came.
    package struct MetaRefusal: Sendable, Encodable, Hashable {
        package let code: Int?
        package let subcode: Int?
        package let message: String

        package init(code: Int?, subcode: Int?, message: String) {
            self.code = code
            self.subcode = subcode
            self.message = message
        }
    }

    package init(_ status: Int, _ code: String, title: String, detail: String) {
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
    }

    /// For whatever nobody planned: says nothing of the cause, which the log holds under the request's id.
    package static var unexpected: Problem {
        Problem(
            500, "internal_error", title: "Internal error",
            detail: "Something went wrong here. The server's log has the cause under this request id.")
    }

    /// The database does not serve now: nothing was acknowledged, and the same request will do later.
    package static var storageUnavailable: Problem {
        var problem = Problem(
            503, "storage_unavailable", title: "Storage unavailable",
            detail: "The database does not serve right now. Try again shortly.")
        problem.headers = ["retry-after": "1"]
        return problem
    }

    package static var unknownRoute: Problem {
        Problem(404, "not_found", title: "Not found", detail: "There is nothing at this address.")
    }

    package func response(to request: Request, context: GangwayContext) throws -> Response {
        var problem = self
        problem.instance = request.uri.path
        problem.requestID = context.requestID
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return JSONAnswer.response(
            try JSONAnswer.text(problem), status: HTTPResponse.Status(code: status), type: "application/problem+json",
            headers: fields)
    }

    private enum CodingKeys: String, CodingKey {
        case type
        case title
        case status
        case detail
        case instance
        case code
        case requestID = "request_id"
        case errors
        case meta
        case nextAllowedAt = "next_allowed_at"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("about:blank", forKey: .type)
        try container.encode(title, forKey: .title)
        try container.encode(status, forKey: .status)
        try container.encode(detail, forKey: .detail)
        try container.encodeIfPresent(instance, forKey: .instance)
        try container.encode(code, forKey: .code)
        try container.encodeIfPresent(requestID, forKey: .requestID)
        try container.encodeIfPresent(errors, forKey: .errors)
        try container.encodeIfPresent(meta, forKey: .meta)
        try container.encodeIfPresent(nextAllowedAt, forKey: .nextAllowedAt)
    }
}

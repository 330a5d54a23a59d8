// SPDX-License-Identifier: Apache-2.0
import Domain
package import OpenAPI

extension NativeAPI {
    /// The native API as its OpenAPI document tells it; tests compare it with ``routes`` and with every answer.
    package static var chapter: Chapter {
        let operations =
            customerOperations + onboardingOperations + wabaOperations + numberOperations + webhookOperations
            + operatorOperations + recordKeepingOperations + activationOperations + projectOperations + trailOperations
            + preflightOperations
        let schemas = [
            sharedSchemas, tenantSchemas, onboardingSchemas, wabaSchemas, numberSchemas, webhookSchemas,
            operatorSchemas, recordKeepingSchemas, activationSchemas, projectSchemas, trailSchemas,
            preflightSchemas,
        ]
        return Chapter(
            title: "Native API",
            text: "Gangway's own API. Errors are problem details (RFC 9457): decide on `code`. See docs/api.md.",
            operations: operations, schemas: schemas.reduce(into: [:]) { $0.merge($1) { first, _ in first } },
            security: [
                SecurityScheme.partner: [
                    "type": "http", "scheme": "bearer", "description": "A partner's key: `pk_test_…` or `pk_live_…`.",
                ],
                SecurityScheme.operator: [
                    "type": "http", "scheme": "bearer",
                    "description": "The operator's key: `op_test_…` or `op_live_…`.",
                ],
            ])
    }

    enum SecurityScheme {
        static let partner = "partnerKey"
        static let `operator` = "operatorKey"
    }
}

extension Operation {
    /// Below `/api/v1`, for one kind of key or both. `refusals` are told beside those that every operation has.
    static func native(
        _ method: Method, _ path: String, _ audience: NativeRoute.Audience, _ tag: String, _ summary: String,
        note: String? = nil, query: [Parameter] = [], body: Schema? = nil, isBodyOptional: Bool = false,
        answer: (status: Int, schema: Schema?), refusals: [Int] = [], isIdempotent: Bool = false
    ) -> Operation {
        var operation = Operation(method, "/api/v1/" + path, tag, summary)
        operation.note = note
        operation.parameters = query
        if isIdempotent {
            operation.parameters.append(
                Parameter(.header, "Idempotency-Key", .pattern("^[!-~]{1,255}$")))
        }
        if let body { operation.body = .json(body, isRequired: !isBodyOptional) }
        let told = answer.schema.map { Answer.json("Done.", $0) } ?? Answer("Done.")
        var statuses = [400, 401] + refusals
        if audience != .both { statuses.append(403) }
        if path.contains("{") { statuses.append(404) }
        operation.answers = [(answer.status, told)] + Set(statuses).sorted().map { ($0, .problem) }
        operation.otherwise = .problem
        switch audience {
        case .partner: operation.security = [NativeAPI.SecurityScheme.partner]
        case .operator: operation.security = [NativeAPI.SecurityScheme.operator]
        case .both: operation.security = [NativeAPI.SecurityScheme.partner, NativeAPI.SecurityScheme.operator]
        }
        return operation
    }

    /// A list with `limit` and `cursor`.
    static func page(
        _ path: String, _ audience: NativeRoute.Audience, _ tag: String, _ summary: String, of schema: String,
        note: String? = nil, filters: [Parameter] = []
    ) -> Operation {
        native(
            .get, path, audience, tag, summary, note: note,
            query: [.query("limit", .number(1...250)), .query("cursor", .string)] + filters,
            answer: (200, .listed(.ref(schema))))
    }
}

extension Operation.Answer {
    static let problem = Operation.Answer("A problem.", ["application/problem+json": .ref("Problem")])
}

extension Schema {
    /// An id of Meta's, as a request names it: text or number.
    static let metaID = Schema.either(.pattern("^[1-9][0-9]{0,19}$"), .integer.with("minimum", 1))
    static let pin = Schema.pattern("^[0-9]{6}$")
    static let phone = Schema.text(7...40).described("7 to 15 digits; `+`, spaces, dashes, dots and parentheses pass.")

    static func listed(_ item: Schema) -> Schema { .object(["data": .list(item), "next_cursor": .string.orNull]) }

    /// A body that takes these members and no others.
    static func body(_ members: KeyValuePairs<String, Schema>) -> Schema { .object(members, isClosed: true) }

    static let nothing = Schema.body([:])
}

extension NativeAPI {
    static var sharedSchemas: [String: Schema] {
        [
            "Problem": .object([
                "type": .string, "title": .string, "status": .integer, "detail": .string, "code": .string,
                "instance?": .string, "request_id?": .string,
                "errors?": .list(
                    .object(["pointer?": .string, "parameter?": .string, "code": .string, "message": .string])),
                "meta?": .object(["code?": .integer, "subcode?": .integer, "message": .string]),
                "next_allowed_at?": .time,
            ]),
            "Remedy": .object(["actor": .words(of: ActionActor.self), "text": .string]),
        ]
    }
}

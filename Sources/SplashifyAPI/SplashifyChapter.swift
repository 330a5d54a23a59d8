// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPTypes
import Hummingbird
package import OpenAPI
import Services

extension SplashifyAPI {
    /// Splashify's dialect as the OpenAPI document tells it.
    package static var chapter: Chapter {
        Chapter(
            title: "Splashify's dialect",
            text: "Splashify's partner API: a client of theirs changes its host and nothing else. See docs/dialects.",
            operations: [createCustomer, signUp] + numberOperations + CloudEntry.all.map(\.operation),
            schemas: schemas,
            security: [
                scheme: [
                    "type": "http", "scheme": "bearer", "description": "A partner's key: `pk_test_…` or `pk_live_…`.",
                ]
            ])
    }

    fileprivate static let scheme = "splashifyKey"

    private static var createCustomer: Operation {
        .splashify(
            .post, Routes.customers.description, "Create customer",
            body: .object([
                "full_name": Schema.text(2...200), "email": .text(3...254), "phone": .text(7...40),
            ]), answer: (201, .ref("SplashifyCreatedCustomer")), refusals: [400, 401, 409, 500])
    }

    private static var signUp: Operation {
        .splashify(
            .post, Routes.tpSignup.description, "TP-Signup",
            body: .object([
                "object": .const("tech_partner"), "auto_subscribe?": Schema.boolean.orNull,
                "entry": Schema.list(
                    .object([
                        "changes": Schema.list(
                            .object([
                                "value": .object([
                                    "event": .const("PARTNER_ADDED"),
                                    "waba_info": .object([
                                        "waba_id": .pattern("^[1-9][0-9]{0,19}$"),
                                        "solution_id": .pattern("^[1-9][0-9]{0,19}$"),
                                        "phone_number": .pattern("^\\+[1-9][0-9]{6,14}$"),
                                        "data_localization_region": .pattern("^[A-Za-z]{2}$"),
                                    ]),
                                ])
                            ])
                        ).with("minItems", 1)
                    ]), max: SignupRequest.changesMax
                ).with("minItems", 1),
            ]), answer: (200, .ref("SplashifySuccess")), refusals: [400, 401, 404, 502, 503])
    }

    private static var numberOperations: [Operation] {
        let paging: [Operation.Parameter] = [
            .query("limit", .integer.with("minimum", 1)), .query("after", .string), .query("before", .string),
        ]
        let refusals = [400, 401, 403, 404, 502, 503]
        return [
            .splashify(
                .get, Routes.phoneNumbers.description, "Phone numbers of a WABA", query: paging,
                answer: (200, .ref("SplashifyPhoneNumbers")), refusals: refusals),
            .splashify(
                .get, Routes.customerPhoneNumbers.description, "Phone numbers of a customer", query: paging,
                answer: (200, .ref("SplashifyPhoneNumbers")), refusals: refusals),
            .splashify(
                .post, Routes.register.description, "Register number",
                body: .object(["messaging_product": .const("whatsapp"), "pin": .pattern("^[0-9]{6}$")]),
                answer: (200, .ref("SplashifySuccess")), refusals: refusals),
        ]
    }

    private static var schemas: [String: Schema] {
        [
            "SplashifySuccess": .object(["success": .const(true)]),
            "SplashifyError": Schema.object([
                "success": .const(false), "message": .string, "field?": .string,
                "error?": Schema.object(["message?": .string, "code?": .integer]).with("additionalProperties", true),
            ]).described("Where Meta refused, its own `error` stands beside `message`."),
            "SplashifyCreatedCustomer": .object([
                "success": .const(true), "message": .string, "customer_id": .uuid,
                "customer": .object([
                    "customer_id": .uuid, "full_name": .string, "email": .string, "phone": .string, "created_at": .time,
                ]),
            ]),
            "SplashifyPhoneNumbers": .object([
                "data": .list(
                    .object([
                        "id": .string, "verified_name?": .string, "display_phone_number?": .string,
                        "code_verification_status?": .string, "quality_rating?": .string, "platform_type?": .string,
                        "throughput?": .object(["level": .string]), "last_onboarded_time?": .string,
                    ])), "paging": .object(["cursors": .object(["before": .string, "after": .string])]),
            ]),
            "MetaAnswer": Schema.openObject.described("Meta's answer as it came."),
        ]
    }
}

extension CloudEntry {
    /// A call that goes on to Meta: its answer is Meta's.
    fileprivate var operation: Operation {
        var query = parameters.sorted().map { Operation.Parameter.query($0, .string) }
        query += required.sorted { $0.key < $1.key }.map {
            .query($0.key, Schema.words([$0.value]), isRequired: true)
        }
        switch fields {
        case .none: break
        case .flat: query.append(.query("fields", .pattern("^[a-z0-9_]+(,[a-z0-9_]+)*$")))
        case .named(let names, let isRequired):
            let text = "Some of " + names.sorted().joined(separator: ", ") + ", with arguments as Meta takes them."
            query.append(.query("fields", Schema.string.described(text), isRequired: isRequired))
        }
        let name = edge ?? (method == .get ? "Account or number" : "Template analytics")
        var operation = Operation.splashify(
            Operation.Method(rawValue: method.http.rawValue.lowercased()) ?? .get, route.description,
            "\(method.http.rawValue) \(subject == .templateOfWABA ? "template" : name)", query: query,
            answer: (200, .ref("MetaAnswer")), refusals: [400, 401, 403, 404, 502, 503])
        if takesBody { operation.body = .json(.openObject) }
        operation.note = "Handed on to Meta, once the id is known to be the caller's."
        return operation
    }
}

extension Operation {
    fileprivate static func splashify(
        _ method: Method, _ path: String, _ summary: String, query: [Parameter] = [], body: Schema? = nil,
        answer: (status: Int, schema: Schema), refusals: [Int]
    ) -> Operation {
        var operation = Operation(method, path, "Splashify", summary)
        operation.parameters = query
        operation.body = body.map { .json($0) }
        let refusal = Answer.json("A refusal.", .ref("SplashifyError"))
        operation.answers = [(answer.status, .json("Done.", answer.schema))] + refusals.map { ($0, refusal) }
        operation.otherwise = refusal
        operation.security = [SplashifyAPI.scheme]
        return operation
    }
}

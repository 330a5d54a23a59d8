// SPDX-License-Identifier: Apache-2.0
import Domain
import OpenAPI

extension SinchAPI {
    static var schemas: [String: Schema] {
        let details: Schema = .object([
            "clientBusinessManagerId": .string, "wabaName?": .string, "companyLegalName?": .string,
            "senderDetails?": .object([
                "displayName?": .string, "businessCategory?": .string, "region?": .string,
                "metaLocalStorage?": .string,
            ]),
        ])
        let app: Schema = .object(["id": .integer.orNull, "name": .string])
        return [
            "SinchError": .object([
                "errorCode": .string, "message": .string, "resolution": .string,
                "additionalInformation?": .openObject,
            ]),
            "SinchAccount": .object([
                "state?": .words(["ONBOARDED", "PENDING_FACEBOOK_VERIFICATION", "REJECTED"]),
                "isEmbeddedSignup": .boolean,
                "businessManager": .words(Vocabulary.businessManagers + ["UNRECOGNIZED"]), "wabaId?": .string,
                "changes?": .object([
                    "status": .words(["DRAFT", "IN_PROGRESS", "PENDING_FACEBOOK_VERIFICATION", "REJECTED"]),
                    "details?": details,
                ]), "details?": details,
                "wabaBanState?": .words(["DISABLE", "REINSTATE", "SCHEDULE_FOR_DISABLE", "UNRECOGNIZED"]),
                "wabaMaxPriceOnboarded": .boolean, "compatibleRegions": .list(.words(["br", "eu", "us"])),
                "currency?": .string,
            ]),
            "SinchSolution": .object([
                "id": .string, "details": .object(["name": .string]), "assigned": .boolean, "ownerApp?": app,
                "partnerApp?": app,
            ]),
            "SinchWebhook": .object([
                "id": .string, "target": .string, "projectId": .string, "triggers": .list(.string),
            ]),
        ]
    }
}

extension Schema {
    /// Meta's ids are texts there.
    static let digits = Schema.pattern("^[1-9][0-9]{0,19}$")
    static let comment = Schema.object(["comment": .text(1...65_535)])
    static let madeComment = Schema.object(["type": .const("CREATED"), "comment": .string, "created": .time])
    static let activity = Schema.object(["type": .string, "created": .time, "author": .string, "comment?": .string])
}

extension Operation {
    static func sinch(
        _ method: Method, _ path: String, _ summary: String, query: [Parameter] = [], body: Schema? = nil,
        answer: (status: Int, schema: Schema?), refusals: [Int] = []
    ) -> Operation {
        var operation = Operation(method, path, "Sinch", summary)
        operation.parameters = query
        operation.body = body.map { .json($0) }
        let refusal = Answer.json("An error.", .ref("SinchError"))
        let told = answer.schema.map { Answer.json("Done.", $0) } ?? Answer("Done.")
        operation.answers = [(answer.status, told)] + ([400, 401, 404, 500] + refusals).map { ($0, refusal) }
        operation.otherwise = refusal
        operation.security = [SinchAPI.Scheme.basic, SinchAPI.Scheme.token]
        return operation
    }

    static func sinchPage(
        _ path: String, _ summary: String, _ name: String, of item: Schema, filters: [Parameter] = [],
        sizeMax: Int = 100
    ) -> Operation {
        sinch(
            .get, path, summary,
            query: [.query("pageSize", .number(1...sizeMax)), .query("pageToken", .string)] + filters,
            answer: (
                200,
                .object([
                    name: .list(item), "totalSize": .integer, "pageSize": .integer, "previousPageToken?": .string,
                    "nextPageToken?": .string,
                ])
            ))
    }
}

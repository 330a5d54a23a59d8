// SPDX-License-Identifier: Apache-2.0
import Domain
import Hummingbird
package import OpenAPI

extension SinchAPI {
    /// Sinch's dialect as the OpenAPI document tells it.
    package static var chapter: Chapter {
        Chapter(
            title: "Sinch's dialect",
            text: "Sinch's Provisioning API, its WhatsApp part: a client of theirs changes its host and nothing else.",
            operations: [tokenOperation] + accountOperations + senderOperations + solutionOperations
                + templateOperations + webhookOperations,
            schemas: schemas.merging(senderSchemas) { first, _ in first },
            security: [
                Scheme.basic: [
                    "type": "http", "scheme": "basic", "description": "An access key's id and its secret.",
                ],
                Scheme.token: [
                    "type": "oauth2",
                    "flows": ["clientCredentials": ["tokenUrl": .string(Routes.token.description), "scopes": [:]]],
                ],
            ])
    }

    enum Scheme {
        static let basic = "sinchBasic"
        static let token = "sinchToken"
    }

    private static var tokenOperation: Operation {
        var operation = Operation(.post, Routes.token.description, "Sinch", "Get an access token")
        operation.note = "Credentials by HTTP Basic or in the form."
        operation.body = Operation.Body([
            "application/x-www-form-urlencoded": .object([
                "grant_type": .const("client_credentials"), "client_id?": .string, "client_secret?": .string,
            ])
        ])
        let refusal = Operation.Answer.json("A refusal.", .object(["error": .string]))
        operation.answers = [
            (
                200,
                .json(
                    "A token.",
                    .object(["access_token": .string, "token_type": .const("Bearer"), "expires_in": .integer]))
            ), (400, refusal), (401, refusal),
        ]
        operation.otherwise = .json("An error.", .ref("SinchError"))
        return operation
    }

    private static var accountOperations: [Operation] {
        let path = Routes.account.description
        return [
            .sinch(.get, path, "Get account", answer: (200, .ref("SinchAccount"))),
            .sinch(
                .post, path, "Create account", body: .either(accountBody, deprecatedAccountBody),
                answer: (201, .ref("SinchAccount")), refusals: [409]),
            .sinch(
                .patch, path, "Update a rejected account", body: accountPatch,
                answer: (200, .ref("SinchAccount")), refusals: [409]),
            .sinch(.delete, path, "Delete account", answer: (204, nil), refusals: [409]),
            .sinchPage(Routes.accountActivities.description, "List account activities", "notifications", of: .activity),
            .sinch(
                .post, Routes.accountComments.description, "Comment on account", body: .comment,
                answer: (201, .madeComment)),
            .sinch(
                .put, Routes.templateAnalytics.description, "Enable template analytics", answer: (200, nil),
                refusals: [424]),
            .sinch(
                .post, Routes.longLivedToken.description, "Get a long-lived access token",
                body: .object([
                    "facebookCode?": .string, "facebookToken?": .string,
                    "businessManager?": .words(Vocabulary.businessManagers),
                ]), answer: (201, .object(["longLivedAccessToken": .string]))),
            .sinch(
                .post, Routes.wabaDetails.description, "List the WABAs of a token",
                body: .object(["facebookToken": .string, "businessManager?": .words(Vocabulary.businessManagers)]),
                answer: (200, .object(["wabas": .list(tokenWABA)]))),
        ]
    }

    private static var tokenWABA: Schema {
        .object([
            "id": .string, "name?": .string,
            "numbers": .list(.object(["id": .string, "displayPhoneNumber": .string, "provisioned": .boolean])),
        ])
    }

    private static var senderDetails: KeyValuePairs<String, Schema> {
        [
            "displayName?": .text(1...255), "businessCategory?": .words(Vocabulary.businessCategories),
            "region?": .words(Vocabulary.regions), "metaLocalStorage?": .words(Vocabulary.storageCountries),
        ]
    }

    private static var accountBody: Schema {
        .object([
            "clientBusinessManagerId": .digits, "businessManager?": .words(Vocabulary.businessManagers),
            "wabaName": .text(1...255), "companyLegalName?": .text(1...255),
            "senderDetails": .object([
                "displayName": .text(1...255), "businessCategory": .words(Vocabulary.businessCategories),
                "region?": .words(Vocabulary.regions), "metaLocalStorage?": .words(Vocabulary.storageCountries),
            ]),
        ])
    }

    private static var deprecatedAccountBody: Schema {
        .object([
            "clientBusinessManagerId": .digits, "businessManager?": .words(Vocabulary.businessManagers),
            "companyLegalName": .text(1...255),
        ])
    }

    private static var accountPatch: Schema {
        .object([
            "clientBusinessManagerId?": .digits, "wabaName?": .text(1...255), "companyLegalName?": .text(1...255),
            "senderDetails?": .object(senderDetails),
        ])
    }

    private static var solutionOperations: [Operation] {
        let solutions: Schema = .list(.ref("SinchSolution"))
        return [
            .sinch(
                .get, Routes.solutions.description, "List solutions", answer: (200, .object(["solutions": solutions]))),
            .sinch(
                .post, Routes.solutions.description, "Create solution",
                body: .object([
                    "details": .object(["name": .text(2...75)]), "accessToken": .text(1...4096),
                    "businessManager": .words(Vocabulary.signupManagers),
                ]),
                answer: (
                    201,
                    .object([
                        "solutions": solutions,
                        "failedSolutions": .list(
                            .object(["partnerAppId": .string, "errorCode": .string, "errorMessage?": .string])),
                    ])
                )),
            .sinch(.get, Routes.solution.description, "Get solution", answer: (200, .ref("SinchSolution"))),
            .sinch(
                .post, Routes.solutionAssign.description, "Assign solution", answer: (204, nil), refusals: [409]),
        ]
    }

    private static var templateOperations: [Operation] {
        let template = Schema.openObject.described("As Meta has it; languages are spelled as Sinch does: `EN_US`.")
        let (all, one, language) = (
            Routes.templates.description, Routes.template.description, Routes.templateLanguage.description
        )
        return [
            .sinchPage(all, "List templates", "templates", of: template),
            .sinch(.post, all, "Create template", body: .openObject, answer: (201, template)),
            .sinch(.post, Routes.templateSync.description, "Sync templates", answer: (204, nil), refusals: [429]),
            .sinchPage(one, "List a template's languages", "templates", of: template),
            .sinch(.delete, one, "Delete a template in all languages", answer: (204, nil)),
            .sinch(.get, language, "Get a template", answer: (200, template)),
            .sinch(.patch, language, "Update a template", body: .openObject, answer: (200, template)),
            .sinch(.delete, language, "Delete a template", answer: (204, nil)),
        ]
    }

    private static var webhookOperations: [Operation] {
        let triggers = Schema.list(.words(Triggers.all)).with("minItems", 1).with("uniqueItems", true)
        let whole: Schema = .object(["target": .text(1...2048), "secret": .text(1...1024), "triggers": triggers])
        let (all, one) = (Routes.webhooks.description, Routes.webhook.description)
        return [
            .sinchPage(all, "List webhooks", "webhooks", of: .ref("SinchWebhook"), sizeMax: 15),
            .sinch(
                .post, all, "Create webhook", body: whole, answer: (201, .ref("SinchWebhook")), refusals: [409, 424]),
            .sinch(.get, one, "Get webhook", answer: (200, .ref("SinchWebhook"))),
            .sinch(.put, one, "Replace webhook", body: whole, answer: (200, .ref("SinchWebhook")), refusals: [409]),
            .sinch(
                .patch, one, "Update webhook",
                body: .object(["target?": .text(1...2048), "secret?": .text(1...1024), "triggers?": triggers]),
                answer: (200, .ref("SinchWebhook")), refusals: [409]),
            .sinch(.delete, one, "Delete webhook", answer: (204, nil)),
        ]
    }
}

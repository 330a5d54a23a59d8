// SPDX-License-Identifier: Apache-2.0
import Domain
import Hummingbird
package import OpenAPI

extension MetaWebhooks {
    /// Meta's door as the OpenAPI document tells it.
    package static var chapter: Chapter {
        var greet = Operation(.get, Routes.webhook.description, "Meta", "The handshake of a webhook subscription")
        greet.parameters = [
            .query("hub.mode", .string), .query("hub.verify_token", .string), .query("hub.challenge", .string),
        ]
        greet.answers = [
            (200, Operation.Answer("The challenge.", ["text/plain": .string])),
            (403, Operation.Answer("A wrong token.")),
            (503, Operation.Answer("Try again shortly.")),
        ]
        var receive = Operation(.post, Routes.webhook.description, "Meta", "A notification")
        receive.note = "Stored before the answer, and read after it."
        receive.parameters = [Operation.Parameter(.header, "X-Hub-Signature-256", .pattern("^sha256=[0-9a-f]{64}$"))]
        receive.body = .json(.any)
        receive.answers = [
            (200, Operation.Answer("Stored.")), (401, Operation.Answer("Not signed with the app's secret.")),
            (408, Operation.Answer("Too slow.")), (413, Operation.Answer("Too large.")),
            (503, Operation.Answer("Try again shortly.")),
        ]
        return Chapter(
            title: "Meta's door", text: "What Meta calls. Authenticated by the signature over the raw body.",
            operations: [greet, receive], schemas: [:])
    }
}

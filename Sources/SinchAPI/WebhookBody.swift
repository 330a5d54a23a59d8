// SPDX-License-Identifier: Apache-2.0
import Domain
import Services

/// The body of a webhook. Source: Sinch, create, replace and update webhook.
struct WebhookBody {
    private let body: BodyReader

    init(_ body: BodyReader) { self.body = body }

    func whole() throws -> (target: String, secret: OtherSecret, triggers: [String]) {
        let draft = read(required: true)
        try body.finish()
        guard let target = draft.target, let secret = draft.secret, let triggers = draft.triggers else {
            throw SinchError.invalidPayload
        }
        return (target, secret, triggers)
    }

    func part() throws -> ProjectWebhooks.Draft {
        let draft = read(required: false)
        try body.finish()
        return draft
    }

    private func read(required: Bool) -> ProjectWebhooks.Draft {
        let target = body.string("target", 1...2048, required: required)
        let secret = body.string("secret", 1...1024, required: required)
        let triggers = body.words("triggers", Triggers.all, required: required)
        if let triggers, triggers.count > 1, triggers.contains("ALL") {
            body.fault("triggers must contain no other trigger beside ALL")
        }
        return ProjectWebhooks.Draft(target: target, secret: secret.map { OtherSecret($0) }, triggers: triggers)
    }
}

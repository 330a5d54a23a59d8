// SPDX-License-Identifier: Apache-2.0
import Foundation
import GraphSimulator
import NIOHTTP1
import Testing

/// Source: the reference's graph-examples. Bodies are compared by shape and by their documented values.
@Suite(.timeLimit(.minutes(2)))
struct GraphExampleTests {
    /// What cannot be replayed as a request to the simulator, and why.
    static let notReplayed = [
        "embedded-signup-events: all": "events of the browser, spoken by the signup page",
        "signature-vectors: all": "vectors: WebhookSignaturesTests and TokenTests hold them",
        "webhook-verification: accepted": "a request to the partner: SubscriptionTests answer the handshake",
        "webhook-verification: wrong token": "a request to the partner: SubscriptionTests answer the handshake",
        "webhooks-account: all": "bodies that Meta sends: the webhook tests compare them",
        "webhooks-coexistence: all": "bodies that Meta sends: the webhook tests compare them",
        "webhooks-messages: all": "bodies that Meta sends: the webhook tests compare them",
        "webhooks-phone: all": "bodies that Meta sends: the webhook tests compare them",
        "webhooks-templates: all": "bodies that Meta sends: the webhook tests compare them",
        "credit-line: find allocation, single object as printed in the guide":
            "the guide contradicts the edge's usual form; the simulator answers the usual one",
        "debug-token: variant of June 2026: management scope reported as manage_events":
            "an outage of Meta's, not a rule: a fault with a body of its own plays it",
    ]

    @Test func everyExampleIsReplayedOrListedWithItsReason() {
        let keys = Set(GraphExample.all.map(\.key))
        #expect(GraphExample.all.count > 90)
        let known = Set(ExampleScenes.all.keys).union(Self.notReplayed.keys)
        #expect(keys.subtracting(known).sorted() == [])
        #expect(known.subtracting(keys).sorted() == [])
        #expect(Set(ExampleScenes.all.keys).isDisjoint(with: Self.notReplayed.keys))
    }

    @Test(arguments: GraphExample.all.filter { notReplayed[$0.key] == nil })
    func holds(_ example: GraphExample) async throws {
        let scene = try #require(ExampleScenes.all[example.key])
        let request = try #require(example.request)
        let expected = try #require(example.response)
        let receiver = WebhookReceiver(verifyToken: "s3cret")
        try await receiver.run { url in
            try await Sandbox.run {
                $0.callback = WebhookTarget(url: url, verifyToken: "s3cret")
                $0.reviewDelayMilliseconds = 600_000
            } _: { sandbox in
                var names = try await scene(sandbox, url).names
                names["https://hooks.example.com/meta/42"] = url
                names["https://hooks.example.com/phone/7"] = url
                let answer = try await Self.send(request, Scene(names), to: sandbox)
                #expect(answer.status == expected.status)
                Self.compare(answer, expected, Scene(names))
            }
        }
    }

    private static func send(_ request: GraphExample.Request, _ scene: Scene, to sandbox: Sandbox) async throws
        -> Sandbox.Answer
    {
        let bearer = request.headers?["Authorization"].map { scene.filled($0).replacing("Bearer ", with: "") }
        let body = try request.body.map { body in
            let data = try JSONSerialization.data(withJSONObject: body.mapped(scene.filled).json)
            return String(decoding: data, as: UTF8.self)
        }
        return try await sandbox.send(
            HTTPMethod(rawValue: request.method), scene.filled(request.path),
            query: (request.query ?? [:]).mapValues(scene.filled), token: bearer, json: body)
    }

    private static func compare(_ answer: Sandbox.Answer, _ expected: GraphExample.Response, _ scene: Scene) {
        for (name, value) in expected.headers ?? [:] {
            let found = answer.headers.first(name: name) ?? ""
            // Figures in usage headers are the world's own.
            guard !name.hasPrefix("X-"), !value.contains("Session has expired") else {
                #expect(!found.isEmpty, "\(name)")
                continue
            }
            #expect(found == value, "\(name)")
        }
        guard case .object = expected.body, let body = try? Shape(parsing: answer.text) else {
            #expect(answer.text == expected.body.text)
            return
        }
        let differences = expected.body.mapped(scene.filled).differences(from: body)
        #expect(differences == [], "\(answer.text)")
    }
}

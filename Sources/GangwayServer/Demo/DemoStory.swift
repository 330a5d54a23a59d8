// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import FoundationEssentials
import WebhookSignatures

/// What a partner's integration does, step by step, with the sample partner's key.
struct DemoStory: Sendable {
    let running: RunningServer
    let print: @Sendable (String) -> Void

    func play() async throws {
        guard let credentials = running.credentials, let graphURL = running.graphURL else {
            throw Demo.Failure(description: "the server came up without its test world")
        }
        let receiver = try await DemoReceiver.start()
        do {
            try await play(credentials, graphURL: graphURL, receiver)
        } catch {
            await receiver.stop()
            throw error
        }
        await receiver.stop()
    }

    private func play(_ credentials: Credentials, graphURL: String, _ receiver: DemoReceiver) async throws {
        let api = DemoCaller(baseURL: running.baseURL, key: credentials.partner.apiKey)
        let sandbox = DemoCaller(baseURL: graphURL, key: nil)
        let endpoint: Answers.Endpoint = try await api.post(
            "/api/v1/endpoints", #"{"url": "\#(receiver.url)", "events": ["whatsapp.waba_onboarded"]}"#)
        print("endpoint \(endpoint.id) listens for whatsapp.waba_onboarded at \(receiver.url)")

        let signup: Answers.Signup = try await sandbox.post(
            "/_sandbox/signups", #"{"business": {"name": "Lucky Shrub"}, "waba": {"name": "Lucky Shrub"}}"#)
        print("the customer finished Embedded Signup: WABA \(signup.wabaID), number \(signup.phoneNumber)")

        let start = ContinuousClock.now
        let begun: Answers.Onboarding = try await api.post(
            "/api/v1/onboardings",
            #"{"customer_id": "\#(credentials.customer.id)", "code": "\#(signup.code)", "currency": "USD"}"#)
        print("onboarding \(begun.id) accepted, plan \(begun.plan)")
        try await follow(begun, api, since: start)

        let post = try await receiver.next(within: .seconds(10))
        try verify(post, secret: endpoint.secret)
        print(
            "webhook \(post.headers["webhook-id"] ?? "") received after \(Demo.seconds(since: start)), signature verified:"
        )
        print("  " + String(decoding: post.body, as: UTF8.self))
    }

    private func follow(_ begun: Answers.Onboarding, _ api: DemoCaller, since start: ContinuousClock.Instant)
        async throws
    {
        var shown: Set<String> = []
        var current = begun
        let deadline = ContinuousClock.now + .seconds(14)
        while true {
            for step in current.steps
            where ["done", "skipped"].contains(step.state) && shown.insert(step.kind).inserted {
                let time = StepTime.milliseconds(from: step.startedAt, to: step.finishedAt) ?? 0
                print("  \(step.kind.padded(to: 28)) \(step.state.padded(to: 8)) \(time) ms")
            }
            switch current.state {
            case "live":
                print("live after \(Demo.seconds(since: start))")
                return
            case "running", "waiting": break
            case let state:
                throw Demo.Failure(description: "the onboarding ended as \(state): \(current.reason ?? "")")
            }
            guard ContinuousClock.now < deadline else { throw Demo.Failure(description: "not live after 14 s") }
            try await Task.sleep(for: .milliseconds(20))
            current = try await api.get("/api/v1/onboardings/\(begun.id)")
        }
    }

    private func verify(_ post: DemoReceiver.Post, secret: String) throws {
        do {
            try StandardWebhook.verify(
                id: post.headers["webhook-id"] ?? "", timestamp: post.headers["webhook-timestamp"] ?? "",
                signatureHeader: post.headers["webhook-signature"] ?? "", body: post.body,
                secrets: [try WebhookSecret(secret)], now: Int64(Date().timeIntervalSince1970))
        } catch {
            throw Demo.Failure(description: "the webhook's signature is wrong: \(error)")
        }
    }
}

/// The members of our own answers that the story reads.
enum Answers {
    struct Endpoint: Decodable {
        let id: String
        let secret: String
    }

    struct Signup: Decodable {
        let code: String
        let wabaID: String
        let phoneNumber: String

        enum CodingKeys: String, CodingKey {
            case code
            case wabaID = "waba_id"
            case phoneNumber = "phone_number"
        }
    }

    struct Onboarding: Decodable {
        let id: String
        let state: String
        let plan: String
        let reason: String?
        let steps: [Step]
    }

    struct Step: Decodable {
        let kind: String
        let state: String
        let startedAt: String?
        let finishedAt: String?

        enum CodingKeys: String, CodingKey {
            case kind, state
            case startedAt = "started_at"
            case finishedAt = "finished_at"
        }
    }
}

extension String {
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

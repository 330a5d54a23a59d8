// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import WebhookSignatures

/// A partner's integration: begins onboardings and hears of them by webhooks alone.
struct Partner: Sendable {
    let receiver: WebhookReceiver
    let secret: WebhookSecret

    /// Wants every event of its account.
    static func subscribe(_ receiver: WebhookReceiver, to server: ServerProcess) async throws -> Partner {
        receiver.answer { request in
            guard request.method == "GET" else { return .ok }
            return WebhookReceiver.Answer(200, body: challenge(in: request.path))
        }
        let endpoint: EndpointAnswer = try await server.partner.post(
            "/api/v1/endpoints", #"{"url": "\#(receiver.url)", "events": ["*"]}"#)
        return Partner(receiver: receiver, secret: try WebhookSecret(endpoint.secret))
    }

    /// How the next onboarding ends; where it does not, what the server knows of it.
    func end(at server: ServerProcess) async throws -> EventAnswer {
        do {
            return try await within(.seconds(40), "the end of an onboarding") { try await next(EventName.ends) }
        } catch {
            let list: ListAnswer<OnboardingAnswer> = try await server.partner.get("/api/v1/onboardings")
            throw ProcessFault("\(error): \(list.data) \(server.process.errors)")
        }
    }

    /// The next event of one of these types; its signature has been verified.
    func next(_ types: Set<String>) async throws -> EventAnswer {
        while true {
            let event = try await next()
            if types.contains(event.type) { return event }
        }
    }

    /// Ids under which events of this type came, one for each time they came.
    func ids(of type: String) throws -> [String] {
        try receiver.requests.filter { $0.method == "POST" }.compactMap { request in
            let event = try JSONDecoder().decode(EventAnswer.self, from: Data(request.body))
            return event.type == type ? request.headers["webhook-id"] : nil
        }
    }

    /// All events of this type that came, as often as they came.
    func events(of type: String) throws -> [EventAnswer] {
        try receiver.requests.filter { $0.method == "POST" }
            .map { try JSONDecoder().decode(EventAnswer.self, from: Data($0.body)) }.filter { $0.type == type }
    }

    private func next() async throws -> EventAnswer {
        while true {
            let request = try await receiver.next()
            guard request.method == "POST" else { continue }
            try StandardWebhook.verify(
                id: request.headers["webhook-id"] ?? "", timestamp: request.headers["webhook-timestamp"] ?? "",
                signatureHeader: request.headers["webhook-signature"] ?? "", body: request.body, secrets: [secret],
                now: Int64(Date().timeIntervalSince1970))
            return try JSONDecoder().decode(EventAnswer.self, from: Data(request.body))
        }
    }

    /// Source: Meta, webhooks, verification requests.
    private static func challenge(in path: String) -> String {
        URLComponents(string: path)?.queryItems?.first { $0.name == "hub.challenge" }?.value ?? ""
    }
}

enum EventName {
    static let onboarded = "whatsapp.waba_onboarded"
    static let actionRequired = "whatsapp.onboarding.action_required"
    static let failed = "whatsapp.onboarding.failed"
    static let offboarded = "whatsapp.waba.offboarded"
    static let stepCompleted = "whatsapp.onboarding.step_completed"
    static let ends: Set<String> = [onboarded, actionRequired, failed]
}

extension EventAnswer {
    /// Tells of neither a failure nor something that a person must do.
    var isWell: Bool { type != EventName.actionRequired && type != EventName.failed }
}

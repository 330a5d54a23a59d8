// SPDX-License-Identifier: Apache-2.0

/// How a run proves that its number can send and receive. Source: Meta, solution partner onboarding, "test messaging".
package struct MessagingCheck: Sendable, Hashable, Codable {
    /// Stored and shown: never rename.
    package enum Method: String, Sendable, Codable, CaseIterable {
        /// The tester writes first, which opens the window for a free answer; we answer and follow the statuses.
        case reply
        /// We send a template at once and follow its statuses.
        case template
    }

    package let method: Method
    /// The tester's own number, E.164 with `+`; not a number of the Cloud API.
    package let recipient: String
    /// `reply` only.
    package let text: String
    /// `template` only.
    package let templateName: String
    package let templateLanguage: String

    package init(
        method: Method, recipient: String, text: String? = nil, templateName: String? = nil,
        templateLanguage: String? = nil
    ) {
        self.method = method
        self.recipient = recipient
        self.text = text ?? "This number is ready."
        self.templateName = templateName ?? "hello_world"
        self.templateLanguage = templateLanguage ?? "en_US"
    }
}

/// What is known of a test message. Statuses may come before Meta's answer to the call that sent it.
package struct TestMessage: Sendable, Hashable {
    package let onboardingID: OnboardingID
    package let phoneNumberID: PhoneNumberID
    /// Digits only, as webhooks name it.
    package let recipient: String
    /// When the tester's message came.
    package var inboundAt: Timestamp?
    package var intendedAt: Timestamp?
    package var messageID: String?
    /// By message id: what was told of messages to the recipient since the intent.
    package var statuses: [String: Status]

    package struct Status: Sendable, Hashable, Codable {
        package var status: String
        package var errorCode: String?
        package var errorTitle: String?

        package init(status: String, errorCode: String? = nil, errorTitle: String? = nil) {
            self.status = status
            self.errorCode = errorCode
            self.errorTitle = errorTitle
        }

        /// A later word counts more, and none comes after a failure.
        var rank: Int {
            switch status {
            case "failed": 4
            case "read", "played": 3
            case "delivered": 2
            default: 1
            }
        }
    }

    package init(
        onboardingID: OnboardingID, phoneNumberID: PhoneNumberID, recipient: String, inboundAt: Timestamp? = nil,
        intendedAt: Timestamp? = nil, messageID: String? = nil, statuses: [String: Status] = [:]
    ) {
        self.onboardingID = onboardingID
        self.phoneNumberID = phoneNumberID
        self.recipient = recipient
        self.inboundAt = inboundAt
        self.intendedAt = intendedAt
        self.messageID = messageID
        self.statuses = statuses
    }

    /// Digits of a number, as webhooks print them.
    package static func digits(of number: String) -> String {
        String(decoding: number.utf8.filter { (48...57).contains($0) }, as: UTF8.self)
    }

    /// Notes what was told of a message to the recipient. Returns false when it is no news.
    package mutating func note(_ status: Status, of id: String) -> Bool {
        if let known = statuses[id], known.rank >= status.rank { return false }
        guard statuses[id] != nil || statuses.count < Self.statusesMax else { return false }
        statuses[id] = status
        return true
    }

    /// Other messages to the same person must not grow the row.
    private static let statusesMax = 20

    package enum Verdict: Sendable, Hashable {
        case awaited
        /// Sent, as far as is known, and not yet delivered.
        case sent
        case delivered(String)
        case failed(Status)
    }

    package var verdict: Verdict {
        guard let messageID, let known = statuses[messageID] else { return .awaited }
        return switch known.status {
        case "failed": .failed(known)
        case "delivered", "read", "played": .delivered(known.status)
        default: .sent
        }
    }
}

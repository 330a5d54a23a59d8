// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{PHONE}/messages`: never repeat it blindly. An answer means accepted, not delivered: text outside the 24 h window
/// fails later by webhook with 131047. Source: Meta, messages.
package struct SendMessage: GraphRequest {
    package typealias Response = SentMessage
    package static let operation = "send_message"

    package let phoneNumberID: PhoneNumberID
    /// E.164 with `+`.
    package let to: String
    package let content: Content
    package let token: any BearerToken

    package init(_ phoneNumberID: PhoneNumberID, to: String, content: Content, token: some BearerToken) {
        self.phoneNumberID = phoneNumberID
        self.to = to
        self.content = content
        self.token = token
    }

    package enum Content: Sendable, Hashable {
        /// Up to 4,096 characters.
        case text(String)
        /// A template without parameters, such as `hello_world` in `en_US`.
        case template(name: String, language: String)
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(phoneNumberID)/messages" }
    package var body: GraphBody { .json(MessageBody(to: to, content: content)) }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { phoneNumberID.rawValue }
}

/// `{"contacts": […], "messages": […]}`.
package struct SentMessage: GraphObject {
    @Lenient private var contacts: [Contact]?
    @Lenient private var messages: [Message]?

    /// `wamid.…`
    package var id: String? { messages?.first?.id }
    /// `accepted`, `held_for_quality_assessment` or `paused`, when said.
    package var status: String? { messages?.first?.status }
    package var recipientID: String? { contacts?.first?.waID }

    struct Contact: GraphObject {
        @Lenient var waID: String?
        enum CodingKeys: String, CodingKey { case waID = "wa_id" }
    }

    struct Message: GraphObject {
        @Lenient var id: String?
        @Lenient var status: String?
        enum CodingKeys: String, CodingKey {
            case id
            case status = "message_status"
        }
    }
}

private struct MessageBody: Encodable {
    let messaging_product = "whatsapp"
    let recipient_type = "individual"
    let to: String
    let type: String
    var text: Text?
    var template: Template?

    struct Text: Encodable {
        let body: String
        let preview_url = false
    }

    struct Template: Encodable {
        let name: String
        let language: [String: String]
    }

    init(to: String, content: SendMessage.Content) {
        self.to = to
        switch content {
        case .text(let body):
            type = "text"
            text = Text(body: body)
        case .template(let name, let language):
            type = "template"
            template = Template(name: name, language: ["code": language])
        }
    }
}

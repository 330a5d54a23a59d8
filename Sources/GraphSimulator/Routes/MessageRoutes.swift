// SPDX-License-Identifier: Apache-2.0

// Source: reference section 8.4; seed 001. A 200 means accepted: what becomes of a message comes by webhook.
extension WorldState {
    static let serviceWindow: Milliseconds = 86_400_000

    mutating func sendMessage(_ call: GraphCall, _ phone: PhoneNumber) throws(GraphError) -> GraphReply {
        guard try call.required("messaging_product") == "whatsapp" else {
            throw .parameter("Param messaging_product must be one of {whatsapp}")
        }
        let input = try call.required("to")
        let recipient = input.filter(\.isNumber)
        guard recipient.count >= 7, recipient.count <= 15 else { throw ErrorCatalog.error(131009) }
        let kind = call.parameters.text("type") ?? "text"
        try checkContent(call, kind)
        guard phone.isRegistered || phone.isOnBusinessApp else { throw ErrorCatalog.error(133010) }
        guard recipient != phone.digits else { throw ErrorCatalog.error(131021) }
        if kind == "template" {
            try checkTemplate(call)
            guard wabas[phone.wabaID]?.primaryFundingID != nil else { throw ErrorCatalog.error(131042) }
        }
        let id = Identifiers.message(to: recipient)
        announce(message: id, to: recipient, from: phone, isTemplate: kind == "template")
        var message: [JSON.Member] = [.init("id", .string(id))]
        if kind == "template" { message.append(.init("message_status", "accepted")) }
        return GraphReply(
            [
                "messaging_product": "whatsapp",
                "contacts": .array([["input": .string(input), "wa_id": .string(recipient)]]),
                "messages": .array([.object(message)]),
            ], effect: .sentMessage)
    }

    private func checkContent(_ call: GraphCall, _ kind: String) throws(GraphError) {
        switch kind {
        case "text":
            guard let body = call.parameters["text"]?["body"]?.text, !body.isEmpty else {
                throw .required("text['body']")
            }
            guard body.count <= 4096 else {
                throw .parameter("Param text['body'] must be at most 4096 characters long.")
            }
        case "template":
            guard let template = call.parameters["template"], template["name"]?.text?.isEmpty == false else {
                throw .required("template['name']")
            }
            guard template["language"]?["code"]?.text?.isEmpty == false else { throw .required("template['language']") }
        case "audio", "contacts", "document", "image", "interactive", "location", "reaction", "sticker", "video":
            guard call.parameters[kind] != nil else { throw .required(kind) }
        default: throw ErrorCatalog.error(131009)
        }
    }

    /// Every WABA is born with `hello_world`; the sandbox has no way to make more.
    private func checkTemplate(_ call: GraphCall) throws(GraphError) {
        let name = call.parameters["template"]?["name"]?.text ?? ""
        let language = call.parameters["template"]?["language"]?["code"]?.text ?? ""
        guard name == "hello_world", language == "en_US" else {
            var error = ErrorCatalog.error(132001)
            error.details = "template name (\(name)) does not exist in \(language)"
            throw error
        }
    }

    private mutating func announce(message id: String, to recipient: String, from phone: PhoneNumber, isTemplate: Bool)
    {
        let lastWord = inbound["\(phone.id)/\(recipient)"] ?? 0
        guard isTemplate || now - lastWord < Self.serviceWindow else {
            let entry = ErrorCatalog.entries[131047]
            let reason: JSON = [
                "code": 131047, "title": .string(entry?.title ?? ""), "message": .string(entry?.title ?? ""),
                "error_data": ["details": .string(entry?.details ?? "")],
                "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
            ]
            emitStatus("failed", id, recipient, phone, extra: .init("errors", .array([reason])))
            return
        }
        let pricing: JSON = [
            "billable": .bool(isTemplate), "pricing_model": "PMP", "category": isTemplate ? "utility" : "service",
            "type": isTemplate ? "regular" : "free_customer_service",
        ]
        for status in ["sent", "delivered"] {
            emitStatus(status, id, recipient, phone, extra: .init("pricing", pricing))
        }
    }

    private mutating func emitStatus(
        _ status: String, _ id: String, _ recipient: String, _ phone: PhoneNumber, extra: JSON.Member
    ) {
        let entry: JSON = .object([
            .init("id", .string(id)), .init("status", .string(status)), .init("timestamp", .string(String(nowSeconds))),
            .init("recipient_id", .string(recipient)), extra,
        ])
        emit(
            field: "messages", ofPhone: phone,
            value: [
                "messaging_product": "whatsapp", "metadata": Self.metadata(phone), "statuses": .array([entry]),
            ])
    }

    static func metadata(_ phone: PhoneNumber) -> JSON {
        ["display_phone_number": .string(phone.digits), "phone_number_id": .string(phone.id)]
    }

    /// A person writes to a number: the window for free answers opens.
    mutating func receive(_ text: String, from sender: String, name: String, at phone: PhoneNumber) -> String {
        put(InboundMessage(phoneNumberID: phone.id, from: sender, at: now))
        let id = Identifiers.message(to: sender)
        let message: JSON = [
            "from": .string(sender), "id": .string(id), "timestamp": .string(String(nowSeconds)),
            "text": ["body": .string(text)], "type": "text",
        ]
        emit(
            field: "messages", ofPhone: phone,
            value: [
                "messaging_product": "whatsapp", "metadata": Self.metadata(phone),
                "contacts": .array([["profile": ["name": .string(name)], "wa_id": .string(sender)]]),
                "messages": .array([message]),
            ])
        return id
    }
}

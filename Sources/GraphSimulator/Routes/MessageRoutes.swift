// SPDX-License-Identifier: Apache-2.0

// Source: reference section 8.4; seed 001. A 200 means accepted: what becomes of a message comes by webhook.
extension WorldState {
    static let serviceWindow: Milliseconds = 86_400_000
    private static let messagesPerSecond = 80
    private static let messagesPerSecondWithBusinessApp = 20

    mutating func sendMessage(_ call: GraphCall, _ phone: PhoneNumber) throws(GraphError) -> GraphReply {
        guard try call.required("messaging_product") == "whatsapp" else {
            throw .parameter("Param messaging_product must be one of {whatsapp}")
        }
        if call.parameters.has("status") { return try markRead(call, phone) }
        let input = try recipient(call)
        let recipient = input.filter(\.isNumber)
        let kind = call.parameters.text("type") ?? "text"
        try MessageRules.checkContent(call, kind)
        guard phone.isRegistered || phone.isOnBusinessApp else { throw ErrorCatalog.error(133010) }
        guard recipient != phone.digits else { throw ErrorCatalog.error(131021) }
        if kind == "template" {
            try checkTemplate(call, phone)
            guard wabas[phone.wabaID]?.primaryFundingID != nil else { throw ErrorCatalog.error(131042) }
        }
        try checkRate(phone, recipient)
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

    private func recipient(_ call: GraphCall) throws(GraphError) -> String {
        if let type = call.parameters.text("recipient_type"), type != "individual" {
            throw .parameter("Param recipient_type must be one of {individual}")
        }
        let input = try call.required("to")
        let digits = input.filter(\.isNumber)
        guard (7...15).contains(digits.utf8.count), digits.isObjectID else { throw ErrorCatalog.error(131009) }
        return input
    }

    private mutating func checkRate(_ phone: PhoneNumber, _ recipient: String) throws(GraphError) {
        let perSecond =
            phone.isOnBusinessApp ? Self.messagesPerSecondWithBusinessApp : Self.messagesPerSecond
        switch messageRates.admit(phone.id, to: recipient, perSecond: perSecond, at: now) {
        case .allowed: break
        case .tooFast: throw ErrorCatalog.error(130429)
        case .tooManyToOne: throw ErrorCatalog.error(131056)
        }
    }

    /// Marks what a person wrote as read, and may show that an answer is being typed.
    private mutating func markRead(_ call: GraphCall, _ phone: PhoneNumber) throws(GraphError) -> GraphReply {
        guard call.parameters.text("status") == "read" else { throw .parameter("Param status must be one of {read}") }
        let id = try call.required("message_id")
        guard id.hasPrefix("wamid.") else { throw ErrorCatalog.error(131009) }
        guard phone.isRegistered || phone.isOnBusinessApp else { throw ErrorCatalog.error(133010) }
        return .success(.readMessage)
    }

    private func checkTemplate(_ call: GraphCall, _ phone: PhoneNumber) throws(GraphError) {
        let order = call.parameters["template"]
        let name = order?["name"]?.text ?? ""
        let language = order?["language"]?["code"]?.text ?? ""
        let template = template(name, language, of: phone.wabaID)
        switch template?.status {
        case "APPROVED": break
        case "PAUSED": throw ErrorCatalog.error(132015)
        case "DISABLED": throw ErrorCatalog.error(132016)
        default:
            var error = ErrorCatalog.error(132001)
            error.details = "template name (\(name)) does not exist in \(language)"
            throw error
        }
        guard let template, let order else { return }
        try MessageRules.checkParameters(of: template, order)
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

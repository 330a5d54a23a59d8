// SPDX-License-Identifier: Apache-2.0

// Source: reference section 8.4.
extension WorldState {
    private static let profileLimits = ["about": 139, "address": 256, "description": 512, "email": 128, "vertical": 64]
    private static let profileFields = [
        "about", "address", "description", "email", "profile_picture_url", "websites", "vertical", "messaging_product",
        "id",
    ]
    private static let verticals: Set<String> = [
        "OTHER", "AUTO", "BEAUTY", "APPAREL", "EDU", "ENTERTAIN", "EVENT_PLAN", "FINANCE", "GROCERY", "GOVT", "HOTEL",
        "HEALTH", "NONPROFIT", "PROF_SERVICES", "RETAIL", "TRAVEL", "RESTAURANT", "ALCOHOL", "ONLINE_GAMBLING",
        "PHYSICAL_GAMBLING", "OTC_DRUGS",
    ]

    /// Only set fields are answered.
    func readProfile(_ call: GraphCall) throws(GraphError) -> JSON {
        guard let phone = phoneNumbers[call.nodeID], phone.preverifiedBy == nil else {
            throw .missingObject(call.nodeID, method: .get)
        }
        let names = try call.fields(default: ["about"]).map(\.name)
        var members: [JSON.Member] = []
        for name in names where name != "id" && name != "messaging_product" {
            guard Self.profileFields.contains(name) else {
                throw .unknownField(name, nodeType: "WhatsAppBusinessProfile")
            }
            if name == "websites" {
                if let websites = phone.websites { members.append(.init(name, .strings(websites))) }
            } else if let value = phone.profile[name] {
                members.append(.init(name, .string(value)))
            }
        }
        members.append(.init("messaging_product", "whatsapp"))
        return ["data": .array([.object(members)])]
    }

    mutating func updateProfile(_ call: GraphCall, _ phone: PhoneNumber) throws(GraphError) -> GraphReply {
        guard try call.required("messaging_product") == "whatsapp" else {
            throw .parameter("Param messaging_product must be one of {whatsapp}")
        }
        var phone = phone
        for (name, longest) in Self.profileLimits {
            guard let value = call.parameters[name]?.text else { continue }
            guard value.count <= longest, name != "about" || !value.isEmpty else {
                throw .parameter("Param \(name) must be between 1 and \(longest) characters long.")
            }
            if name == "vertical", !Self.verticals.contains(value) {
                throw .parameter("Param vertical must be one of {\(Self.verticals.sorted().joined(separator: ", "))}")
            }
            phone.profile[name] = value
        }
        if let websites = call.parameters["websites"] {
            let list = websites.elements?.compactMap(\.text) ?? websites.text.map { [$0] }
            guard let values = list, values.count <= 2, values.allSatisfy({ $0.utf8.count <= 256 }) else {
                throw .parameter("Param websites must be an array of at most 2 addresses")
            }
            phone.websites = values
        }
        if call.parameters.text("profile_picture_handle") != nil {
            phone.profile["profile_picture_url"] = "https://pps.whatsapp.net/v/t61.24694-24/\(phone.id).jpg"
        }
        put(phone)
        return .success(.updatedProfile)
    }

    /// Meta's sample stands for what the business app holds; the control surface sends more.
    private mutating func sendSample(of kind: String, _ phone: PhoneNumber) {
        let order: JSON = [
            "field": .string(kind), "event": kind == "history" ? "chunk" : "add",
            "phone_number_id": .string(phone.id), "delay_ms": .int(Self.syncDelay),
        ]
        guard let order = try? WebhookOrder(order) else { return }
        _ = try? emit(order)
    }

    private static let syncDelay: Milliseconds = 1000

    /// Contacts, then history; each once and within 24 hours of onboarding. Source: reference section 8.5.
    mutating func syncBusinessApp(_ call: GraphCall, _ phone: PhoneNumber) throws(GraphError) -> GraphReply {
        guard try call.required("messaging_product") == "whatsapp" else {
            throw .parameter("Param messaging_product must be one of {whatsapp}")
        }
        let kind = try call.required("sync_type")
        guard kind == "smb_app_state_sync" || kind == "history" else {
            throw .parameter("Param sync_type must be one of {smb_app_state_sync, history}")
        }
        guard phone.isOnBusinessApp else { throw ErrorCatalog.error(100, subcode: 33) }
        guard phone.syncs[kind] == nil else { throw ErrorCatalog.error(2_593_107) }
        guard now - (phone.lastOnboardedAt ?? phone.addedAt) <= 86_400_000 else { throw ErrorCatalog.error(2_593_108) }
        var phone = phone
        phone.syncs[kind] = now
        put(phone)
        sendSample(of: kind, phone)
        return GraphReply(
            ["messaging_product": "whatsapp", "request_id": .string(Identifiers.object())], effect: .requestedSync)
    }
}

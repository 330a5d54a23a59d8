// SPDX-License-Identifier: Apache-2.0

// Source: Meta, message templates; reference sections 7.1, 12.2 and 13. A WABA is born with `hello_world`.
extension WorldState {
    private static let templateDefaults = [
        "name", "parameter_format", "components", "language", "status", "category", "id",
    ]
    static let mostTemplates = 250
    /// What comes before the WABA's id in the id of its first template, which is not stored until there are others.
    private static let firstTemplatePrefix = "9"

    func templates(of waba: WABA) -> [MessageTemplate] {
        waba.templates ?? [
            MessageTemplate(
                id: Self.firstTemplatePrefix + waba.id, name: "hello_world", language: "en_US", category: "UTILITY",
                status: "APPROVED", components: Self.helloWorld)
        ]
    }

    private static let helloWorld = """
        [{"type":"HEADER","format":"TEXT","text":"Hello World"},{"type":"BODY","text":"Welcome and congratulations!! \
        This message demonstrates your ability to send a WhatsApp message notification."},\
        {"type":"FOOTER","text":"WhatsApp Business Platform sample message"}]
        """

    func wabaID(ofTemplate id: String) -> String? {
        if let owner = templateOwners[id] { return owner }
        guard id.hasPrefix(Self.firstTemplatePrefix), let waba = wabas[String(id.dropFirst())], waba.templates == nil
        else { return nil }
        return waba.id
    }

    func template(_ name: String, _ language: String, of wabaID: String) -> MessageTemplate? {
        guard let waba = wabas[wabaID] else { return nil }
        return templates(of: waba).first { $0.name == name && $0.language == language }
    }

    func listTemplates(_ call: GraphCall) throws(GraphError) -> JSON {
        guard let waba = wabas[call.nodeID] else { throw .missingObject(call.nodeID, method: .get) }
        let fields = try call.fields(default: Self.templateDefaults)
        let found = templates(of: waba).filter { template in
            for (name, value) in [
                ("name", template.name), ("status", template.status), ("language", template.language),
                ("category", template.category),
            ] {
                if let asked = call.parameters.list(name), !asked.isEmpty, !asked.contains(value) { return false }
            }
            guard let words = call.parameters.text("name_or_content") else { return true }
            return template.name.contains(words) || template.components.contains(words)
        }
        return try call.page(of: found.map(\.id)) { (id) throws(GraphError) in
            try found.first { $0.id == id }.map { (template) throws(GraphError) in try node(template, fields, of: waba)
            }
        }
    }

    func readTemplate(_ call: GraphCall) throws(GraphError) -> JSON {
        guard let waba = wabaID(ofTemplate: call.nodeID).flatMap({ wabas[$0] }),
            let template = templates(of: waba).first(where: { $0.id == call.nodeID })
        else { throw .missingObject(call.nodeID, method: .get) }
        return try node(template, try call.fields(default: Self.templateDefaults), of: waba)
    }

    private func node(
        _ template: MessageTemplate, _ fields: [FieldSelection], of waba: WABA
    ) throws(GraphError) -> JSON {
        try .node(fields, type: .template) { (field) throws(GraphError) in
            switch field.name {
            case "id": .value(.string(template.id))
            case "name": .value(.string(template.name))
            case "language": .value(.string(template.language))
            case "status": .value(.string(template.status))
            case "category": .value(.string(template.category))
            case "parameter_format": .value(.string(template.parameterFormat))
            case "components": .value((try? JSONParser.parse(template.components)) ?? [])
            case "quality_score": .value(["score": "UNKNOWN"])
            case "health_status": .value(health(of: waba, template: template))
            case "rejected_reason": .value(.string(template.rejectedReason))
            case "correct_category", "cta_url_link_tracking_opted_out", "degrees_of_freedom_spec", "last_updated_time",
                "library_template_name", "message_send_ttl_seconds", "previous_category", "sub_category":
                .absent
            default: .unknown
            }
        }
    }

    mutating func createTemplate(_ call: GraphCall) throws(GraphError) -> GraphReply {
        guard var waba = wabas[call.nodeID] else { throw .missingObject(call.nodeID, method: .post) }
        var template = try TemplateRules.template(call)
        var all = templates(of: waba)
        guard all.count < Self.mostTemplates else { throw ErrorCatalog.error(2_388_019) }
        guard !all.contains(where: { $0.name == template.name && $0.language == template.language }) else {
            throw .invalidTemplate(
                2_388_024, "Content in This Language Already Exists",
                "There is already \(template.language) content for this template.")
        }
        template.id = newObjectID()
        all.append(template)
        waba.templates = all
        put(waba)
        scheduleReview(of: template, of: waba.id)
        return GraphReply(
            ["id": .string(template.id), "status": "PENDING", "category": .string(template.category)],
            effect: .createdTemplate)
    }

    mutating func updateTemplate(_ call: GraphCall) throws(GraphError) -> GraphReply {
        guard var waba = wabaID(ofTemplate: call.nodeID).flatMap({ wabas[$0] }) else {
            throw .missingObject(call.nodeID, method: .post)
        }
        var all = templates(of: waba)
        guard let index = all.firstIndex(where: { $0.id == call.nodeID }) else {
            throw .missingObject(call.nodeID, method: .post)
        }
        guard ["APPROVED", "REJECTED", "PAUSED"].contains(all[index].status) else {
            throw .parameter("Only approved, rejected or paused templates can be edited.")
        }
        try TemplateRules.edit(&all[index], call)
        all[index].status = "PENDING"
        waba.templates = all
        put(waba)
        scheduleReview(of: all[index], of: waba.id)
        return .success(.updatedTemplate)
    }

    /// By name all languages go; with `hsm_id` that one alone.
    mutating func deleteTemplate(_ call: GraphCall) throws(GraphError) -> GraphReply {
        guard var waba = wabas[call.nodeID] else { throw .missingObject(call.nodeID, method: .delete) }
        let name = try call.required("name")
        let id = call.parameters.text("hsm_id")
        var all = templates(of: waba)
        let before = all.count
        all.removeAll { $0.name == name && (id == nil || $0.id == id) }
        guard all.count < before else {
            throw .invalidTemplate(
                2_593_002, "Message Template Not Found", "No message template matches the name provided.")
        }
        waba.templates = all
        put(waba)
        return .success(.deletedTemplate)
    }

    private mutating func scheduleReview(of template: MessageTemplate, of wabaID: String) {
        schedule(
            change: .template(
                wabaID: wabaID, templateID: template.id,
                decision: template.name.hasPrefix("rejected_") ? "REJECTED" : "APPROVED"),
            lane: wabaID, after: configuration.reviewDelayMilliseconds)
    }

    mutating func reviewTemplate(_ id: String, of wabaID: String, decision: String) {
        guard var waba = wabas[wabaID] else { return }
        var all = templates(of: waba)
        guard let index = all.firstIndex(where: { $0.id == id }) else { return }
        all[index].status = decision
        all[index].rejectedReason = decision == "REJECTED" ? "INVALID_FORMAT" : "NONE"
        let template = all[index]
        waba.templates = all
        put(waba)
        emit(
            field: "message_template_status_update", wabaID: wabaID, entryID: wabaID,
            value: [
                "event": .string(decision), "message_template_id": .int(Int64(template.id) ?? 0),
                "message_template_name": .string(template.name),
                "message_template_language": .string(template.language),
                "message_template_category": .string(template.category), "reason": .string(template.rejectedReason),
            ])
    }
}

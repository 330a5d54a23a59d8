// SPDX-License-Identifier: Apache-2.0
import Domain

/// Makes sense of one change's `value` by its field and event.
struct ChangeReader {
    let field: String
    let value: MetaJSON
    let entryID: String?

    func kind() throws(ChangeFault) -> MetaChangeKind {
        switch field {
        case "account_update": try accountUpdate()
        case "account_review_update": .accountReview(decision: try text("decision"))
        case "phone_number_name_update": .nameUpdate(try nameUpdate())
        case "phone_number_quality_update": .qualityUpdate(try qualityUpdate())
        case "business_capability_update":
            .capability(dailyConversationsMax: value["max_daily_conversations_per_business"]?.text)
        case "message_template_status_update": templateStatus()
        case "messages": .messages(messages())
        case "history": sync(.history)
        case "smb_app_state_sync": sync(.contacts)
        default: .unknown(event: value["event"]?.text)
        }
    }

    private func accountUpdate() throws(ChangeFault) -> MetaChangeKind {
        let event = value["event"]?.text
        switch event {
        case "PARTNER_ADDED": return .partnerAdded(try share())
        case "PARTNER_APP_INSTALLED": return .partnerAppInstalled(try share())
        case "PARTNER_REMOVED": return .partnerRemoved(try removal(entryNames: .waba))
        case "PARTNER_APP_UNINSTALLED": return .partnerAppUninstalled(try removal(entryNames: .business))
        case "ACCOUNT_DELETED": return .accountDeleted
        case "ACCOUNT_OFFBOARDED": return .businessAppOffboarded
        case "ACCOUNT_RECONNECTED": return .businessAppReconnected
        case "DISABLED_UPDATE": return .disabled(try ban())
        case "ACCOUNT_VIOLATION": return .violation(try violation())
        case "ACCOUNT_RESTRICTION": return .restriction(try restrictions())
        default: return .unknown(event: event)
        }
    }

    private func share() throws(ChangeFault) -> MetaChangeKind.Share {
        let info = value["waba_info"]
        guard let waba: WABAID = info?["waba_id"]?.id() else { throw ChangeFault("no waba_info.waba_id") }
        return MetaChangeKind.Share(
            waba: waba, business: info?["owner_business_id"]?.id(), solution: info?["solution_id"]?.id(),
            app: info?["partner_app_id"]?.id())
    }

    private enum EntryName { case waba, business }

    /// Without `waba_info` the entry's id is all there is, and the event says what it names.
    private func removal(entryNames: EntryName) throws(ChangeFault) -> MetaChangeKind.Removal {
        let info = value["waba_info"]
        var waba: WABAID? = info?["waba_id"]?.id()
        var business: BusinessID? = info?["owner_business_id"]?.id()
        if waba == nil, business == nil {
            switch entryNames {
            case .waba: waba = entryID.flatMap { WABAID(validating: $0) }
            case .business: business = entryID.flatMap { BusinessID(validating: $0) }
            }
        }
        guard waba != nil || business != nil else { throw ChangeFault("names neither a WABA nor a business") }
        let disconnection = value["disconnection_info"]
        return MetaChangeKind.Removal(
            waba: waba, business: business, app: info?["partner_app_id"]?.id(),
            phoneNumber: value["phone_number"]?.text, reason: disconnection?["reason"]?.text,
            initiatedBy: disconnection?["initiated_by"]?.text)
    }

    private func ban() throws(ChangeFault) -> MetaChangeKind.Ban {
        guard let state = value["ban_info"]?["waba_ban_state"]?.text else {
            throw ChangeFault("no ban_info.waba_ban_state")
        }
        return MetaChangeKind.Ban(state: state, date: value["ban_info"]?["waba_ban_date"]?.text)
    }

    private func violation() throws(ChangeFault) -> MetaChangeKind.Violation {
        guard let type = value["violation_info"]?["violation_type"]?.text else {
            throw ChangeFault("no violation_info.violation_type")
        }
        return MetaChangeKind.Violation(type: type, remediation: value["violation_info"]?["remediation"]?.text)
    }

    private func restrictions() throws(ChangeFault) -> [MetaChangeKind.Restriction] {
        let restrictions = (value["restriction_info"]?.elements ?? []).compactMap { element in
            element["restriction_type"]?.text.map {
                MetaChangeKind.Restriction(
                    type: $0, expiresAt: element["expiration"]?.unixTime, remediation: element["remediation"]?.text)
            }
        }
        guard !restrictions.isEmpty else { throw ChangeFault("no restriction_info[].restriction_type") }
        return restrictions
    }

    private func nameUpdate() throws(ChangeFault) -> MetaChangeKind.NameUpdate {
        MetaChangeKind.NameUpdate(
            displayNumber: try text("display_phone_number"), decision: try text("decision"),
            requestedName: value["requested_verified_name"]?.text, rejectionReason: value["rejection_reason"]?.text)
    }

    private func qualityUpdate() throws(ChangeFault) -> MetaChangeKind.QualityUpdate {
        let limit = value["max_daily_conversations_per_business"] ?? value["current_limit"]
        return MetaChangeKind.QualityUpdate(
            displayNumber: try text("display_phone_number"), event: try text("event"), messagingLimit: limit?.text)
    }

    /// Meta's sample of the quality update prints this field too: without an event it is no status.
    private func templateStatus() -> MetaChangeKind {
        guard let event = value["event"]?.text else { return .unknown(event: nil) }
        return .templateStatus(
            MetaChangeKind.TemplateStatus(
                templateID: value["message_template_id"]?.text, name: value["message_template_name"]?.text,
                language: value["message_template_language"]?.text,
                category: value["message_template_category"]?.text, event: event, reason: value["reason"]?.text))
    }

    private func text(_ key: String) throws(ChangeFault) -> String {
        guard let text = value[key]?.text else { throw ChangeFault("no \(key)") }
        return text
    }
}

extension ChangeReader {
    private func messages() -> MessageBatch {
        let messages = value["messages"]?.elements ?? []
        let updates = value["statuses"]?.elements ?? []
        let received = messages.compactMap(Self.received(_:))
        let statuses = updates.compactMap(Self.status(_:))
        return MessageBatch(
            phoneNumberID: value["metadata"]?["phone_number_id"]?.id(), received: received, statuses: statuses,
            unreadable: messages.count + updates.count - received.count - statuses.count)
    }

    /// Bulk traffic: what names no number is handed on and nothing else.
    private func sync(_ kind: BusinessAppSync.Kind) -> MetaChangeKind {
        guard let number: PhoneNumberID = value["metadata"]?["phone_number_id"]?.id() else {
            return .unknown(event: nil)
        }
        let chunks = value["history"]?.elements ?? []
        let progress = chunks.compactMap { $0["metadata"]?["progress"]?.text.flatMap { Int($0) } }.max()
        let errors = chunks.flatMap { $0["errors"]?.elements ?? [] }
        return .businessAppSync(
            MetaChangeKind.SyncNews(
                kind: kind, phoneNumberID: number, progress: progress.map { min(max($0, 0), 100) },
                isDeclined: errors.contains { $0["code"]?.text == "2593109" }))
    }

    private static func received(_ element: MetaJSON) -> ReceivedMessage? {
        guard let id = element["id"]?.text else { return nil }
        return ReceivedMessage(
            id: id, from: element["from"]?.text ?? element["from_user_id"]?.text,
            type: element["type"]?.text ?? "unknown", sentAt: element["timestamp"]?.unixTime)
    }

    private static func status(_ element: MetaJSON) -> MessageStatus? {
        guard let id = element["id"]?.text, let status = element["status"]?.text else { return nil }
        let error = element["errors"]?.elements.first
        return MessageStatus(
            id: id, recipient: element["recipient_id"]?.text ?? element["recipient_user_id"]?.text, status: status,
            at: element["timestamp"]?.unixTime, errorCode: error?["code"]?.text, errorTitle: error?["title"]?.text)
    }
}

extension ChangeReader {
    /// The field that a change forgot to name. Source: Meta's own samples leave it out or print it elsewhere.
    static func field(of value: MetaJSON) -> String {
        if value["messages"] != nil || value["statuses"] != nil { return "messages" }
        if value["message_template_id"] != nil, value["event"] != nil { return "message_template_status_update" }
        if value["display_phone_number"] != nil {
            if value["decision"] != nil { return "phone_number_name_update" }
            return value["event"]?.text?.hasPrefix("PIN_") == true ? "security" : "phone_number_quality_update"
        }
        if value["decision"] != nil { return "account_review_update" }
        if value["solution_status"] != nil { return "partner_solutions" }
        if value["event"] != nil { return "account_update" }
        if value["max_daily_conversations_per_business"] != nil { return "business_capability_update" }
        return ""
    }
}

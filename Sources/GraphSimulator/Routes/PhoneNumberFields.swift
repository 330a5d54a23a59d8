// SPDX-License-Identifier: Apache-2.0

// Source: reference section 8.1.
extension WorldState {
    static let phoneNumberDefaults = [
        "verified_name", "code_verification_status", "display_phone_number", "quality_rating", "platform_type",
        "throughput", "last_onboarded_time", "webhook_configuration", "id",
    ]
    /// A verification lapses when the number is not registered in time. Source: Meta, manage phone numbers.
    static let registrationDeadline: Milliseconds = 14 * 86_400_000

    func readPhoneNumber(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> JSON {
        guard let place = phoneNumbers.look(at: call.nodeID) else { throw .missingObject(call.nodeID, method: .get) }
        return try node(place.value, try call.fields(default: Self.phoneNumberDefaults), call, token)
    }

    func node(
        _ phone: PhoneNumber, _ fields: [FieldSelection], _ call: GraphCall, _ token: AccessToken
    ) throws(GraphError) -> JSON {
        try .node(fields, type: .phoneNumber) { (field) throws(GraphError) in
            let value = value(of: field.name, in: phone, token)
            guard case .unknown = value else { return value }
            return try expanded(field, of: phone.id, .phoneNumber, for: call, token).map { .value($0) } ?? .unknown
        }
    }

    func codeVerificationStatus(of phone: PhoneNumber) -> String {
        guard phone.isVerified else { return "NOT_VERIFIED" }
        guard let since = phone.verifiedAt else { return "VERIFIED" }
        if phone.preverifiedBy != nil { return now - since > Self.preverificationLife ? "EXPIRED" : "VERIFIED" }
        // A live number's verification reads EXPIRED too, long after the signup, and means nothing.
        return now - since > Self.registrationDeadline ? "EXPIRED" : "VERIFIED"
    }

    /// Needed to send. Source: reference sections 8.1 and 8.3 (values after register and deregister are inferred).
    func status(of phone: PhoneNumber) -> String {
        if phone.isMigrated == true { return "MIGRATED" }
        if phone.isRegistered || phone.isOnBusinessApp { return "CONNECTED" }
        return phone.wasRegistered ? "DISCONNECTED" : "PENDING"
    }

    private func value(of field: String, in phone: PhoneNumber, _ token: AccessToken) -> FieldValue {
        let isOnline = phone.isRegistered || phone.isOnBusinessApp
        switch field {
        case "id": return .value(.string(phone.id))
        case "display_phone_number": return .value(.string(phone.displayNumber))
        case "verified_name": return .value(.string(phone.verifiedName))
        case "code_verification_status": return .value(.string(codeVerificationStatus(of: phone)))
        case "quality_rating": return .value(isOnline ? "GREEN" : "UNKNOWN")
        case "quality_score": return .value(["score": isOnline ? "GREEN" : "UNKNOWN"])
        case "status": return .value(.string(status(of: phone)))
        case "platform_type": return .value(isOnline ? "CLOUD_API" : "NOT_APPLICABLE")
        case "throughput": return .value(["level": isOnline ? "STANDARD" : "NOT_APPLICABLE"])
        case "name_status": return .value(.string(phone.nameStatus))
        case "new_name_status": return .value(.string(phone.newNameStatus ?? "NONE"))
        case "new_display_name": return phone.newDisplayName.map { .value(.string($0)) } ?? .absent
        case "messaging_limit_tier", "whatsapp_business_manager_messaging_limit": return .value("TIER_250")
        case "account_mode": return .value("LIVE")
        case "is_official_business_account": return .value(false)
        case "is_preverified_number": return .value(.bool(phone.preverifiedBy != nil))
        case "is_pin_enabled": return .value(.bool(phone.pinDigest != nil))
        case "is_on_biz_app": return .value(.bool(phone.isOnBusinessApp))
        case "last_onboarded_time":
            return phone.lastOnboardedAt.map { .value(.string(SandboxClock.graphTime($0))) } ?? .absent
        case "webhook_configuration": return webhookConfiguration(of: phone, token)
        case "health_status": return wabas[phone.wabaID].map { .value(health(of: $0, phone: phone)) } ?? .absent
        case "host_platform": return .value(isOnline ? "CLOUD_API" : "NOT_APPLICABLE")
        case "country_dial_code":
            return .value(.string(phone.digits.hasPrefix("1") ? "1" : String(phone.digits.prefix(2))))
        default: return Self.emptyPhoneNumberFields.contains(field) ? .absent : .unknown
        }
    }

    private static let emptyPhoneNumberFields: Set<String> = [
        "country_code", "certificate", "new_certificate", "unified_cert_status", "conversational_automation",
        "search_visibility", "username", "eligibility_for_api_business_global_search", "official_business_account",
        "is_calling_enabled",
    ]

    private func webhookConfiguration(of phone: PhoneNumber, _ token: AccessToken) -> FieldValue {
        var members: [JSON.Member] = []
        if let url = phone.overrideURL { members.append(.init("phone_number", .string(url))) }
        if let url = wabas[phone.wabaID]?.subscriptions[token.appID]?.overrideURL {
            members.append(.init("whatsapp_business_account", .string(url)))
        }
        if let url = appSubscriptions[token.appID]?.callbackURL { members.append(.init("application", .string(url))) }
        return members.isEmpty ? .absent : .value(.object(members))
    }
}

// SPDX-License-Identifier: Apache-2.0

// Source: reference sections 8.1 and 8.2.
extension WorldState {
    func listPhoneNumbers(_ call: GraphCall, _ token: AccessToken) throws(GraphError) -> JSON {
        guard let waba = wabas[call.nodeID] else { throw .missingObject(call.nodeID, method: .get) }
        let fields = try call.fields(default: Self.phoneNumberDefaults)
        let request = try PageRequest(call)
        let numbers = try sorted(call, try filtered(call, waba.phoneNumberIDs.compactMap { phoneNumbers[$0] }))
        var window = numbers[...]
        if let after = request.after, let position = numbers.firstIndex(where: { $0.id == after }) {
            window = numbers[(position + 1)...].prefix(request.limit)
        } else if let before = request.before, let position = numbers.firstIndex(where: { $0.id == before }) {
            window = numbers[..<position].suffix(request.limit)
        } else {
            window = window.prefix(request.limit)
        }
        var data: [JSON] = []
        for phone in window { data.append(try node(phone, fields, call, token)) }
        return call.list(
            data, first: window.first?.id, last: window.last?.id, hasNext: window.endIndex < numbers.endIndex,
            hasPrevious: window.startIndex > numbers.startIndex, limit: request.limit, total: numbers.count)
    }

    private func filtered(_ call: GraphCall, _ numbers: [PhoneNumber]) throws(GraphError) -> [PhoneNumber] {
        var numbers = numbers
        for condition in try CreationFilter.conditions(call) {
            guard condition["field"]?.text == "account_mode", condition["operator"]?.text == "EQUAL" else {
                throw .parameter("Param filtering[0] must name account_mode with EQUAL")
            }
            // Every number of the sandbox is live.
            if condition["value"]?.text != "LIVE" { numbers = [] }
        }
        return numbers
    }

    /// Newest onboarded first; numbers never onboarded come last, newest added first.
    private func sorted(_ call: GraphCall, _ numbers: [PhoneNumber]) throws(GraphError) -> [PhoneNumber] {
        let newestFirst = numbers.sorted {
            let (left, right) = ($0.lastOnboardedAt ?? 0, $1.lastOnboardedAt ?? 0)
            return left != right ? left > right : ($0.addedAt, $0.id) > ($1.addedAt, $1.id)
        }
        switch call.parameters.list("sort")?.first {
        case nil, "last_onboarded_time_descending", "last_onboarded_time.desc": return newestFirst
        case "last_onboarded_time_ascending", "last_onboarded_time.asc": return newestFirst.reversed()
        default:
            throw .parameter(
                "Param sort[0] must be one of {LAST_ONBOARDED_TIME_ASCENDING, LAST_ONBOARDED_TIME_DESCENDING}")
        }
    }

    mutating func addPhoneNumber(_ call: GraphCall) throws(GraphError) -> GraphReply {
        guard var waba = wabas[call.nodeID] else { throw .missingObject(call.nodeID, method: .post) }
        if let id = call.parameters.text("preverified_id") { return try takePreverifiedNumber(id, into: waba) }
        let code = try call.required("cc").filter(\.isNumber)
        let number = try call.required("phone_number").filter(\.isNumber)
        let name = try call.required("verified_name")
        guard !code.isEmpty, number.count >= 4, code.count + number.count <= 18 else {
            throw .parameter("Param phone_number is not a valid number")
        }
        guard name.count <= 128 else { throw .parameter("Param verified_name must be at most 128 characters long.") }
        let most = businesses[waba.ownerBusinessID]?.isVerified == true ? 20 : 2
        guard waba.phoneNumberIDs.count < most else {
            throw .parameter("This business has reached its limit of \(most) phone numbers.")
        }
        let digits = number.hasPrefix(code) && number.count > 10 ? number : code + number
        let known = phoneNumberIDsByDigits[digits].flatMap { phoneNumbers[$0] }
        try checkMigration(of: known, to: waba, asked: call.parameters.text("migrate_phone_number") == "true")
        let id = newObjectID()
        var phone = PhoneNumber(
            id: id, wabaID: waba.id, digits: digits, displayNumber: Self.displayNumber(digits), verifiedName: name,
            nameStatus: "PENDING_REVIEW", isVerified: false, addedAt: now)
        phone.migratesFrom = known?.id
        put(phone)
        waba.phoneNumberIDs.append(id)
        put(waba)
        return GraphReply(["id": .string(id)], effect: .addedPhoneNumber)
    }

    /// Source: reference section 8.2 and 12.2: not movable, in this list already, two-step verification still on.
    private func checkMigration(of known: PhoneNumber?, to waba: WABA, asked: Bool) throws(GraphError) {
        guard let known else { return }
        guard asked, known.preverifiedBy == nil, !known.isOnBusinessApp else { throw ErrorCatalog.error(2388103) }
        guard known.wabaID != waba.id else { throw ErrorCatalog.error(2388012) }
        guard known.pinDigest == nil else { throw ErrorCatalog.error(2388001) }
    }

    /// The provider that it left has it no more.
    mutating func finishMigration(to phone: PhoneNumber) {
        guard let id = phone.migratesFrom, var old = phoneNumbers[id] else { return }
        old.isRegistered = false
        old.isMigrated = true
        put(old)
        put(phone)
    }

    mutating func requestCode(_ call: GraphCall, _ phone: PhoneNumber) throws(GraphError) -> GraphReply {
        guard ["SMS", "VOICE"].contains(try call.required("code_method")) else {
            throw .parameter("Param code_method must be one of {SMS, VOICE}")
        }
        _ = try call.required("language")
        guard needsVerification(phone) else { throw ErrorCatalog.error(136024) }
        var phone = phone
        // The digits a person would read off the phone; the sandbox has no phone to read.
        phone.verificationCode = String(phone.digits.suffix(6))
        put(phone)
        return .success(.requestedCode)
    }

    mutating func verifyCode(_ call: GraphCall, _ phone: PhoneNumber) throws(GraphError) -> GraphReply {
        let code = try call.required("code")
        guard code.allSatisfy(\.isNumber) else { throw .parameter("Param code must hold digits only") }
        guard let expected = phone.verificationCode, expected == code else { throw ErrorCatalog.error(136025) }
        var phone = phone
        phone.verificationCode = nil
        phone.isVerified = true
        phone.verifiedAt = now
        put(phone)
        return .success(.verifiedCode)
    }

    mutating func updatePhoneNumber(_ call: GraphCall, _ phone: PhoneNumber) throws(GraphError) -> GraphReply {
        var phone = phone
        if let pin = call.parameters.text("pin") {
            guard Self.isPIN(pin) else { throw .parameter("Param pin must be 6 digits") }
            phone.pinDigest = pinDigest(pin, phone.id)
            phone.wrongPINs = []
            put(phone)
            emit(
                field: "security", ofPhone: phone,
                value: ["display_phone_number": .string(phone.digits), "event": "PIN_CHANGED"])
            return .success(.changedPIN)
        }
        if let name = call.parameters.text("new_display_name") {
            guard name.count <= 128 else {
                throw .parameter("Param new_display_name must be at most 128 characters long.")
            }
            phone.newDisplayName = name
            phone.newNameStatus = "PENDING_REVIEW"
            put(phone)
            scheduleNameReview(phone, decision: "APPROVED", after: configuration.reviewDelayMilliseconds)
            return .success(.updatedPhoneNumber)
        }
        if let members = call.parameters["webhook_configuration"] {
            guard case .object = members else { throw .parameter("Param webhook_configuration must be an object.") }
            phone.overrideURL = try override(in: members)?.url
            put(phone)
            return .success(.overrodeCallback)
        }
        throw .parameter("Tried to update WhatsAppBusinessPhoneNumber with no known parameter")
    }

    mutating func newObjectID() -> String {
        while true {
            let id = Identifiers.object(using: &dice)
            if kind(of: id) == nil { return id }
        }
    }

    /// `+1 555-078-3881` for numbers of North America, `+49 1511234567` for others.
    static func displayNumber(_ digits: String) -> String {
        guard digits.hasPrefix("1"), digits.count == 11 else { return "+\(digits.prefix(2)) \(digits.dropFirst(2))" }
        let rest = digits.dropFirst()
        return "+1 \(rest.prefix(3))-\(rest.dropFirst(3).prefix(3))-\(rest.suffix(4))"
    }
}

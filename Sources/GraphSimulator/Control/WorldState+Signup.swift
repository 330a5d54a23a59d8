// SPDX-License-Identifier: Apache-2.0

extension WorldState {
    /// A customer finishes Embedded Signup: business, WABA and number come to be, or are shared once more.
    mutating func signUp(_ order: SignupOrder) throws(ControlFailure) -> JSON {
        let wabaID = order.wabaID ?? newObjectID()
        let known = wabas[wabaID]
        let businessID = known?.ownerBusinessID ?? order.businessID ?? newObjectID()
        try check(order, wabaID: wabaID, businessID: businessID)
        try checkNewCustomers(businessID)
        if businesses[businessID] == nil {
            let number = businesses.count - 1
            put(Business(id: businessID, name: order.businessName ?? "Lucky Shrub \(number)"))
        }
        if known == nil { put(newWABA(wabaID, businessID, order)) }
        let phone = try number(for: order, wabaID: wabaID)
        let partners = order.flow == .techPartner ? [app.businessID, app.partner.businessID] : [app.businessID]
        if order.flow == .techPartner, var waba = wabas[wabaID] {
            waba.solutionID = app.solutionID
            put(waba)
        }
        if order.shareDelay > 0 {
            schedule(change: .share(wabaID: wabaID, businessIDs: partners), lane: wabaID, after: order.shareDelay)
        } else {
            share(wabaID, with: partners)
        }
        let code = order.flow == .hosted || order.flow == .techPartner ? nil : issueCode(order, businessID)
        if order.sendsWebhooks { announce(order, wabaID: wabaID, businessID: businessID, partners: partners) }
        scheduleReviews(order, wabaID: wabaID, phone: phone, isNew: known == nil)
        return [
            "code": code.map { .string($0) } ?? .null, "waba_id": .string(wabaID),
            "phone_number_id": phone.map { .string($0.id) } ?? .null,
            "phone_number": phone.map { .string($0.displayNumber) } ?? .null, "business_id": .string(businessID),
        ]
    }

    private func check(_ order: SignupOrder, wabaID: String, businessID: String) throws(ControlFailure) {
        switch kind(of: wabaID) {
        case .waba, nil: break
        default: throw ControlFailure("waba.id: the id of something else", status: 409)
        }
        switch kind(of: businessID) {
        case .business, nil: break
        default: throw ControlFailure("business.id: the id of something else", status: 409)
        }
        if let asked = order.businessID, asked != businessID {
            throw ControlFailure("business.id: the WABA belongs to another business", status: 409)
        }
        if let digits = order.digits, let id = phoneNumberIDsByDigits[digits], phoneNumbers[id]?.wabaID != wabaID {
            throw ControlFailure("phone_number: belongs to another WABA", status: 409)
        }
    }

    private func newWABA(_ id: String, _ businessID: String, _ order: SignupOrder) -> WABA {
        let name = order.wabaName ?? order.businessName ?? businesses[businessID]?.name ?? "Lucky Shrub"
        return WABA(
            id: id, name: name, ownerBusinessID: businessID, creationTimeSeconds: nowSeconds, currency: order.currency,
            templateNamespace: Identifiers.text(8) + "_" + Identifiers.text(4), reviewStatus: "PENDING",
            primaryFundingID: order.hasPaymentMethod ? Identifiers.object() : nil)
    }

    /// The number asked for, the WABA's first one when it had some, or a new one.
    private mutating func number(for order: SignupOrder, wabaID: String) throws(ControlFailure) -> PhoneNumber? {
        guard order.hasNumber, var waba = wabas[wabaID] else { return nil }
        let known =
            order.digits.flatMap { phoneNumberIDsByDigits[$0] }
            ?? (order.digits == nil ? waba.phoneNumberIDs.first : nil)
        if let known { return phoneNumbers[known] }
        let digits = order.digits ?? freeDigits()
        var phone = PhoneNumber(
            id: newObjectID(), wabaID: wabaID, digits: digits, displayNumber: Self.displayNumber(digits),
            verifiedName: order.displayName ?? waba.name, nameStatus: "PENDING_REVIEW", isVerified: order.isVerified,
            verifiedAt: order.isVerified ? now : nil, addedAt: now)
        if order.lockedFor > 0 { phone.lockedUntil = now + order.lockedFor }
        if let pin = order.pin { phone.pinDigest = pinDigest(pin, phone.id) }
        if order.flow == .businessApp {
            phone.isOnBusinessApp = true
            phone.lastOnboardedAt = now
        }
        put(phone)
        waba.phoneNumberIDs.append(phone.id)
        put(waba)
        return phone
    }

    /// A number of the ranges kept for fiction, and more of the same area code when those run out.
    private mutating func freeDigits() -> String {
        while true {
            let digits = "1555" + String(2_000_000 + dice.next() % 8_000_000)
            if phoneNumberIDsByDigits[digits] == nil { return digits }
        }
    }

    mutating func issueCode(_ order: SignupOrder, _ businessID: String, appID: String? = nil) -> String {
        let code = SignupCode(
            value: Identifiers.code(), businessID: businessID, appID: appID ?? app.appID, issuedAt: now,
            lifetime: order.codeLifetime, redirectURI: order.redirectURI,
            tokenLifetimeSeconds: order.tokenLifetimeSeconds, scopes: order.scopes)
        put(code)
        return code.value
    }

    /// Source: reference section 16 (order inferred there).
    private mutating func announce(_ order: SignupOrder, wabaID: String, businessID: String, partners: [String]) {
        let delay = max(order.partnerAddedDelay, order.shareDelay)
        for partnerID in partners {
            guard let party = party(ofBusiness: partnerID), appSubscriptions[party.appID] != nil else { continue }
            var info: [JSON.Member] = [
                .init("waba_id", .string(wabaID)), .init("owner_business_id", .string(businessID)),
            ]
            let isSolution = order.flow == .techPartner
            if isSolution {
                info += [
                    .init("partner_app_id", .string(party.appID)), .init("solution_id", .string(app.solutionID)),
                    .init("solution_partner_business_ids", .strings(partners)),
                ]
            }
            emit(
                field: "account_update", wabaID: wabaID, entryID: isSolution ? partnerID : businessID,
                value: ["event": "PARTNER_ADDED", "waba_info": .object(info)], after: delay, apps: [party.appID])
            emit(
                field: "account_update", wabaID: wabaID, entryID: businessID,
                value: [
                    "event": "PARTNER_APP_INSTALLED",
                    "waba_info": [
                        "waba_id": .string(wabaID), "owner_business_id": .string(businessID),
                        "partner_app_id": .string(party.appID),
                    ],
                ], after: delay, apps: [party.appID])
        }
        emit(
            field: "business_capability_update", wabaID: wabaID, entryID: wabaID,
            value: ["max_daily_conversations_per_business": 250, "max_phone_numbers_per_business": 2], after: delay)
    }

    private mutating func scheduleReviews(_ order: SignupOrder, wabaID: String, phone: PhoneNumber?, isNew: Bool) {
        guard isNew else { return }
        // A review that stays pending sends nothing.
        if order.review.outcome != "PENDING" {
            schedule(
                change: .review(wabaID: wabaID, decision: order.review.outcome), lane: wabaID, after: order.review.delay
            )
        }
        if let phone, order.nameReview.outcome != "PENDING" {
            scheduleNameReview(phone, decision: order.nameReview.outcome, after: order.nameReview.delay)
        }
    }
}

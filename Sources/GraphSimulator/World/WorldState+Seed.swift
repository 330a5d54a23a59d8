// SPDX-License-Identifier: Apache-2.0

extension WorldState {
    mutating func seed(_ file: SeedFile) throws(ControlFailure) {
        if let fleet = file.fleet { try createFleet(fleet) }
        for customer in file.customers { try add(customer) }
        if file.advanceSeconds > 0 { setClock { $0.advance(by: file.advanceSeconds * 1000) } }
        for name in file.scenarios {
            if let scenario = Scenario.named(name) { try begin(scenario) }
        }
    }

    private mutating func add(_ customer: SeedFile.Customer) throws(ControlFailure) {
        let id = customer.id ?? newObjectID()
        guard kind(of: id) == nil else { throw ControlFailure("\(id): two things with this id") }
        var business = Business(id: id, name: customer.name)
        business.isVerified = customer.isVerified
        put(business)
        for account in customer.wabas { try add(account, to: business) }
    }

    private mutating func add(_ account: SeedFile.Account, to business: Business) throws(ControlFailure) {
        let id = account.id ?? newObjectID()
        guard kind(of: id) == nil else { throw ControlFailure("\(account.path).id: two things with this id") }
        var waba = WABA(
            id: id, name: account.name ?? business.name, ownerBusinessID: business.id,
            creationTimeSeconds: account.createdSeconds ?? nowSeconds, currency: account.currency,
            timezoneID: account.timezoneID, templateNamespace: Identifiers.text(12), reviewStatus: account.review,
            country: account.country)
        if account.isOfSolution { waba.solutionID = app.solutionID }
        if account.isSubscribed { waba.subscriptions[app.appID] = WABA.Subscription(overrideURL: nil) }
        if account.hasPaymentMethod { waba.primaryFundingID = newObjectID() }
        if account.hasCreditLine {
            let allocation =
                allocationIDsByBusiness[business.id].flatMap { allocations[$0] }
                ?? CreditAllocation(
                    id: newObjectID(), lineID: app.extendedCreditLineID, receivingBusinessID: business.id,
                    receivingCredentialID: newObjectID())
            put(allocation)
            waba.allocationID = allocation.id
            waba.primaryFundingID = allocation.receivingCredentialID
            waba.assignedUsers[app.systemUserID] = ["MANAGE"]
        }
        put(waba)
        for number in account.numbers { try add(number, to: &waba) }
        put(waba)
        let partners = account.isOfSolution ? [app.businessID, app.partner.businessID] : [app.businessID]
        if account.isShared { share(id, with: partners) }
    }

    private mutating func add(_ number: SeedFile.Number, to waba: inout WABA) throws(ControlFailure) {
        let id = number.id ?? newObjectID()
        guard kind(of: id) == nil else { throw ControlFailure("\(number.path).id: two things with this id") }
        guard phoneNumberIDsByDigits[number.digits] == nil else {
            throw ControlFailure("\(number.path).number: given twice")
        }
        var phone = PhoneNumber(
            id: id, wabaID: waba.id, digits: number.digits, displayNumber: Self.displayNumber(number.digits),
            verifiedName: number.name ?? waba.name, nameStatus: number.nameStatus, isVerified: number.isVerified,
            verifiedAt: number.isVerified ? now : nil, addedAt: now)
        phone.isOnBusinessApp = number.isOnBusinessApp
        phone.isRegistered = number.isRegistered
        phone.wasRegistered = number.isRegistered
        if number.isRegistered || number.isOnBusinessApp { phone.lastOnboardedAt = now }
        phone.pinDigest = number.pin.map { pinDigest($0, id) }
        put(phone)
        waba.phoneNumberIDs.append(id)
    }
}

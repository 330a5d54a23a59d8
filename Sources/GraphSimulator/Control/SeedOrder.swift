// SPDX-License-Identifier: Apache-2.0

/// Many customers at once, for tests of lists.
struct SeedOrder: Sendable {
    var businesses: Int
    var wabasPerBusiness: Int
    var hasNumbers: Bool
    /// In the partner's own portfolio instead of its customers'.
    var isOwned: Bool
    var startSeconds: Int64?
    var spacingSeconds: Int64

    init(_ body: JSON) throws(ControlFailure) {
        businesses = Int(body["businesses"]?.number ?? 1)
        wabasPerBusiness = Int(body["wabas_per_business"]?.number ?? 1)
        hasNumbers = body["numbers"]?.isTrue ?? false
        isOwned = body["owned"]?.isTrue ?? false
        startSeconds = body["start"]?.number
        spacingSeconds = body["spacing_seconds"]?.number ?? 60
        guard (1...1_000_000).contains(businesses), (1...1000).contains(wabasPerBusiness) else {
            throw ControlFailure("businesses: 1 to 1000000, wabas_per_business: 1 to 1000 expected")
        }
    }
}

extension WorldState {
    mutating func seed(_ order: SeedOrder) -> JSON {
        let count = Int64(order.businesses * order.wabasPerBusiness)
        var time = order.startSeconds ?? nowSeconds - count * order.spacingSeconds
        var firstID: String?
        for number in 0..<order.businesses {
            let ownerID = order.isOwned ? app.businessID : newObjectID()
            if !order.isOwned { put(Business(id: ownerID, name: "Seeded Business \(number)")) }
            for part in 0..<order.wabasPerBusiness {
                let id = newObjectID()
                firstID = firstID ?? id
                put(
                    WABA(
                        id: id, name: "Seeded \(number).\(part)", ownerBusinessID: ownerID, creationTimeSeconds: time,
                        currency: "USD", templateNamespace: Identifiers.text(12), reviewStatus: "APPROVED"))
                time += order.spacingSeconds
                if !order.isOwned { share(id, with: [app.businessID]) }
                if order.hasNumbers { seedNumber(id) }
            }
        }
        return ["wabas": .int(count), "first_waba_id": firstID.map { .string($0) } ?? .null]
    }

    private mutating func seedNumber(_ wabaID: String) {
        guard var waba = wabas[wabaID] else { return }
        var digits = ""
        repeat {
            digits = "1556" + String(Int.random(in: 2_000_000...9_999_999))
        } while phoneNumberIDsByDigits[digits] != nil
        let phone = PhoneNumber(
            id: newObjectID(), wabaID: wabaID, digits: digits, displayNumber: Self.displayNumber(digits),
            verifiedName: waba.name, nameStatus: "APPROVED", isVerified: true, verifiedAt: now, addedAt: now)
        put(phone)
        waba.phoneNumberIDs.append(phone.id)
        put(waba)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What `POST /_sandbox/fleet` and `--businesses` ask for.
struct FleetOrder: Sendable {
    var businesses: Int
    var seed: UInt64

    init(businesses: Int, seed: UInt64) {
        self.businesses = businesses
        self.seed = seed
    }

    init(_ json: JSON, at path: String = "") throws(ControlFailure) {
        let object = try ControlObject(json, at: path, allowing: ["businesses", "seed"])
        businesses = Int(try object.number("businesses", in: 1...Int64(Fleet.largest)) ?? 1)
        seed = UInt64(try object.number("seed", in: 0...Int64.max) ?? 1)
    }
}

/// Customers of all sorts, with everything about them following from one seed: ids, names, numbers, dates, states.
struct Fleet: Sendable {
    static let largest = 1_000_000
    /// 2022-06-01 and 2026-01-01: fixed, so that the same seed gives the same dates on any day.
    private static let dates = 1_654_041_600...1_767_225_600
    private static let day = 86_400

    private(set) var businesses: [Business] = []
    /// In order of creation.
    private(set) var wabas: [WABA] = []
    private(set) var phoneNumbers: [(phone: PhoneNumber, pin: String?)] = []
    private(set) var allocations: [CreditAllocation] = []

    private var dice: SeededGenerator
    private var taken: Set<String> = []
    private let app: SandboxApp

    init(_ order: FleetOrder, app: SandboxApp) {
        dice = SeededGenerator(seed: order.seed)
        self.app = app
        for _ in 0..<order.businesses { addBusiness() }
        wabas.sort { ($0.creationTimeSeconds, $0.id) < ($1.creationTimeSeconds, $1.id) }
    }

    private mutating func newID() -> String {
        while true {
            let id = Identifiers.object(using: &dice)
            if taken.insert(id).inserted { return id }
        }
    }

    private mutating func addBusiness() {
        let place = dice.pick(FleetPlace.all)
        let name = "\(dice.pick(FleetPlace.firstWords)) \(dice.pick(FleetPlace.lastWords)) \(place.legalForm)"
        var business = Business(id: newID(), name: name)
        business.isVerified = dice.isHit(percent: 80)
        let isOfSolution = dice.isHit(percent: 15)
        let money = dice.number(in: 1...100)
        var allocation: CreditAllocation?
        if money <= 65 {
            allocation = CreditAllocation(
                id: newID(), lineID: app.extendedCreditLineID, receivingBusinessID: business.id,
                receivingCredentialID: newID())
        }
        let count = dice.isHit(percent: 85) ? 1 : dice.number(in: 2...4)
        for number in 1...count {
            var waba = newWABA(of: business, place, number: number, isOfSolution: isOfSolution)
            addNumbers(to: &waba, place)
            if let allocation, waba.reviewStatus == "APPROVED" {
                waba.allocationID = allocation.id
                waba.primaryFundingID = allocation.receivingCredentialID
                waba.assignedUsers[app.systemUserID] = ["MANAGE"]
            } else if allocation == nil, money <= 85 {
                waba.primaryFundingID = newID()
            }
            business.wabaIDs.insert(waba.id, at: 0)
            wabas.append(waba)
        }
        if let allocation { allocations.append(allocation) }
        businesses.append(business)
    }

    private mutating func newWABA(
        of business: Business, _ place: FleetPlace, number: Int, isOfSolution: Bool
    ) -> WABA {
        let created = dice.number(in: Self.dates)
        let state = dice.number(in: 1...100)
        var waba = WABA(
            id: newID(), name: number == 1 ? business.name : "\(business.name) \(number)",
            ownerBusinessID: business.id, creationTimeSeconds: Int64(created), currency: place.currency,
            timezoneID: place.timezoneID, templateNamespace: Self.namespace(&dice),
            reviewStatus: state <= 90 ? "APPROVED" : state <= 96 ? "PENDING" : "REJECTED",
            isEnabledForInsights: dice.isHit(percent: 50), country: place.country)
        let sharedAt = Milliseconds(created + dice.number(in: 60...30 * Self.day)) * 1000
        waba.sharedWith[app.businessID] = sharedAt
        if isOfSolution {
            waba.solutionID = app.solutionID
            waba.sharedWith[app.partner.businessID] = sharedAt
        }
        return waba
    }

    private static func namespace(_ dice: inout SeededGenerator) -> String {
        let digits = hex((0..<16).map { _ in UInt8(truncatingIfNeeded: dice.next()) })
        let parts = [8, 4, 4, 4, 12]
        var rest = Substring(digits)
        return parts.map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "_")
    }

    private mutating func addNumbers(to waba: inout WABA, _ place: FleetPlace) {
        let count = dice.isHit(percent: 4) ? 0 : dice.isHit(percent: 80) ? 1 : dice.number(in: 2...4)
        for _ in 0..<count {
            let made = newNumber(of: waba, place)
            waba.phoneNumberIDs.append(made.phone.id)
            if made.phone.isRegistered || made.phone.isOnBusinessApp {
                waba.subscriptions[app.appID] = WABA.Subscription(overrideURL: nil)
            }
            phoneNumbers.append(made)
        }
    }

    private mutating func newNumber(of waba: WABA, _ place: FleetPlace) -> (phone: PhoneNumber, pin: String?) {
        var digits = ""
        repeat {
            digits = place.prefix + String(dice.number(in: 2_000_000...9_999_999))
        } while !taken.insert(digits).inserted
        let added = (waba.creationTimeSeconds + Int64(dice.number(in: 60...60 * Self.day))) * 1000
        let name = dice.number(in: 1...100)
        let isVerified = dice.isHit(percent: 95)
        var phone = PhoneNumber(
            id: newID(), wabaID: waba.id, digits: digits, displayNumber: WorldState.displayNumber(digits),
            verifiedName: waba.name,
            nameStatus: name <= 88 ? "APPROVED" : name <= 95 ? "PENDING_REVIEW" : "DECLINED", isVerified: isVerified,
            verifiedAt: isVerified ? added : nil, addedAt: added)
        guard isVerified else { return (phone, nil) }
        if dice.isHit(percent: 8) {
            phone.isOnBusinessApp = true
            phone.lastOnboardedAt = added
        } else if waba.reviewStatus != "REJECTED", dice.isHit(percent: 85) {
            phone.isRegistered = true
            phone.wasRegistered = true
            phone.lastOnboardedAt = added + Milliseconds(dice.number(in: 60...Self.day)) * 1000
            return (phone, String(digits.suffix(6)))
        }
        return (phone, nil)
    }
}

extension WorldState {
    /// Every registered number's PIN is its last six digits.
    mutating func createFleet(_ order: FleetOrder) throws(ControlFailure) {
        guard (1...Fleet.largest).contains(order.businesses) else {
            throw ControlFailure("businesses: 1 to \(Fleet.largest) expected")
        }
        let fleet = Fleet(order, app: app)
        for id in fleet.businesses.map(\.id) + fleet.wabas.map(\.id) where kind(of: id) != nil {
            throw ControlFailure("seed: a fleet with these ids is there already", status: 409)
        }
        for (phone, _) in fleet.phoneNumbers where phoneNumberIDsByDigits[phone.digits] != nil {
            throw ControlFailure("seed: a fleet with these phone numbers is there already", status: 409)
        }
        reserveCapacity(
            businesses: fleet.businesses.count, wabas: fleet.wabas.count, phoneNumbers: fleet.phoneNumbers.count,
            allocations: fleet.allocations.count)
        for business in fleet.businesses { put(business) }
        for waba in fleet.wabas { put(waba) }
        for (phone, pin) in fleet.phoneNumbers {
            var phone = phone
            phone.pinDigest = pin.map { pinDigest($0, phone.id) }
            put(phone)
        }
        for allocation in fleet.allocations { put(allocation) }
    }
}

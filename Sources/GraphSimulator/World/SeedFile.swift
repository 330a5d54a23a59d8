// SPDX-License-Identifier: Apache-2.0

/// A world written by hand: customers with their WABAs and numbers, and what shall go wrong. Everything has a default.
struct SeedFile: Sendable {
    struct Customer: Sendable {
        var id: String?
        var name: String
        var isVerified: Bool
        var wabas: [Account]
    }

    struct Account: Sendable {
        var path: String
        var id: String?
        var name: String?
        var currency: String
        var country: String
        var timezoneID: String
        var review: String
        var createdSeconds: Int64?
        var isShared: Bool
        var isOfSolution: Bool
        var isSubscribed: Bool
        var hasPaymentMethod: Bool
        var hasCreditLine: Bool
        var numbers: [Number]
    }

    struct Number: Sendable {
        var path: String
        var id: String?
        var digits: String
        var name: String?
        var nameStatus: String
        var isVerified: Bool
        var isRegistered: Bool
        var isOnBusinessApp: Bool
        var pin: String?
    }

    var customers: [Customer]
    var fleet: FleetOrder?
    var advanceSeconds: Int64
    var scenarios: [String]

    init(_ json: JSON) throws(ControlFailure) {
        let root = try ControlObject(json, allowing: ["businesses", "fleet", "advance_seconds", "scenarios"])
        fleet = try json["fleet"].map { (json) throws(ControlFailure) in try FleetOrder(json, at: "fleet") }
        advanceSeconds = try root.number("advance_seconds", in: 0...WorldState.longestStep / 1000) ?? 0
        scenarios = []
        for (name, path) in try root.list("scenarios") {
            guard let name = name.text, Scenario.named(name) != nil else {
                throw ControlFailure("\(path): no such scenario")
            }
            scenarios.append(name)
        }
        customers = []
        for (json, path) in try root.list("businesses") { customers.append(try Customer(json, path)) }
    }
}

extension SeedFile.Customer {
    init(_ json: JSON, _ path: String) throws(ControlFailure) {
        let object = try ControlObject(json, at: path, allowing: ["id", "name", "verified", "wabas"])
        id = try object.id("id")
        guard let name = try object.text("name"), !name.isEmpty else { throw object.failure("name", "required") }
        self.name = name
        isVerified = try object.flag("verified", default: true)
        wabas = []
        for (json, path) in try object.list("wabas") { wabas.append(try SeedFile.Account(json, path)) }
    }
}

extension SeedFile.Account {
    private static let names: Set<String> = [
        "id", "name", "currency", "country", "timezone_id", "review", "created_at", "shared", "solution", "subscribed",
        "payment_method", "credit_line", "phone_numbers",
    ]

    init(_ json: JSON, _ path: String) throws(ControlFailure) {
        let object = try ControlObject(json, at: path, allowing: Self.names)
        self.path = path
        id = try object.id("id")
        name = try object.text("name")
        currency = try object.text("currency", oneOf: WorldState.currencies.sorted()) ?? "USD"
        country = try object.text("country") ?? "US"
        timezoneID = try object.text("timezone_id") ?? "1"
        review = try object.text("review", oneOf: ["APPROVED", "PENDING", "REJECTED"]) ?? "APPROVED"
        createdSeconds = try object.number("created_at", in: 0...4_102_444_800)
        isShared = try object.flag("shared", default: true)
        isOfSolution = try object.flag("solution")
        isSubscribed = try object.flag("subscribed")
        hasPaymentMethod = try object.flag("payment_method")
        hasCreditLine = try object.flag("credit_line")
        if hasCreditLine, hasPaymentMethod { throw object.failure("credit_line", "not together with payment_method") }
        numbers = []
        for (json, path) in try object.list("phone_numbers") { numbers.append(try SeedFile.Number(json, path)) }
    }
}

extension SeedFile.Number {
    private static let names: Set<String> = [
        "id", "number", "name", "name_status", "verified", "registered", "business_app", "pin",
    ]

    init(_ json: JSON, _ path: String) throws(ControlFailure) {
        let object = try ControlObject(json, at: path, allowing: Self.names)
        self.path = path
        id = try object.id("id")
        digits = (try object.text("number") ?? "").filter { ("0"..."9").contains($0) }
        guard (8...15).contains(digits.count) else { throw object.failure("number", "8 to 15 digits expected") }
        name = try object.text("name")
        nameStatus =
            try object.text("name_status", oneOf: ["APPROVED", "PENDING_REVIEW", "DECLINED", "EXPIRED", "NONE"])
            ?? "APPROVED"
        isVerified = try object.flag("verified", default: true)
        isRegistered = try object.flag("registered")
        isOnBusinessApp = try object.flag("business_app")
        pin = try object.text("pin")
        if let pin, !WorldState.isPIN(pin) { throw object.failure("pin", "six digits expected") }
        if isRegistered, isOnBusinessApp { throw object.failure("registered", "not together with business_app") }
        if isRegistered, !isVerified { throw object.failure("registered", "only a verified number is registered") }
    }
}

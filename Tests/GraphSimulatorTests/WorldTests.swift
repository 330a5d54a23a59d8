// SPDX-License-Identifier: Apache-2.0
import Foundation
import GraphSimulator
import NIOHTTP1
import Testing

/// How worlds begin and how they travel. Source: issue "Rehearse everything", worlds.
@Suite(.timeLimit(.minutes(1)))
struct WorldTests {
    private static func fleet(_ businesses: Int, seed: UInt64) -> (inout SimulatorConfiguration) -> Void {
        {
            $0.beginning = .fleet(businesses: businesses, seed: seed)
            $0.seed = seed
        }
    }

    /// The world without what every start makes anew.
    private static func text(of sandbox: Sandbox) async throws -> String {
        let world = try await sandbox.get("/_sandbox/world").body
        return "\(world["wabas"].text)\(world["phone_numbers"].text)\(world["allocations"].text)"
    }

    @Test func `the same seed gives the same fleet, ids included, and another seed another`() async throws {
        let first = try await Sandbox.run(Self.fleet(40, seed: 7)) { try await Self.text(of: $0) }
        let again = try await Sandbox.run(Self.fleet(40, seed: 7)) { try await Self.text(of: $0) }
        let other = try await Sandbox.run(Self.fleet(40, seed: 8)) { try await Self.text(of: $0) }
        #expect(first == again)
        #expect(first != other)
    }

    @Test func `ids of signups follow from the seed as well`() async throws {
        let ids = { () async throws -> [String] in
            try await Sandbox.run(Self.fleet(3, seed: 11)) { sandbox in
                let customer = try await sandbox.signUp()
                return [customer.wabaID, customer.phoneNumberID, customer.businessID]
            }
        }
        #expect(try await ids() == ids())
    }

    @Test func `a fleet is varied, and Graph shows it as it shows customers`() async throws {
        try await Sandbox.run(Self.fleet(300, seed: 7)) { sandbox in
            let world = try await sandbox.get("/_sandbox/world").body
            let wabas = world["wabas"].list
            let numbers = world["phone_numbers"].list
            #expect(wabas.count >= 300)
            #expect(Set(wabas.map(\.["account_review_status"].string)) == ["APPROVED", "PENDING", "REJECTED"])
            #expect(Set(wabas.map(\.["currency"].string)).count == 6)
            #expect(Set(numbers.map(\.["status"].string)) == ["CONNECTED", "PENDING"])
            #expect(wabas.contains { $0["allocation_config_id"].isNull })
            #expect(wabas.contains { !$0["allocation_config_id"].isNull })
            #expect(Set(wabas.map(\.["id"].string) + numbers.map(\.["id"].string)).count == wabas.count + numbers.count)
            let page = try await sandbox.get(
                "/v26.0/\(sandbox.app.businessID)/client_whatsapp_business_accounts",
                ["limit": "100", "fields": "id,name,owner_business_info,phone_numbers"],
                token: sandbox.app.systemToken)
            #expect(page.status == 200)
            #expect(page.body["data"].list.count == 100)
        }
    }

    @Test func `a registered number of a fleet has its last six digits as PIN`() async throws {
        try await Sandbox.run(Self.fleet(30, seed: 7)) { sandbox in
            let numbers = try await sandbox.get("/_sandbox/world").body["phone_numbers"].list
            let id = try #require(numbers.first { !$0["pin_digest"].isNull })["id"].string
            let node = try await sandbox.get(
                "/v26.0/\(id)", ["fields": "display_phone_number"], token: sandbox.app.systemToken)
            let pin = String(node.body["display_phone_number"].string.filter(\.isNumber).suffix(6))
            let customer = Customer(
                code: "", wabaID: "", phoneNumberID: id, businessID: "", token: sandbox.app.systemToken)
            #expect(
                try await sandbox.register(customer, pin: pin == "000000" ? "000001" : "000000").errorCode == 133005)
            #expect(try await sandbox.register(customer, pin: pin).status == 200)
        }
    }

    private static let seedFile = #"""
        {"businesses": [
          {"id": "506914307656634", "name": "Lucky Shrub", "verified": false, "wabas": [
            {"id": "102290129340398", "currency": "EUR", "country": "DE", "review": "PENDING", "created_at": 1604962813,
             "credit_line": true, "subscribed": true, "phone_numbers": [
               {"id": "106540352242922", "number": "+49 155 2000001", "name": "Lucky", "registered": true, "pin": "150954"},
               {"number": "+1 555 078 3881", "name_status": "DECLINED", "verified": false}]},
            {"name": "Second", "shared": false}]},
          {"name": "Acme"}],
         "advance_seconds": 3600, "scenarios": ["credit_refused"]}
        """#

    private static func inFile<Result: Sendable>(
        _ text: String, _ body: (String) async throws -> Result
    ) async throws -> Result {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("seed-\(UUID().uuidString).json")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await body(file.path)
    }

    @Test func `a seed file says what is there`() async throws {
        try await Self.inFile(Self.seedFile) { path in
            try await Sandbox.run({ $0.beginning = .file(path: path) }) { sandbox in
                let token = sandbox.app.systemToken
                let waba = try await sandbox.get(
                    "/v26.0/102290129340398",
                    ["fields": "name,currency,country,account_review_status,creation_time,primary_funding_id"],
                    token: token)
                #expect(waba.body["name"].string == "Lucky Shrub")
                #expect(waba.body["currency"].string == "EUR")
                #expect(waba.body["account_review_status"].string == "PENDING")
                #expect(waba.body["creation_time"].int == 1_604_962_813)
                #expect(waba.body["primary_funding_id"].exists)
                let number = try await sandbox.get(
                    "/v26.0/106540352242922", ["fields": "status,verified_name,is_pin_enabled"], token: token)
                #expect(number.body["status"].string == "CONNECTED")
                #expect(number.body["verified_name"].string == "Lucky")
                #expect(number.body["is_pin_enabled"].bool == true)
                let list = try await sandbox.get(
                    "/v26.0/\(sandbox.app.businessID)/client_whatsapp_business_accounts", token: token)
                #expect(list.body["data"].list.map(\.["id"].string) == ["102290129340398"])
                #expect(try await sandbox.get("/_sandbox/clock").body["offset_ms"].int == 3_600_000)
                let scenarios = try await sandbox.get("/_sandbox/scenarios").body["data"].list
                #expect(scenarios.filter { $0["active"].bool == true }.map(\.["name"].string) == ["credit_refused"])
                // A reset goes back to the file, not to nothing.
                _ = try await sandbox.signUp()
                _ = try await sandbox.post("/_sandbox/reset")
                #expect(try await sandbox.get("/_sandbox/world").body["wabas"].list.count == 2)
            }
        }
    }

    @Test(arguments: [
        (#"{"businesses": [{"name": ""}]}"#, "businesses[0].name"),
        (#"{"businesses": [{"name": "A", "wabas": [{"currency": "CHF"}]}]}"#, "businesses[0].wabas[0].currency"),
        (
            #"{"businesses": [{"name": "A", "wabas": [{"phone_numbers": [{"number": "12"}]}]}]}"#,
            "businesses[0].wabas[0].phone_numbers[0].number"
        ),
        (#"{"businesses": [{"name": "A", "colour": "red"}]}"#, "businesses[0].colour"),
        (
            #"{"businesses": [{"name": "A", "id": "506914307656634"}, {"name": "B", "id": "506914307656634"}]}"#,
            "two things"
        ),
        (#"{"scenarios": ["doom"]}"#, "scenarios[0]"), ("[]", "object"), ("{", "byte"),
    ])
    func `a wrong seed file is refused with the place of the fault`(_ text: String, _ place: String) async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let answer = try await sandbox.send(.PUT, "/_sandbox/world", json: text)
            #expect(answer.status == 400)
            #expect(answer.body["error"]["message"].string.contains(place), "\(answer.text)")
            #expect(try await sandbox.get("/v26.0/\(customer.wabaID)", token: customer.token).status == 200)
        }
    }

    @Test func `an exported world comes back whole, in another simulator too`() async throws {
        let (customer, export) = try await Sandbox.run(Self.fleet(5, seed: 3)) { sandbox in
            let customer = try await sandbox.onboard(#"{"pin":"150954"}"#)
            #expect(try await sandbox.register(customer, pin: "150954").status == 200)
            try await sandbox.advance(seconds: 7200)
            _ = try await sandbox.post("/_sandbox/scenarios", #"{"name":"throttled"}"#)
            _ = try await sandbox.delete("/_sandbox/scenarios/throttled")
            _ = try await sandbox.post("/_sandbox/scenarios", #"{"name":"pin_mismatch"}"#)
            return (customer, try await sandbox.get("/_sandbox/world/export").text)
        }
        try await Sandbox.run { sandbox in
            let answer = try await sandbox.send(.PUT, "/_sandbox/world", json: export)
            #expect(answer.status == 200, "\(answer.text)")
            let number = try await sandbox.get(
                "/v26.0/\(customer.phoneNumberID)", ["fields": "status"], token: customer.token)
            #expect(number.body["status"].string == "CONNECTED")
            #expect(try await sandbox.register(customer, pin: "111111").errorCode == 133005)
            #expect(try await sandbox.exchange(customer.code).errorSubcode != nil)
            #expect(try await sandbox.get("/_sandbox/clock").body["offset_ms"].int == 7_200_000)
            #expect(try await sandbox.get("/_sandbox/effects").body["data"]["registered"].int == 1)
            let other = try await sandbox.onboard()
            #expect(try await sandbox.register(other, pin: "222222").errorCode == 133005)
            let torn = try await sandbox.send(.PUT, "/_sandbox/world", json: String(export.dropLast(20)))
            #expect(torn.status == 400)
        }
    }

    @Test func `a fleet can be added to a world, once`() async throws {
        try await Sandbox.run { sandbox in
            let customer = try await sandbox.onboard()
            let added = try await sandbox.post("/_sandbox/fleet", #"{"businesses":20,"seed":5}"#)
            #expect(added.status == 201)
            #expect((added.body["wabas"].int ?? 0) > 20)
            #expect(try await sandbox.post("/_sandbox/fleet", #"{"businesses":20,"seed":5}"#).status == 409)
            #expect(try await sandbox.get("/v26.0/\(customer.wabaID)", token: customer.token).status == 200)
        }
    }

    @Test func `a kept world is not begun again`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sandbox-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let begin: @Sendable (inout SimulatorConfiguration) -> Void = {
            Self.fleet(10, seed: 7)(&$0)
            $0.dataDirectory = folder
            $0.reviewDelayMilliseconds = 600_000
        }
        let before = try await Sandbox.run(begin) { sandbox in
            _ = try await sandbox.signUp()
            return try await Self.text(of: sandbox)
        }
        let after = try await Sandbox.run(begin) { try await Self.text(of: $0) }
        #expect(before == after)
    }

    @Test func `the journal is rewritten while calls go on, and nothing is lost`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sandbox-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let small: @Sendable (inout SimulatorConfiguration) -> Void = {
            $0.dataDirectory = folder
            $0.smallestCompactionBytes = 20_000
        }
        let names = try await Sandbox.run(small) { sandbox in
            let customer = try await sandbox.onboard()
            let path = "/v26.0/\(customer.phoneNumberID)/whatsapp_business_profile"
            for number in 0..<300 {
                let about = #"{"messaging_product":"whatsapp","about":"Number \#(number)"}"#
                #expect(try await sandbox.post(path, about, token: customer.token).status == 200)
            }
            return (customer, path)
        }
        let size = try FileManager.default.attributesOfItem(atPath: folder + "/graph-world.jsonl")[.size] as? Int
        // 300 lines of a number are about 200 kB.
        #expect((size ?? .max) < 100_000)
        try await Sandbox.run(small) { sandbox in
            let profile = try await sandbox.get(names.1, ["fields": "about"], token: names.0.token)
            #expect(profile.body["data"][0]["about"].string == "Number 299")
        }
    }
}

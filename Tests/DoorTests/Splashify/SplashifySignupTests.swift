// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import Services

/// Source: Splashify, "TP-Signup" (the seed document), field table, error table, notes.
@Suite(.timeLimit(.minutes(5)))
struct SplashifySignupTests {
    /// The body of the document's cURL, byte for byte.
    static let documented = """
        { "entry": [{ "changes": [{ "value": { "event": "PARTNER_ADDED", "waba_info": { "waba_id": "123456789012345", \
        "solution_id": "987654321012345", "phone_number": "+919999999999", "data_localization_region": "IN" } } }] }], \
        "auto_subscribe": false, "object": "tech_partner" }
        """
    static let waba = WABAID("123456789012345")
    static let solution = SolutionID("987654321012345")

    private func withDoor(
        _ body: @Sendable @escaping (DoorWorld, SplashifyClient) async throws -> Void
    ) async throws {
        try await DoorWorld.run { world in
            let partner = world.acme.partner
            try await world.store.write { tx in _ = try tx.partners.addSolution(Self.solution, to: partner) }
            world.graph.answer("read_solution", with: .json(#"{"id":"987654321012345","status":"ACTIVE"}"#))
            try await SplashifyClient.run(world.worlds, key: world.acme.key) { try await body(world, $0) }
        }
    }

    private func path(_ customer: CustomerID) -> String { "/api/v1/partner/customers/\(customer)/whatsapp/tp-signup" }

    private func runs(_ world: DoorWorld, of partner: PartnerID) async throws -> [Onboarding] {
        try await world.store.read { tx in
            try tx.onboardings.page(OnboardingTable.Filter(partner: partner), PageRequest()).items
        }
    }

    @Test func theDocumentedCallIsAcceptedForProcessing() async throws {
        try await withDoor { world, client in
            let answer = try await client.call(.post, path(world.acme.customer), Self.documented)
            #expect(answer.status == 200)
            #expect(answer.body == #"{"success":true}"#)
            #expect(answer.contentType == "application/json")
            let run = try #require(try await runs(world, of: world.acme.partner).first)
            #expect(run.plan == .techPartner)
            #expect(run.customerID == world.acme.customer)
            #expect(run.claimedWABAID == Self.waba)
            #expect(run.provenWABAID == nil)
            #expect(run.solutionID == Self.solution)
            #expect(run.phoneNumber == "+919999999999")
            #expect(run.region == "IN")
            #expect(!run.steps.map(\.kind).contains(.subscribeApp))
            #expect(world.graph.calls == ["read_solution"])
        }
    }

    @Test func autoSubscribeAddsTheSubscription() async throws {
        try await withDoor { world, client in
            let body = Self.documented.replacing(#""auto_subscribe": false"#, with: #""auto_subscribe": true"#)
            #expect(try await client.call(.post, path(world.acme.customer), body).status == 200)
            let run = try #require(try await runs(world, of: world.acme.partner).first)
            #expect(run.steps.map(\.kind).contains(.subscribeApp))
        }
    }

    @Test func autoSubscribeMayBeLeftOut() async throws {
        try await withDoor { world, client in
            let body = Self.documented.replacing(#""auto_subscribe": false, "#, with: "")
            #expect(try await client.call(.post, path(world.acme.customer), body).status == 200)
            let run = try #require(try await runs(world, of: world.acme.partner).first)
            #expect(!run.steps.map(\.kind).contains(.subscribeApp))
        }
    }

    // MARK: Idempotency

    @Test func theSameWABAAgainUpdatesTheLinkInPlace() async throws {
        try await withDoor { world, client in
            #expect(try await client.call(.post, path(world.acme.customer), Self.documented).status == 200)
            let changed = Self.documented.replacing("+919999999999", with: "+919999999998")
            let again = try await client.call(.post, path(world.acme.customer), changed)
            #expect(again.status == 200)
            #expect(again.body == #"{"success":true}"#)
            let found = try await runs(world, of: world.acme.partner)
            #expect(found.count == 1)
            #expect(found.first?.phoneNumber == "+919999999998")
        }
    }

    @Test func everyChangeOfEveryEntryIsEnrolled() async throws {
        try await withDoor { world, client in
            let answer = try await client.call(
                .post, path(world.acme.customer), Self.batch([["111", "222"], ["333"]]))
            #expect(answer.status == 200)
            let found = try await runs(world, of: world.acme.partner).compactMap { $0.claimedWABAID?.rawValue }
            #expect(found.sorted() == ["111", "222", "333"])
        }
    }

    @Test func aFaultInOneChangeEnrolsNone() async throws {
        try await withDoor { world, client in
            let answer = try await client.call(.post, path(world.acme.customer), Self.batch([["111"], ["222", ""]]))
            #expect(answer.status == 400)
            #expect(answer.body == failure("entry[1].changes[1].value.waba_info.waba_id is required"))
            #expect(try await runs(world, of: world.acme.partner).isEmpty)
            #expect(world.graph.calls.isEmpty)
        }
    }

    @Test func moreChangesThanOneTransactionMayHoldAreRefused() async throws {
        try await withDoor { world, client in
            let many = [(1...26).map { "1\($0)" }]
            let answer = try await client.call(.post, path(world.acme.customer), Self.batch(many))
            #expect(answer.status == 400)
            #expect(answer.body == failure("entry must not have more than 25 changes"))
        }
    }

    private static func batch(_ wabas: [[String]]) -> String {
        let entries = wabas.map { changes in
            let values = changes.map { waba in
                """
                {"value": {"event": "PARTNER_ADDED", "waba_info": {"waba_id": "\(waba)", "solution_id": "987654321012345",
                "phone_number": "+919999999999", "data_localization_region": "SG"}}}
                """
            }
            return #"{"changes": [\#(values.joined(separator: ","))]}"#
        }
        return #"{"object": "tech_partner", "entry": [\#(entries.joined(separator: ","))]}"#
    }

    // MARK: 400

    struct BadBody: Sendable, CustomTestStringConvertible {
        let description: String
        let body: String
        let message: String
        var testDescription: String { description }
    }

    /// The document shows one row; the others follow its pattern.
    static let badBodies: [BadBody] = [
        bad("the document's example", #""waba_id": "123456789012345", "#, "", "\(info)waba_id is required"),
        bad("null is missing", #""waba_id": "123456789012345""#, #""waba_id": null"#, "\(info)waba_id is required"),
        bad("an empty text is missing", "123456789012345", "", "\(info)waba_id is required"),
        bad("no solution", #""solution_id": "987654321012345", "#, "", "\(info)solution_id is required"),
        bad("no number", #""phone_number": "+919999999999", "#, "", "\(info)phone_number is required"),
        bad("no region", #", "data_localization_region": "IN""#, "", "\(info)data_localization_region is required"),
        bad("no event", #""event": "PARTNER_ADDED", "#, "", "entry[0].changes[0].value.event is required"),
        bad("no waba_info", #""waba_info""#, #""waba""#, "entry[0].changes[0].value.waba_info is required"),
        bad("no value", #""value""#, #""values""#, "entry[0].changes[0].value is required"),
        bad("no changes", #""changes""#, #""change""#, "entry[0].changes is required"),
        bad("no entry", #""entry""#, #""entries""#, "entry is required"),
        bad("no object", #", "object": "tech_partner""#, "", "object is required"),
        BadBody(
            description: "empty entry", body: #"{"entry": [], "object": "tech_partner"}"#, message: "entry is required"),
        BadBody(
            description: "empty changes", body: #"{"entry": [{"changes": []}], "object": "tech_partner"}"#,
            message: "entry[0].changes is required"),
        bad("another object", #""tech_partner""#, #""whatsapp_business_account""#, #"object must be \"tech_partner\""#),
        bad(
            "another event", "PARTNER_ADDED", "PARTNER_REMOVED",
            #"entry[0].changes[0].value.event must be \"PARTNER_ADDED\""#),
        bad("a number for a text", #""123456789012345""#, "123456789012345", "\(info)waba_id must be a string"),
        bad("a WABA that is no id", "123456789012345", "waba-1", "\(info)waba_id must be 1 to 20 digits"),
        bad("a solution that is no id", "987654321012345", "abc", "\(info)solution_id must be 1 to 20 digits"),
        bad("no plus", "+919999999999", "919999999999", "\(info)phone_number must be in E.164 format with +"),
        bad("a zero first", "+919999999999", "+019999999", "\(info)phone_number must be in E.164 format with +"),
        bad("spaces", "+919999999999", "+91 99999 99999", "\(info)phone_number must be in E.164 format with +"),
        bad("16 digits", "+919999999999", "+9199999999999999", "\(info)phone_number must be in E.164 format with +"),
        bad("3 letters", #""IN""#, #""IND""#, "\(info)data_localization_region must be a 2-letter ISO region code"),
        bad("a digit", #""IN""#, #""I1""#, "\(info)data_localization_region must be a 2-letter ISO region code"),
        bad("auto_subscribe as text", "false", #""false""#, "auto_subscribe must be true or false"),
        bad("entry is an object", "[{ \"changes\"", "{ \"changes\"", "valid JSON body required"),
        BadBody(
            description: "entry is text", body: #"{"entry": "x", "object": "y"}"#, message: "entry must be an array"),
        BadBody(description: "no JSON", body: "{", message: "valid JSON body required"),
        BadBody(description: "no body", body: "", message: "valid JSON body required"),
    ]

    private static let info = "entry[0].changes[0].value.waba_info."

    private static func bad(_ name: String, _ old: String, _ new: String, _ message: String) -> BadBody {
        BadBody(description: name, body: documented.replacing(old, with: new), message: message)
    }

    @Test(arguments: badBodies) func whatIsWrongIsNamedByItsPath(_ bad: BadBody) async throws {
        #expect(bad.body != Self.documented)
        try await withDoor { world, client in
            let answer = try await client.call(.post, path(world.acme.customer), bad.body)
            #expect(answer.status == 400)
            #expect(answer.body == failure(bad.message))
            #expect(try await runs(world, of: world.acme.partner).isEmpty)
        }
    }

    @Test func aBodyOfMoreThan256KiBIsRefused() async throws {
        try await withDoor { world, client in
            let body = String(repeating: " ", count: 256 * 1024 + 1)
            let answer = try await client.call(.post, path(world.acme.customer), body)
            #expect(answer.status == 413)
            #expect(answer.body == failure("body must not exceed 262144 bytes"))
        }
    }

    // MARK: 401, 404, 503

    @Test(arguments: [nil, "", "pk_live_unknown", "pk_test_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "nonsense"])
    func aWrongKeyIsUnauthorized(_ key: String?) async throws {
        try await withDoor { world, client in
            let answer = try await client.with(key: key).call(.post, path(world.acme.customer), Self.documented)
            #expect(answer.status == 401)
            #expect(answer.body == failure("unauthorized"))
        }
    }

    @Test func theOperatorsKeyIsNoPartners() async throws {
        try await withDoor { world, client in
            let answer = try await client.with(key: world.operatorKey).call(
                .post, path(world.acme.customer), Self.documented)
            #expect(answer.status == 401)
            #expect(answer.body == failure("unauthorized"))
        }
    }

    @Test func unknownAndForeignCustomersLookAlike() async throws {
        try await withDoor { world, client in
            for id in [world.globex.customer, CustomerID("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"), CustomerID("42")] {
                let answer = try await client.call(.post, path(id), Self.documented)
                #expect(answer.status == 404)
                #expect(answer.body == failure("customer not found"))
            }
            #expect(world.graph.calls.isEmpty)
        }
    }

    @Test func aPartnerWithoutWhatsAppIsToldBeforeAnythingElse() async throws {
        try await withDoor { world, client in
            let partner = world.acme.partner
            try await world.store.write { tx in _ = try tx.partners.setWhatsApp(isEnabled: false, for: partner) }
            let expected = failure(
                "WhatsApp integration is not configured for your account. Contact support.")
            for (customer, body) in [(world.acme.customer, Self.documented), (world.globex.customer, "{")] {
                let answer = try await client.call(.post, path(customer), body)
                #expect(answer.status == 503)
                #expect(answer.body == expected)
            }
        }
    }

    // MARK: The platform

    @Test(arguments: [400, 403, 404, 429]) func theRefusalOfThePlatformPassesThrough(_ status: Int) async throws {
        try await withDoor { world, client in
            world.graph.answer("read_solution", with: .failure(.refusal("read_solution", status: status)))
            let answer = try await client.call(.post, path(world.acme.customer), Self.documented)
            #expect(answer.status == status)
            #expect(
                answer.body
                    == canonical(
                        """
                        {"success": false, "message": "(#100) refused",
                         "error": {"message": "(#100) refused", "code": 100, "error_subcode": 33}}
                        """))
            #expect(try await runs(world, of: world.acme.partner).isEmpty)
        }
    }

    @Test func aSolutionOfAnotherPartnerReadsAsMetaRefusesAForeignID() async throws {
        try await withDoor { world, client in
            let answer = try await client.with(key: world.globex.key).call(
                .post, path(world.globex.customer), Self.documented)
            #expect(answer.status == 400)
            #expect(answer.text.contains("Unsupported get request. Object with ID '987654321012345' does not exist"))
        }
    }

    @Test(arguments: [
        GraphError.silence("read_solution"),
        GraphError(class: .transient, reach: .answered, operation: "read_solution", httpStatus: 500, message: "oops"),
    ])
    func aSilentOrBrokenPlatformIsA502(_ error: GraphError) async throws {
        try await withDoor { world, client in
            world.graph.answer("read_solution", with: .failure(error))
            let answer = try await client.call(.post, path(world.acme.customer), Self.documented)
            #expect(answer.status == 502)
            #expect(answer.body == failure("WhatsApp request failed. Try again shortly."))
            #expect(try await runs(world, of: world.acme.partner).isEmpty)
        }
    }

    // MARK: Tenants

    @Test func namingAnothersWABAIsAcceptedAndGivesNothing() async throws {
        try await withDoor { world, client in
            try await world.store.seedWABA(Self.waba, of: world.globex.seeded)
            #expect(try await client.call(.post, path(world.acme.customer), Self.documented).status == 200)
            let run = try #require(try await runs(world, of: world.acme.partner).first)
            #expect(run.provenWABAID == nil)
            let owner = try await world.store.read { try $0.wabas.find(Self.waba)?.partnerID }
            #expect(owner == world.globex.partner)
            let numbers = try await client.call(.get, "/api/v25.0/\(Self.waba)/phone_numbers")
            #expect(numbers.status == 403)
        }
    }

    @Test func aKeyOpensItsOwnWorldOnly() async throws {
        try await withDoor { world, _ in
            try await SplashifyClient.run(Worlds(live: world.services), key: world.acme.key) { client in
                let answer = try await client.call(.post, path(world.acme.customer), Self.documented)
                #expect(answer.status == 401)
            }
        }
    }

    @Test func liveKeysOpenTheLiveWorld() async throws {
        try await withDoor { world, _ in
            let key = APIKeys.newSecret(role: .partner, world: "live")
            try await world.services.apiKeys.adopt(OtherSecret(key), for: world.acme.partner)
            try await SplashifyClient.run(Worlds(live: world.services), key: key) { client in
                let answer = try await client.call(.post, path(world.acme.customer), Self.documented)
                #expect(answer.status == 200)
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import GraphClient
import HTTPTypes
import PartnerWebhooks
import Services
import SinchAPI
import Store
import Synchronization
import TestSupport

/// A world with Sinch's door before it, and what a case needs to be there first.
final class SinchStage: Sendable {
    let world: DoorWorld
    let client: SinchClient
    private let names = Mutex<[String: String]>([:])

    static let waba = WABAID("102290129340398")
    static let number = PhoneNumberID("106540352242922")
    static let added = PhoneNumberID("106540352242999")

    init(_ world: DoorWorld, _ client: SinchClient) {
        self.world = world
        self.client = client
    }

    static func run<T: Sendable>(_ body: @Sendable (SinchStage) async throws -> T) async throws -> T {
        try await DoorWorld.run { world in
            try await SinchClient.run(world) { client in try await body(SinchStage(world, client)) }
        }
    }

    /// Keeps an id under a name, for `{name}` in later paths and bodies.
    func keep(_ id: String, as name: String) { names.withLock { $0[name] = id } }

    func filled(_ text: String) -> String {
        names.withLock { names in
            names.reduce(text) { $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value) }
        }
    }

    func id(_ name: String) -> String { names.withLock { $0[name] ?? "" } }

    func call(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> SinchClient.Answer {
        try await client.call(method, filled(path), body.map { filled($0) })
    }

    // MARK: What is there first

    /// `POST /whatsapp`, partner-initiated. Source: Sinch, create account.
    static let accountBody = """
        {"wabaName": "Lucky Shrub", "clientBusinessManagerId": "506914307656634",
         "senderDetails": {"displayName": "Lucky Shrub", "businessCategory": "OTHER", "region": "EU",
                           "metaLocalStorage": "DE"}}
        """

    func createAccount() async throws {
        let answer = try await call(.post, "/whatsapp", Self.accountBody)
        precondition(answer.status == 201, "the account is created: \(answer.text)")
    }

    /// As the operator rejects: its run is cancelled.
    func rejectAccount() async throws {
        try await createAccount()
        let run = try await world.store.read { tx in
            try tx.onboardings.page(OnboardingTable.Filter(partner: self.world.acme.partner), PageRequest(limit: 1))
                .items
        }
        for run in run { _ = try await world.services.onboardings.cancel(run.id, by: SinchAccess.creator) }
    }

    /// A WABA of the project's customer with a connected number, begun through another door.
    func onboard() async throws {
        let seeded = world.acme.seeded
        try await world.store.seedWABA(Self.waba, of: seeded)
        try await world.store.write { tx in
            try tx.phoneNumbers.upsert(
                PhoneNumberFacts(
                    id: Self.number, displayPhoneNumber: "+1 555-078-3881", verifiedName: "Lucky Shrub",
                    status: "CONNECTED", qualityRating: "GREEN", nameStatus: "APPROVED",
                    codeVerificationStatus: "VERIFIED", platformType: "CLOUD_API"),
                waba: Self.waba, partner: seeded.partner)
            try tx.secrets.put(BusinessToken("business-token-canary"), as: .businessToken, of: .waba(Self.waba))
        }
        let list = try await call(.get, "/whatsapp/senders")
        let senders = list.json["senders"] as? [[String: Any]] ?? []
        keep(senders.first?["id"] as? String ?? "", as: "sender")
    }

    /// A partner-initiated sender whose number is added and waits for its code; `{sender}` is its id.
    func addNumber() async throws {
        try await onboard()
        planNumbers()
        let answer = try await call(.post, "/whatsapp/senders", Self.numberBody)
        precondition(answer.status == 201, "the sender is created: \(answer.text)")
        keep(answer.id, as: "sender")
    }

    /// Source: Sinch, create sender, partner initiated.
    static let numberBody = """
        {"phoneNumberProvider": "CUSTOMER", "status": "SUBMIT",
         "details": {"displayName": "Lucky Shrub", "vertical": "OTHER", "countryCode": "48",
                     "phoneNumber": "777777777", "about": "Plants"}}
        """

    /// Meta as it answers when all goes well.
    func planNumbers() {
        let answers = [
            "list_phone_numbers": #"{"data": []}"#, "add_phone_number": #"{"id": "\#(Self.added)"}"#,
            "read_phone_number": """
            {"id": "\(Self.added)", "display_phone_number": "+48 777 777 777", "verified_name": "Lucky Shrub",
             "code_verification_status": "NOT_VERIFIED"}
            """,
            "request_code": #"{"success": true}"#, "verify_code": #"{"success": true}"#,
            "register": #"{"success": true}"#, "update_profile": #"{"success": true}"#,
            "update_phone_number": #"{"success": true}"#,
        ]
        for (operation, answer) in answers { world.graph.answer(operation, with: .json(answer)) }
    }

    /// A sender that failed: Meta refused its number.
    func failSender() async throws {
        try await onboard()
        planNumbers()
        world.graph.answer("add_phone_number", with: .failure(.refusal("add_phone_number", subcode: nil)))
        keep(try await call(.post, "/whatsapp/senders", Self.numberBody).id, as: "sender")
    }

    func draftSender() async throws {
        try await onboard()
        let body = Self.numberBody.replacingOccurrences(of: "SUBMIT", with: "DRAFT")
        keep(try await call(.post, "/whatsapp/senders", body).id, as: "sender")
    }

    func webhook(_ number: Int = 1, triggers: String = #""ALL""#) async throws {
        let answer = try await call(
            .post, "/webhooks",
            #"{"target": "https://partner.example/hooks/\#(number)", "secret": "s3cret", "triggers": [\#(triggers)]}"#)
        precondition(answer.status == 201, "the webhook is created: \(answer.text)")
        keep(answer.id, as: "webhook")
    }

    func fillWebhooks() async throws {
        for number in 1...15 { try await webhook(number) }
    }

    func fail(_ operation: String, _ error: GraphError) {
        world.graph.answer(operation, with: .failure(error))
    }

    func planToken(_ operation: String = "long_lived_token") {
        world.graph.answer(
            "debug_token",
            with: .json(
                """
                {"data": {"is_valid": true, "app_id": "634974688087057", "granular_scopes":
                 [{"scope": "whatsapp_business_management", "target_ids": ["102290129340398"]}]}}
                """))
        world.graph.answer("exchange_code", with: .json(#"{"access_token": "short"}"#))
        world.graph.answer("long_lived_token", with: .json(#"{"access_token": "FACEBOOK_TOKEN"}"#))
        world.graph.answer("read_waba", with: .json(#"{"id": "100000000000000", "name": "Example company"}"#))
        world.graph.answer(
            "list_phone_numbers",
            with: .json(#"{"data": [{"id": "222222222222222", "display_phone_number": "+48 777 777777"}]}"#))
    }

    /// WABAs that a token names.
    func planTargets(_ ids: String) {
        let scope = #"{"scope": "whatsapp_business_management", "target_ids": [\#(ids)]}"#
        world.graph.answer(
            "debug_token", with: .json(#"{"data": {"is_valid": true, "granular_scopes": [\#(scope)]}}"#))
    }

    /// Another project of the same partner has the WABA and, once it is looked at, the number as a sender.
    func useElsewhere(number: Bool) async throws {
        let acme = world.acme
        let other = try await world.services.projects.projects.create(
            name: "Other", for: acme.partner, customer: nil, by: SinchAccess.creator)
        let seeded = SeededPartner(app: acme.seeded.app, partner: acme.partner, customer: other.customerID)
        try await world.store.seedWABA(Self.waba, of: seeded)
        guard number else { return }
        try await world.store.write { tx in
            try tx.phoneNumbers.upsert(
                PhoneNumberFacts(id: Self.number, status: "CONNECTED", platformType: "CLOUD_API"), waba: Self.waba,
                partner: acme.partner)
            try tx.projects.adopt(other)
        }
    }

    func grantTokens() async throws {
        try await world.services.projects.projects.setGrant(
            .longLivedTokens, isGiven: true, to: world.acme.partner, by: SinchAccess.creator)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import NativeAPI
import Services
import Store
import TestSupport
import Testing

/// One of everything that a partner can have.
struct Estate: Sendable {
    let tenant: DoorWorld.Tenant
    let waba: WABAID
    let number: PhoneNumberID
    let onboarding: OnboardingID
    let endpoint: EndpointID
    let event: EventID
    let delivery: DeliveryID
    let activation: ActivationID
    let account: AccountSID
    /// A second key, to be revoked.
    let key: APIKeyID
    let reconciliation: ReconciliationID
    let imported: ImportID

    /// The id that a route's `{id}` stands for.
    func id(for path: String) throws -> String {
        switch path.split(separator: "/").first {
        case "customers": tenant.customer.rawValue
        case "onboardings": onboarding.rawValue
        case "wabas": waba.rawValue
        case "phone_numbers": number.rawValue
        case "endpoints": endpoint.rawValue
        case "events": event.rawValue
        case "deliveries": delivery.rawValue
        case "partners": tenant.partner.rawValue
        case "keys": key.rawValue
        case "activations": activation.rawValue
        case "kaleyra_accounts": account.rawValue
        case "apps": tenant.seeded.app.rawValue
        case "reconciliations": reconciliation.rawValue
        case "imports": imported.rawValue
        default: try #require(nil, "the matrix knows no object for \(path)")
        }
    }
}

extension DoorWorld {
    func estate(of tenant: Tenant, waba: WABAID, number: PhoneNumberID) async throws -> Estate {
        let caller = try await worlds.caller(presenting: tenant.key)
        try await store.seedWABA(waba, of: tenant.seeded)
        try await store.seedPhoneNumber(number, on: waba, of: tenant.seeded)
        try await store.write { try $0.secrets.put(BusinessToken("token-canary"), as: .businessToken, of: .waba(waba)) }
        try await store.write { try $0.secrets.put(RegistrationPIN("867530"), as: .pin, of: .phoneNumber(number)) }
        graph.answer("read_phone_number", with: .json(#"{"id": "{subject}", "status": "PENDING"}"#))
        graph.answer("read_profile", with: .json(#"{"data": [{"about": "Plants"}]}"#))
        graph.answer("debug_token", with: .json(#"{"data": {"is_valid": true}}"#))
        for operation in [
            "update_profile", "request_code", "verify_code", "register", "update_phone_number", "deregister",
        ] {
            graph.answer(operation, with: .json(#"{"success": true}"#))
        }
        let draft = Endpoints.Draft(
            url: "https://hooks.example.com/\(tenant.partner)", events: try #require(EventFilter(validating: ["*"])),
            format: .standard, customerID: nil)
        let created = try await services.endpoints.create(draft, by: caller.principal)
        guard case .fresh(let endpoint) = created else { throw Unexpected() }
        let onboarding = try await stoppedOnboarding(of: tenant, caller.principal)
        let event = try #require(
            try await store.write { tx in
                try tx.publish(
                    EventDraft(
                        type: .wabaOnboarded, partnerID: tenant.partner, customerID: tenant.customer, wabaID: waba,
                        phoneNumberID: number, data: ["note": "päckchen \"1\""], dedupeKey: "estate"))
            })
        let requested = try await activation(of: tenant)
        let page = try await services.events.deliveries(event: event, PageRequest(), for: caller.principal)
        return Estate(
            tenant: tenant, waba: waba, number: number, onboarding: onboarding, endpoint: endpoint.endpoint.id,
            event: event, delivery: try #require(page.items.first).id,
            activation: requested.id, account: requested.sid,
            key: try await services.apiKeys.mint(for: tenant.partner, by: "test").key.id,
            reconciliation: try await endedReconciliation(of: tenant), imported: try await endedImport(of: tenant))
    }

    /// Ended, so that the next one may begin.
    private func endedReconciliation(of tenant: Tenant) async throws -> ReconciliationID {
        try await store.write { tx in
            var run = try #require(try tx.reconciliations.begin(app: tenant.seeded.app, repairs: false, by: "test"))
            run.state = .finished
            try tx.reconciliations.save(run)
            return run.id
        }
    }

    private func endedImport(of tenant: Tenant) async throws -> ImportID {
        try await store.write { tx in
            let item = WABAImport(
                id: ImportID(at: tx.now), appID: tenant.seeded.app, source: .meta, state: .finished,
                partnerID: tenant.partner, requestedBy: "test", rowTotal: nil, createdAt: tx.now, updatedAt: tx.now)
            try tx.imports.insert(item, pieces: [])
            return item.id
        }
    }

    /// A submitted request, with its certificate.
    private func activation(of tenant: Tenant) async throws -> Activation {
        let system = Principal(role: .operator, partnerID: nil, actor: "test")
        let created = try await services.activationAccounts.create(
            for: tenant.partner, customer: nil, isVerified: true, by: system)
        let session = try await services.activationAccounts.authenticate(
            sid: created.account.sid.rawValue, key: created.secret.secret)
        let draft = services.activations.receiveCertificate()
        try await draft.append(Array("%PDF-1.7 a certificate".utf8))
        let request = ActivationRequest(
            displayName: "Test", phoneNumber: "+13236001237", businessID: BusinessID("1234567891"),
            businessName: "Kaleyra", incomingURL: nil)
        return try await services.activations.submit(request, certificate: draft, by: session)
    }

    func estates() async throws -> (acme: Estate, globex: Estate) {
        (
            try await estate(of: acme, waba: WABAID("102290129340398"), number: PhoneNumberID("106540352242922")),
            try await estate(of: globex, waba: WABAID("202290129340398"), number: PhoneNumberID("206540352242922"))
        )
    }

    /// Stopped for a PIN: may be resumed and cancelled.
    private func stoppedOnboarding(of tenant: Tenant, _ principal: Principal) async throws -> OnboardingID {
        var request = Onboardings.Request(customerID: tenant.customer, plan: .embeddedSignup)
        request.code = SignupCode("code-canary-\(tenant.partner)")
        guard case .fresh(let begun) = try await services.onboardings.begin(request, by: principal) else {
            throw Unexpected()
        }
        try await store.write { tx in
            var stopped = begun
            guard stopped.interrupt(.pinMismatch, detail: nil, at: tx.now) else { throw Unexpected() }
            try tx.onboardings.save(stopped, before: begun)
        }
        return begun.id
    }

    struct Unexpected: Error {}
}

extension NativeRoute: CustomTestStringConvertible {
    public var testDescription: String { "\(method.rawValue) \(path)" }

    /// A body that this route takes; nil where it takes none.
    var goodBody: String? {
        Self.goodBody(for: "\(method.rawValue) /api/v1/\(path)") ?? (method == .post ? "{}" : nil)
    }

    static func goodBody(for name: String) -> String? {
        if name.hasPrefix("POST"), name.hasSuffix("}/comments") { return #"{"text":"Hello"}"# }
        return switch name.replacing(" /api/v1/", with: " ") {
        case "POST customers": #"{"name":"New"}"#
        case "POST signups/abandoned": #"{"customer_id":"00000000-0000-7000-8000-000000000000"}"#
        case "POST onboardings": #"{"customer_id":"00000000-0000-7000-8000-000000000000","code":"abc"}"#
        case "POST endpoints": #"{"url":"https://hooks.example.com/new","events":["*"]}"#
        case "PATCH endpoints/{id}": #"{"state":"disabled"}"#
        case "POST phone_numbers":
            #"{"waba_id":"102290129340398","country_code":"49","phone_number":"15112345678","verified_name":"New"}"#
        case "POST phone_numbers/{id}/display_name": #"{"display_name":"New"}"#
        case "PATCH phone_numbers/{id}/profile": #"{"about":"Plants"}"#
        case "POST phone_numbers/{id}/verify_code": #"{"code":"123830"}"#
        case "POST partners": #"{"name":"New"}"#
        case "POST partners/{id}/projects": #"{"name":"New"}"#
        case "POST imports": #"{"source":"meta"}"#
        case "POST partners/{id}/solutions": #"{"solution_id":"774485461512159"}"#
        case "POST partners/{id}/businesses": #"{"business_id":"506914307656634"}"#
        case "POST activations/{id}/reject": #"{"reason":"The certificate cannot be read."}"#
        case "PUT apps/{id}": #"{"kind":"tech_provider","business_id":"2729063490586005"}"#
        default: nil
        }
    }
}

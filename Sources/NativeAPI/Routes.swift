// SPDX-License-Identifier: Apache-2.0
import HTTPSupport
package import HTTPTypes
import Hummingbird
import Services

/// One route of the native API and who may call it.
package struct NativeRoute: Sendable {
    /// Checked before the handler runs: a route without an audience does not exist.
    package enum Audience: Sendable, CaseIterable {
        case partner
        case `operator`
        /// Partners see their own, the operator everybody's.
        case both
    }

    package let method: HTTPRequest.Method
    /// Below `/api/v1`.
    package let path: String
    package let audience: Audience
    let handler: @Sendable (Request, GangwayContext) async throws -> Response

    init(
        _ method: HTTPRequest.Method, _ path: String, _ audience: Audience,
        _ handler: @escaping @Sendable (Request, GangwayContext) async throws -> Response
    ) {
        self.method = method
        self.path = path
        self.audience = audience
        self.handler = handler
    }

    func handle(_ request: Request, context: GangwayContext) async throws -> Response {
        let principal = try context.requirePrincipal()
        switch audience {
        case .partner: _ = try principal.requirePartner()
        case .operator: try principal.requireOperator()
        case .both: break
        }
        return try await handler(request, context)
    }
}

extension NativeAPI {
    /// Every path of the native API.
    package var routes: [NativeRoute] {
        tenantRoutes + numberRoutes + webhookRoutes + operatorRoutes + recordKeepingRoutes + activationRoutes
            + projectRoutes + trailRoutes
    }

    private var tenantRoutes: [NativeRoute] {
        let customers = CustomerController(cursors: cursors)
        let onboardings = OnboardingController(cursors: cursors)
        let wabas = WABAController(cursors: cursors)
        let accounts = AccountController(cursors: cursors)
        return [
            NativeRoute(.post, "customers", .partner, customers.create),
            NativeRoute(.get, "customers", .both, customers.list),
            NativeRoute(.get, "customers/{id}", .both, customers.find),
            NativeRoute(.post, "onboardings", .partner, onboardings.begin),
            NativeRoute(.get, "onboardings", .both, onboardings.list),
            NativeRoute(.get, "onboardings/{id}", .both, onboardings.find),
            NativeRoute(.post, "onboardings/{id}/resume", .both, onboardings.resume),
            NativeRoute(.post, "onboardings/{id}/cancel", .both, onboardings.cancel),
            NativeRoute(.post, "signups/abandoned", .partner, onboardings.abandon),
            NativeRoute(.get, "wabas", .both, wabas.list),
            NativeRoute(.get, "wabas/{id}", .both, wabas.find),
            NativeRoute(.post, "wabas/{id}/offboard", .both, onboardings.offboard),
            NativeRoute(.get, "onboardings/{id}/certificate", .both, onboardings.certificate),
            NativeRoute(.get, "phone_numbers", .both, accounts.listPhoneNumbers),
            NativeRoute(.get, "phone_numbers/{id}", .both, accounts.findPhoneNumber),
        ]
    }

    private var numberRoutes: [NativeRoute] {
        let numbers = PhoneNumberController()
        return [
            NativeRoute(.post, "phone_numbers", .both, numbers.add),
            NativeRoute(.post, "phone_numbers/{id}/request_code", .both, numbers.requestCode),
            NativeRoute(.post, "phone_numbers/{id}/verify_code", .both, numbers.verifyCode),
            NativeRoute(.post, "phone_numbers/{id}/register", .both, numbers.register),
            NativeRoute(.post, "phone_numbers/{id}/pin", .both, numbers.changePIN),
            NativeRoute(.post, "phone_numbers/{id}/deregister", .both, numbers.deregister),
            NativeRoute(.post, "phone_numbers/{id}/pin/reveal", .both, numbers.revealPIN),
            NativeRoute(.post, "phone_numbers/{id}/pin/allow_reveal", .operator, numbers.allowPINReveal),
            NativeRoute(.post, "phone_numbers/{id}/display_name", .both, numbers.requestName),
            NativeRoute(.post, "phone_numbers/{id}/refresh", .both, numbers.refresh),
            NativeRoute(.get, "phone_numbers/{id}/budgets", .both, numbers.budgets),
            NativeRoute(.get, "phone_numbers/{id}/profile", .both, numbers.profile),
            NativeRoute(.patch, "phone_numbers/{id}/profile", .both, numbers.updateProfile),
        ] + custodyRoutes
    }

    private var custodyRoutes: [NativeRoute] {
        let custody = CustodyController()
        return [
            NativeRoute(.get, "wabas/{id}/token", .both, custody.token),
            NativeRoute(.get, "apps/{id}/budgets", .operator, custody.customerBudget),
            NativeRoute(.get, "encryption", .operator, custody.encryption),
            NativeRoute(.post, "encryption/rotate", .operator, custody.rotate),
        ]
    }

    private var webhookRoutes: [NativeRoute] {
        let endpoints = EndpointController(cursors: cursors, formats: formats)
        let events = EventController(cursors: cursors)
        let activities = ActivityController(cursors: cursors)
        return [
            NativeRoute(.post, "endpoints", .partner, endpoints.create),
            NativeRoute(.get, "endpoints", .both, endpoints.list),
            NativeRoute(.get, "endpoints/{id}", .both, endpoints.find),
            NativeRoute(.patch, "endpoints/{id}", .both, endpoints.update),
            NativeRoute(.delete, "endpoints/{id}", .both, endpoints.delete),
            NativeRoute(.get, "events", .both, events.list),
            NativeRoute(.get, "events/{id}", .both, events.find),
            NativeRoute(.get, "deliveries", .both, events.listDeliveries),
            NativeRoute(.get, "deliveries/{id}", .both, events.findDelivery),
            NativeRoute(.post, "deliveries/{id}/redeliver", .both, events.redeliver),
            NativeRoute(.get, "activities", .both, activities.list),
        ]
    }

    private var recordKeepingRoutes: [NativeRoute] {
        let reconciliations = ReconciliationController(cursors: cursors)
        let imports = ImportController(cursors: cursors)
        return [
            NativeRoute(.post, "reconciliations", .operator, reconciliations.begin),
            NativeRoute(.get, "reconciliations", .operator, reconciliations.list),
            NativeRoute(.get, "reconciliations/{id}", .operator, reconciliations.find),
            NativeRoute(.get, "reconciliations/{id}/drift", .operator, reconciliations.drift),
            NativeRoute(.post, "reconciliations/{id}/cancel", .operator, reconciliations.cancel),
            NativeRoute(.post, "imports", .operator, imports.begin),
            NativeRoute(.get, "imports", .operator, imports.list),
            NativeRoute(.get, "imports/{id}", .operator, imports.find),
            NativeRoute(.get, "imports/{id}/rows", .operator, imports.rows),
        ]
    }

    private var trailRoutes: [NativeRoute] {
        let onboardings = OnboardingController(cursors: cursors)
        let comments = CommentController(cursors: cursors)
        let audit = AuditController()
        let doctor = DoctorController()
        let novelties = NoveltyController()
        return [
            NativeRoute(.get, "onboardings/{id}/replay", .both, onboardings.replay),
            NativeRoute(.post, "onboardings/{id}/comments", .both, comments.addToOnboarding),
            NativeRoute(.get, "onboardings/{id}/comments", .both, comments.listOfOnboarding),
            NativeRoute(.post, "wabas/{id}/comments", .both, comments.addToWABA),
            NativeRoute(.get, "wabas/{id}/comments", .both, comments.listOfWABA),
            NativeRoute(.post, "phone_numbers/{id}/comments", .both, comments.addToPhoneNumber),
            NativeRoute(.get, "phone_numbers/{id}/comments", .both, comments.listOfPhoneNumber),
            NativeRoute(.get, "doctor", .operator, doctor.examine),
            NativeRoute(.get, "novelties", .operator, novelties.list),
            NativeRoute(.delete, "novelties", .operator, novelties.clear),
            NativeRoute(.get, "novelties/fixtures", .operator, novelties.fixtures),
            NativeRoute(.get, "audit", .operator, audit.show),
            NativeRoute(.post, "audit/seal", .operator, audit.seal),
            NativeRoute(.get, "audit/verification", .operator, audit.verify),
        ]
    }

    private var activationRoutes: [NativeRoute] {
        let activations = ActivationController(cursors: cursors)
        let accounts = KaleyraAccountController()
        return [
            NativeRoute(.get, "activations", .both, activations.list),
            NativeRoute(.get, "activations/{id}", .both, activations.find),
            NativeRoute(.post, "activations/{id}/approve", .operator, activations.approve),
            NativeRoute(.post, "activations/{id}/reject", .operator, activations.reject),
            NativeRoute(.get, "activations/{id}/certificate", .operator, activations.certificate),
            NativeRoute(.post, "partners/{id}/kaleyra_accounts", .operator, accounts.create),
            NativeRoute(.get, "kaleyra_accounts", .both, accounts.list),
            NativeRoute(.post, "kaleyra_accounts/{id}/activate", .operator, accounts.activate),
            NativeRoute(.post, "kaleyra_accounts/{id}/trial", .operator, accounts.putOnTrial),
            NativeRoute(.post, "kaleyra_accounts/{id}/keys", .operator, accounts.rotateKey),
        ]
    }

    private var projectRoutes: [NativeRoute] {
        let projects = ProjectController(cursors: cursors)
        return [
            NativeRoute(.post, "partners/{id}/projects", .operator, projects.create),
            NativeRoute(.get, "partners/{id}/projects", .operator, projects.list),
            NativeRoute(.delete, "partners/{id}/projects/{project_id}", .operator, projects.remove),
            NativeRoute(.post, "partners/{id}/access_keys", .operator, projects.mintKey),
            NativeRoute(.get, "partners/{id}/access_keys", .operator, projects.listKeys),
            NativeRoute(.delete, "partners/{id}/access_keys/{key_id}", .operator, projects.revokeKey),
            NativeRoute(.put, "partners/{id}/long_lived_tokens", .operator, projects.allowTokens),
            NativeRoute(.delete, "partners/{id}/long_lived_tokens", .operator, projects.forbidTokens),
            NativeRoute(.post, "access_token_key/rotate", .operator, projects.rotateTokenKey),
        ]
    }

    private var operatorRoutes: [NativeRoute] {
        let partners = PartnerController(cursors: cursors)
        let keys = KeyController()
        let apps = AppController()
        let clock = ClockController()
        return [
            NativeRoute(.post, "partners", .operator, partners.create),
            NativeRoute(.get, "partners", .operator, partners.list),
            NativeRoute(.get, "partners/{id}", .both, partners.find),
            NativeRoute(.post, "partners/{id}/enable", .operator, partners.enable),
            NativeRoute(.post, "partners/{id}/disable", .operator, partners.disable),
            NativeRoute(.post, "partners/{id}/keys", .operator, keys.mint),
            NativeRoute(.post, "partners/{id}/solutions", .operator, partners.addSolution),
            NativeRoute(.post, "partners/{id}/businesses", .operator, partners.approveBusiness),
            NativeRoute(.get, "keys", .both, keys.list),
            NativeRoute(.delete, "keys/{id}", .both, keys.revoke),
            NativeRoute(.get, "clock", .operator, clock.show),
            NativeRoute(.post, "clock", .operator, clock.advance),
            NativeRoute(.get, "apps", .operator, apps.list),
            NativeRoute(.put, "apps/{id}", .operator, apps.set),
            NativeRoute(.get, "apps/{id}", .operator, apps.find),
        ]
    }
}

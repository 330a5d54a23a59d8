// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Opens the popups of Embedded Signup and takes them from step to step.
final class DialogDesk: Sendable {
    private struct Contents {
        var settings: SignupSettings
        var dialogs: [String: SignupDialog] = [:]
        var order: [String] = []
    }

    private let contents: Mutex<Contents>
    let world: World
    private let reviewDelay: Milliseconds
    private static let mostDialogs = 500

    init(world: World, configuration: SimulatorConfiguration) {
        self.world = world
        reviewDelay = configuration.reviewDelayMilliseconds
        contents = Mutex(Contents(settings: SignupSettings(configID: configuration.app.configID)))
    }

    var settings: SignupSettings { contents.withLock { $0.settings } }

    func changeSettings(_ body: JSON) throws(ControlFailure) -> JSON {
        try contents.withLock { (contents) throws(ControlFailure) in
            var settings = contents.settings
            try settings.change(body)
            contents.settings = settings
            return settings.json
        }
    }

    /// Newest first.
    var all: [SignupDialog] {
        contents.withLock { contents in contents.order.reversed().compactMap { contents.dialogs[$0] } }
    }

    func put(_ dialog: SignupDialog) {
        contents.withLock {
            if $0.dialogs[dialog.id] == nil { $0.order.append(dialog.id) }
            $0.dialogs[dialog.id] = dialog
            if $0.order.count > Self.mostDialogs { $0.dialogs[$0.order.removeFirst()] = nil }
        }
    }

    /// Forgets the popups; the settings stay.
    func clear() {
        contents.withLock {
            $0.dialogs = [:]
            $0.order = []
        }
    }

    func dialog(_ id: Substring) throws(ControlFailure) -> SignupDialog {
        guard let dialog = contents.withLock({ $0.dialogs[String(id)] }) else {
            throw ControlFailure("This popup is not known any more. Close it and start again.", status: 404)
        }
        return dialog
    }

    func openDialog(_ id: Substring) throws(ControlFailure) -> SignupDialog {
        let dialog = try dialog(id)
        guard dialog.outcome == .open else { throw ControlFailure("This signup has ended already.", status: 409) }
        return dialog
    }

    /// What the page shows first, or why there is nothing to show: the page, the app or the configuration is not allowed.
    func open(_ body: JSON) throws(ControlFailure) -> JSON {
        let settings = settings
        let extras = try Self.extras(body)
        let isHosted = body["hosted"]?.isTrue ?? false
        let appID = body["client_id"]?.text ?? body["app_id"]?.text ?? ""
        guard let party = world.read({ $0.party(ofApp: appID) }) else {
            throw ControlFailure("Invalid App ID: the provided app ID does not look like a valid app ID.")
        }
        guard let products = settings.configurations[body["config_id"]?.text ?? ""] else {
            throw ControlFailure("config_id: the app has no such Facebook Login for Business configuration.")
        }
        let version = SignupDialog.version(extras, default: settings.version)
        let (origin, redirectURI) = try Self.address(body, settings, isHosted: isHosted)
        let app = world.read { $0.app }
        let solutionID = extras["setup"]?["solutionID"]
        if let solutionID, solutionID != .string(app.solutionID) {
            throw ControlFailure("setup.solutionID: no solution of this app; it must be given as text.")
        }
        guard party.appID == app.appID || solutionID != nil else {
            throw ControlFailure("client_id: the solution's other app signs customers up through the solution only.")
        }
        let dialog = SignupDialog(
            id: Identifiers.text(24), openedAt: world.read { $0.now }, appID: appID, products: products,
            flow: SignupDialog.flow(extras, isHosted: isHosted), version: version, origin: origin,
            redirectURI: redirectURI, state: body["state"]?.text,
            givesCode: body["response_type"]?.text == "code"
                && body["override_default_response_type"]?.isTrue ?? false,
            sendsEvent: origin != nil && (version != .v2 || extras["sessionInfoVersion"] != nil),
            setup: extras["setup"] ?? .object([]))
        put(dialog)
        return view(dialog, appName: party.appName)
    }

    private static func extras(_ body: JSON) throws(ControlFailure) -> JSON {
        guard let text = body["extras"]?.text else { return body["extras"] ?? .object([]) }
        do throws(JSONParser.Failure) {
            return try JSONParser.parse(text)
        } catch {
            throw ControlFailure("extras: not JSON, fault at byte \(error.offset)")
        }
    }

    private static func address(
        _ body: JSON, _ settings: SignupSettings, isHosted: Bool
    ) throws(ControlFailure) -> (origin: String?, redirectURI: String?) {
        if isHosted { return (nil, nil) }
        if let redirect = body["redirect_uri"]?.text, !redirect.isEmpty {
            guard settings.allows(redirect) else {
                throw ControlFailure(
                    "URL blocked: this redirect failed because its host is not among the app's valid OAuth redirect URIs. "
                        + "Allow it with POST /_sandbox/signup_settings {\"allowed_domains\": […]}.")
            }
            return (nil, redirect)
        }
        guard let origin = body["origin"]?.text, !origin.isEmpty else { return (nil, nil) }
        guard settings.allows(origin) else {
            throw ControlFailure(
                "JSSDK unknown host domain: the page that opened this popup is not on the app's list of allowed domains. "
                    + "Allow it with POST /_sandbox/signup_settings {\"allowed_domains\": […]}.")
        }
        return (origin, nil)
    }

    private func view(_ dialog: SignupDialog, appName: String) -> JSON {
        let businesses = world.read { $0.recentCustomers(of: dialog.appID, atMost: 20) }
        let notice: JSON =
            dialog.version == .v4
            ? .null : .string("Meta ended \(dialog.version.rawValue) on 2026-10-15; the sandbox still plays it.")
        return [
            "id": .string(dialog.id), "app_name": .string(appName), "flow": .string(dialog.flow.rawValue),
            "version": .string(dialog.version.rawValue), "notice": notice,
            "steps": .strings(dialog.steps.map(\.rawValue)),
            "origin": dialog.origin.map { .string($0) } ?? .null, "is_full_page": .bool(dialog.redirectURI != nil),
            "cancel_events": .object(
                dialog.steps.map { .init($0.rawValue, dialog.cancelEvent(at: $0.rawValue)) }),
            "setup": dialog.setup, "businesses": businesses, "products": .strings(dialog.products),
        ]
    }

    func finish(_ id: Substring, _ body: JSON) throws -> JSON {
        var dialog = try openDialog(id)
        let whole = try dialog.order(body)
        let order = try SignupOrder(world.read { $0.rehearsal.signup(whole) }, defaultDelay: reviewDelay)
        let mishap = body["mishap"]?.text ?? ""
        let app = dialog.appID
        let isHosted = dialog.flow == .hosted
        let result = try world.change { state -> Result<JSON, ControlFailure> in
            do throws(ControlFailure) {
                var result = try state.signUp(order)
                if !isHosted, result["code"]?.text == nil, let business = result["business_id"]?.text {
                    result = result.merged(with: ["code": .string(state.issueCode(order, business, appID: app))])
                }
                if mishap == "code_used" { state.spend(result["code"]?.text) }
                return .success(result)
            } catch {
                return .failure(error)
            }
        }.get()
        let wabaID = result["waba_id"]?.text ?? ""
        let businessID = result["business_id"]?.text ?? ""
        let phoneID = result["phone_number_id"]?.text
        dialog.outcome = .finished
        dialog.code = result["code"]?.text
        dialog.eventName = SignupDialog.finishName(dialog.flow, hasNumber: phoneID != nil)
        put(dialog)
        let event = dialog.finishEvent(wabaID: wabaID, phoneNumberID: phoneID, businessID: businessID)
        let login = try login(dialog, businessID: businessID)
        let ending = Self.ending(
            event: mishap == "no_event" ? .null : event, login: mishap == "no_code" ? Self.noLogin : login,
            redirect: dialog.redirect([("code", dialog.code ?? "")]))
        return ending.merged(with: [
            "is_code_first": .bool(mishap == "code_first"), "waba_id": .string(wabaID),
            "business_id": .string(businessID), "phone_number_id": phoneID.map { .string($0) } ?? .null,
        ])
    }

    /// The code's 30 seconds begin when the customer leaves the last screen.
    func claim(_ id: Substring) throws -> JSON {
        let dialog = try dialog(id)
        if let code = dialog.code { try world.change { $0.renew(code) } }
        return ["success": true]
    }

    private func login(_ dialog: SignupDialog, businessID: String) throws -> JSON {
        guard dialog.flow != .hosted else { return Self.noLogin }
        if dialog.givesCode {
            return ["authResponse": ["code": dialog.code.map { .string($0) } ?? .null], "status": "unknown"]
        }
        let appID = dialog.appID
        let lifetime = WorldState.longLifetimeSeconds
        let token = try world.change { state in
            state.party(ofApp: appID).map {
                state.mintBusinessToken($0, customer: businessID, scopes: nil, lifetimeSeconds: lifetime)
            }
        }
        return [
            "authResponse": [
                "accessToken": token.map { .string($0.value) } ?? .null,
                "userID": token.map { .string($0.userID) } ?? .null,
                "expiresIn": .int(lifetime),
            ], "status": "connected",
        ]
    }

    static let noLogin: JSON = ["authResponse": .null, "status": "unknown"]
    static let denial = [
        ("error", "access_denied"), ("error_code", "200"), ("error_description", "Permissions error"),
        ("error_reason", "user_denied"),
    ]

    static func ending(event: JSON, login: JSON, redirect: JSON) -> JSON {
        ["event": event, "login": login, "redirect_to": redirect]
    }
}

// SPDX-License-Identifier: Apache-2.0

/// One popup of Embedded Signup from its opening to its end.
struct SignupDialog: Sendable {
    enum Flow: String, Sendable {
        case cloudAPI = "cloud_api"
        case businessApp = "business_app"
        case onlyWABA = "only_waba"
        case appOnlyInstall = "app_only_install"
        case solution
        case hosted
    }

    /// Source: reference section 5.2, `current_step`.
    enum Step: String, Sendable {
        case business = "BUSINESS_ACCOUNT_SELECTION"
        case waba = "WABA_PHONE_PROFILE_PICKER"
        case profile = "WHATSAPP_BUSINESS_PROFILE_SETUP"
        case number = "PHONE_NUMBER_SETUP"
        case code = "PHONE_NUMBER_VERIFICATION"
        case consent = "PERMISSIONS"
    }

    enum Outcome: String, Sendable { case open, finished, cancelled, reported }

    var id: String
    var openedAt: Milliseconds
    var appID: String
    var products: [String]
    var flow: Flow
    var version: SignupSettings.Version
    /// The page that opened the popup; nil where it was opened by hand, by a link or as a full page.
    var origin: String?
    var redirectURI: String?
    var state: String?
    /// False where the page did not override the default: Meta then gives a token and no code.
    var givesCode: Bool
    /// v2 tells the page only when it asked with `sessionInfoVersion`.
    var sendsEvent: Bool
    var setup: JSON
    var verification: Verification?
    var outcome = Outcome.open
    /// The code that was given, until it is asked for again.
    var code: String?
    var eventName: String?

    struct Verification: Sendable {
        var digits: String
        var code: String
        var isPassed = false
    }

    var steps: [Step] {
        switch flow {
        case .onlyWABA: [.business, .waba, .profile, .consent]
        case .appOnlyInstall: [.business, .waba, .consent]
        case .cloudAPI, .businessApp, .solution, .hosted: [.business, .waba, .profile, .number, .code, .consent]
        }
    }

    /// The page's choice by `featureType` and `features`. Source: reference section 5.1.
    static func flow(_ extras: JSON, isHosted: Bool) -> Flow {
        if isHosted { return .hosted }
        let features = extras["features"]?.elements?.compactMap { $0["name"]?.text ?? $0.text } ?? []
        let names = features + [extras["featureType"]?.text ?? ""]
        if names.contains("whatsapp_business_app_onboarding") || names.contains("coexistence") { return .businessApp }
        if names.contains("only_waba_sharing") { return .onlyWABA }
        if names.contains("app_only_install") { return .appOnlyInstall }
        return extras["setup"]?["solutionID"]?.text == nil ? .cloudAPI : .solution
    }

    static func version(_ extras: JSON, default fallback: SignupSettings.Version) -> SignupSettings.Version {
        let name = extras["version"]?.text ?? ""
        return SignupSettings.Version.allCases.first { name == $0.rawValue || name.hasPrefix($0.rawValue + "-") }
            ?? fallback
    }
}

extension SignupDialog {
    /// The text that the page receives. Source: reference section 5.2; graph-examples/embedded-signup-events.json.
    private func event(_ name: String, _ data: [JSON.Member], hasVersion: Bool) -> JSON {
        guard sendsEvent else { return .null }
        var members: [JSON.Member] = [
            .init("data", .object(data)), .init("type", "WA_EMBEDDED_SIGNUP"), .init("event", .string(name)),
        ]
        if hasVersion { members.append(.init("version", 3)) }
        return .string(String(decoding: JSON.object(members).bytes(), as: UTF8.self))
    }

    func cancelEvent(at step: String) -> JSON {
        event("CANCEL", [.init("current_step", .string(step))], hasVersion: false)
    }

    /// The customer reported an error. The error's number changed its name with the copies of 2026.
    func errorEvent(_ name: String, message: String, sessionID: String, nowSeconds: Int64) -> JSON {
        event(
            name,
            [
                .init("error_message", .string(message)),
                .init(version == .v4 ? "error_code" : "error_id", "524126"), .init("session_id", .string(sessionID)),
                .init("timestamp", .string(String(nowSeconds))),
            ], hasVersion: false)
    }

    static func finishName(_ flow: Flow, hasNumber: Bool) -> String {
        switch flow {
        case .businessApp: "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING"
        case .onlyWABA: "FINISH_ONLY_WABA"
        case .appOnlyInstall: "FINISH_GRANT_ONLY_API_ACCESS"
        case .cloudAPI, .solution, .hosted: hasNumber ? "FINISH" : "FINISH_ONLY_WABA"
        }
    }

    func finishEvent(wabaID: String, phoneNumberID: String?, businessID: String) -> JSON {
        let name = Self.finishName(flow, hasNumber: phoneNumberID != nil)
        var data: [JSON.Member] = []
        let namesAll = name == "FINISH" || name == "FINISH_GRANT_ONLY_API_ACCESS"
        if namesAll, let phoneNumberID { data.append(.init("phone_number_id", .string(phoneNumberID))) }
        data.append(.init("waba_id", .string(wabaID)))
        if namesAll { data.append(.init("business_id", .string(businessID))) }
        if name == "FINISH", products.contains("ctwa") || products.contains("conversions_api") {
            data.append(.init("waba_ids", .strings([wabaID])))
            if products.contains("ctwa") {
                data.append(.init("page_ids", .strings([Identifiers.object()])))
                data.append(.init("ad_account_ids", .strings([Identifiers.object()])))
            }
            if products.contains("conversions_api") {
                data.append(.init("dataset_ids", .strings([Identifiers.object()])))
            }
        }
        return event(name, data, hasVersion: name == "FINISH" || flow == .businessApp)
    }

    /// Where a full-page dialog sends the browser back to.
    func redirect(_ parameters: [(String, String)]) -> JSON {
        guard let redirectURI else { return .null }
        var pairs = parameters
        if let state { pairs.append(("state", state)) }
        let query = pairs.map { "\($0)=\(GraphCall.percentEncoded($1))" }.joined(separator: "&")
        return .string(redirectURI + (redirectURI.contains("?") ? "&" : "?") + query)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What Meta's answers about an app mean. Errors of Meta are facts here, not failures of the look.
package struct AppRules: Sendable {
    private let app: MetaApp
    private let isLiveWorld: Bool

    package init(_ app: MetaApp, isLiveWorld: Bool) {
        self.app = app
        self.isLiveWorld = isLiveWorld
    }

    /// What Meta answered, or why not.
    package typealias Answer<Value> = Result<Value, GraphError>

    /// Members of `debug_token`.
    package struct TokenFacts: Sendable {
        package var isValid: Bool
        package var appID: AppID?
        package var expiresAt: Timestamp?
        package var scopes: [String]

        package init(isValid: Bool, appID: AppID?, expiresAt: Timestamp?, scopes: [String]) {
            self.isValid = isValid
            self.appID = appID
            self.expiresAt = expiresAt
            self.scopes = scopes
        }
    }

    /// The app's webhook subscription for `whatsapp_business_account`.
    package struct Subscription: Sendable {
        package var callbackURL: String?
        package var isActive: Bool
        package var fields: [String]

        package init(callbackURL: String?, isActive: Bool, fields: [String]) {
            self.callbackURL = callbackURL
            self.isActive = isActive
            self.fields = fields
        }
    }

    /// What came of a call of the callback as Meta makes it.
    package enum Handshake: Sendable {
        case answered
        case refused(status: Int)
        case unreachable(String)
        /// The address is not this server's: it was not called.
        case elsewhere
    }

    // MARK: Secrets

    /// `subscriptions` is asked with the app's own token.
    package func appSecret(_ subscriptions: Answer<Void>) -> DoctorFinding {
        switch subscriptions {
        case .success: return ok(.appSecret, "Meta takes the app secret")
        case .failure(let error) where error.isRefusal:
            return finding(
                .appSecret, .error, "Meta refuses the app secret (\(error.words))",
                "Set the secret of App Dashboard > App settings > Basic: gangway apps set --app-secret-file.")
        case .failure(let error): return unanswered(.appSecret, error)
        }
    }

    package func systemToken(_ answer: Answer<TokenFacts>?, at now: Timestamp) -> DoctorFinding {
        let remedy = "Make one in Business Settings > System users, then gangway apps set --system-token-file."
        guard let answer else {
            return finding(.systemToken, .error, "no system user token is set", remedy)
        }
        switch answer {
        case .failure(let error): return unanswered(.systemToken, error)
        case .success(let facts):
            if !facts.isValid { return finding(.systemToken, .error, "Meta calls the system token invalid", remedy) }
            if let other = facts.appID, other != app.id {
                return finding(.systemToken, .error, "the system token belongs to app \(other)", remedy)
            }
            guard let end = facts.expiresAt else { return ok(.systemToken, "the system token is valid and never ends") }
            if end <= now + .days(14) {
                return finding(.systemToken, .warning, "the system token ends on \(end.description.prefix(10))", remedy)
            }
            return ok(.systemToken, "the system token is valid until \(end.description.prefix(10))")
        }
    }

    /// Source: Meta, permissions; pitfall P2: scopes are what Meta lists, the calls decide.
    package func permissions(_ answer: Answer<TokenFacts>?) -> DoctorFinding? {
        guard case .success(let facts) = answer, facts.isValid else { return nil }
        var needed = ["whatsapp_business_management", "whatsapp_business_messaging"]
        if app.kind == .solutionPartner { needed.append("business_management") }
        let missing = needed.filter { !facts.scopes.contains($0) }
        guard !missing.isEmpty else { return ok(.permissions, needed.joined(separator: ", ")) }
        return finding(
            .permissions, .error, "the system token lacks \(missing.joined(separator: ", "))",
            "Ask for Advanced Access in App Review, then make the system user's token anew with these permissions.")
    }

    /// `role` is nil when the business does not list our system user.
    package func systemUserRole(_ answer: Answer<String?>?) -> DoctorFinding {
        guard let id = app.systemUserID else {
            let severity: DoctorSeverity = app.kind == .solutionPartner ? .error : .ok
            return finding(
                .systemUserRole, severity, "no system user is set",
                severity == .ok ? nil : "Set it: gangway apps set --system-user-id. It is put on each customer's WABA.")
        }
        switch answer {
        case nil: return finding(.systemUserRole, .note, "not looked at: there is no system token", "Set one first.")
        case .failure(let error): return unanswered(.systemUserRole, error)
        case .success(nil):
            return finding(
                .systemUserRole, .error, "business \(app.businessID) has no system user \(id)",
                "Set the id that Business Settings > System users shows.")
        case .success("ADMIN"): return ok(.systemUserRole, "the system user is an admin")
        case .success(let role?):
            guard app.kind == .solutionPartner else { return ok(.systemUserRole, "the system user is \(role)") }
            return finding(
                .systemUserRole, .warning, "the system user is \(role): sharing the credit line needs more",
                "Make it an admin, or give it the role Financial Editor, in Business Settings.")
        }
    }

    package func creditLine(_ answer: Answer<[CreditLineID]>?) -> DoctorFinding {
        guard app.kind == .solutionPartner else {
            return ok(.creditLine, "a tech provider shares none: customers add a payment method")
        }
        guard let id = app.creditLineID else {
            return finding(
                .creditLine, .error, "no credit line is set",
                "Set it: gangway apps set --extended-credit-line-id; Meta gives solution partners one by contract.")
        }
        switch answer {
        case nil: return finding(.creditLine, .note, "not looked at: there is no system token", "Set one first.")
        case .failure(let error): return unanswered(.creditLine, error)
        case .success(let lines) where lines.contains(id): return ok(.creditLine, "the business has credit line \(id)")
        case .success:
            return finding(
                .creditLine, .error, "business \(app.businessID) has no credit line \(id)",
                "Set the id that Business Settings > Billing shows.")
        }
    }

    /// Source: Meta, Embedded Signup: 10 new customers in rolling 7 days, 200 after verification and review.
    package func customerBudget(_ budget: CustomerBudget) -> DoctorFinding {
        let raise =
            budget.max < CustomerBudget.verifiedMax
            ? "Meta allows \(CustomerBudget.verifiedMax) after business verification and app review; then set "
                + "new_customers_max of the app." : "Spread the signups over the week."
        if let allowed = budget.nextAllowedAt {
            return finding(
                .customerBudget, .error, "the \(budget.max) new customers that Meta allows in 7 days have come",
                "The next one can sign up at \(allowed). \(raise)")
        }
        let text = "\(budget.used) of \(budget.max) new customers came in the last 7 days"
        return budget.isTight ? finding(.customerBudget, .warning, text, raise) : ok(.customerBudget, text)
    }

    /// Meta's API does not tell the app's mode. Customers' WABAs in the client list show that others than the app's own people
    /// finish the signup.
    package func appLive(_ clients: Answer<Int>?, onboardedCount: Int) -> DoctorFinding {
        let look = "App Dashboard: the switch on top must say Live, and App Review must show Advanced Access."
        switch clients {
        case nil: return finding(.appLive, .note, "not looked at: there is no system token", "Set one first.")
        case .failure(let error) where error.isRefusal:
            return finding(.appLive, .error, "Meta refuses the list of customers' WABAs (\(error.words))", look)
        case .failure(let error): return unanswered(.appLive, error)
        case .success(let count) where count > 0 && onboardedCount > 0:
            return ok(.appLive, "customers' WABAs are shared and onboarded")
        case .success:
            return finding(.appLive, .note, "no customer has come yet, and Meta's API does not tell the mode", look)
        }
    }

    // MARK: Webhooks

    /// `expected`: where Meta should call; nil when this server was not told its public address.
    package func callback(
        _ answer: Answer<Subscription?>, expected: String?, handshake: Handshake?
    ) -> DoctorFinding {
        let subscribe =
            "Set public-url and the callback in App Dashboard > WhatsApp > Configuration: "
            + (expected ?? "https://<public-url>/webhooks/meta/\(app.id)")
        switch answer {
        case .failure(let error): return unanswered(.callback, error)
        case .success(nil): return finding(.callback, .error, "the app has no webhook subscription", subscribe)
        case .success(let subscription?):
            let url = subscription.callbackURL ?? ""
            if !subscription.isActive { return finding(.callback, .error, "the subscription is not active", subscribe) }
            if let expected, url != expected {
                return finding(.callback, .error, "Meta calls \(url), not \(expected)", subscribe)
            }
            if isLiveWorld, !url.hasPrefix("https://") {
                return finding(.callback, .error, "Meta calls only https, and the callback is \(url)", subscribe)
            }
            return reached(url, handshake)
        }
    }

    private func reached(_ url: String, _ handshake: Handshake?) -> DoctorFinding {
        switch handshake {
        case .answered: return ok(.callback, "\(url) answers Meta's handshake")
        case .refused(let status):
            return finding(
                .callback, .error, "\(url) answers the handshake with \(status)",
                "Is it this server, and is the verify token the one that is set at Meta?")
        case .unreachable(let why):
            return finding(
                .callback, .error, "\(url) cannot be reached: \(why)", "Look at DNS, proxy, certificate and firewall.")
        case .elsewhere, nil:
            return finding(
                .callback, .note, "Meta calls \(url), which is not known to be this server",
                "Set public-url, so that it can be tried.")
        }
    }

    /// What this server lives by. Without `account_update` onboardings wait for polling.
    package static let neededFields = [
        "account_update", "account_review_update", "account_alerts", "business_capability_update", "messages",
        "message_template_status_update", "phone_number_name_update", "phone_number_quality_update", "security",
        "partner_solutions", "history", "smb_app_state_sync",
    ]
    private static let essentialFields: Set<String> = ["account_update", "messages"]

    package func webhookFields(_ answer: Answer<Subscription?>) -> DoctorFinding? {
        guard case .success(let subscription?) = answer else { return nil }
        let missing = Self.neededFields.filter { !subscription.fields.contains($0) }
        guard !missing.isEmpty else { return ok(.webhookFields, "\(Self.neededFields.count) fields are subscribed") }
        let isBad = missing.contains { Self.essentialFields.contains($0) }
        return finding(
            .webhookFields, isBad ? .error : .warning, "not subscribed: \(missing.joined(separator: ", "))",
            "App Dashboard > WhatsApp > Configuration > Webhook fields: subscribe to them.")
    }

    // MARK: Signup pages

    /// Meta shows neither the allowed domains nor the redirect URIs.
    package func allowedDomains(publicURL: String?) -> DoctorFinding {
        guard let publicURL else {
            return finding(
                .allowedDomains, isLiveWorld ? .warning : .note, "public-url is not set: signup pages have no address",
                "Set public-url, and put its host into the app's allowed domains.")
        }
        guard publicURL.hasPrefix("https://") else {
            return finding(
                .allowedDomains, isLiveWorld ? .error : .note,
                "Meta's popup opens on https pages only, not \(publicURL)",
                "Put a proxy with a certificate in front, and set public-url to its address.")
        }
        let host = publicURL.dropFirst("https://".count).prefix { $0 != "/" && $0 != ":" }
        return finding(
            .allowedDomains, .note, "Meta's API does not show the allowed domains",
            "Facebook Login for Business > Settings: \(host) must stand in Allowed Domains and Valid OAuth Redirect URIs."
        )
    }

    // MARK: Words

    private func ok(_ check: DoctorCheck, _ text: String) -> DoctorFinding { finding(check, .ok, text, nil) }

    private func finding(
        _ check: DoctorCheck, _ severity: DoctorSeverity, _ text: String, _ remedy: String?
    ) -> DoctorFinding {
        DoctorFinding(check, severity, text, remedy: remedy).about(app.id)
    }

    private func unanswered(_ check: DoctorCheck, _ error: GraphError) -> DoctorFinding {
        if error.isRefusal {
            return finding(
                check, .error, "Meta refuses the look (\(error.words))",
                "Mend the system token and its permissions first; then look again.")
        }
        return finding(
            check, .warning, "Meta did not answer (\(error.words))",
            "Look again later; metastatus.com shows outages of Meta.")
    }
}

extension GraphError {
    fileprivate var isRefusal: Bool {
        reach == .answered && self.class != .transient && self.class != .wait
            && (400..<500).contains(httpStatus ?? 0)
    }

    fileprivate var words: String {
        code.map { "code \($0)" + (subcode.map { "/\($0)" } ?? "") } ?? httpStatus.map { "HTTP \($0)" } ?? "no answer"
    }
}

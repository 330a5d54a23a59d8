// SPDX-License-Identifier: Apache-2.0
package import Domain
import GraphClient
package import OnboardingRunner
package import Store

/// The preflight: looks at everything that onboarding lives by and says what is wrong and how to mend it. Changes nothing.
package struct Doctor: Sendable {
    /// What lies outside of the database and of Graph calls.
    package struct Surroundings: Sendable {
        package var publicURL: String?
        /// 26 of `v26.0`.
        package var graphMajor: Int
        /// As `extras.version` names what our signup pages launch.
        package var signupVersion: String
        package var dataDirectory: String
        package var keyFilePath: String
        /// Free bytes of the data directory's disk.
        package var freeDisk: @Sendable () -> Int64?
        package var keyFile: @Sendable () -> ServerRules.KeyFileFacts
        /// How far this machine is ahead of Meta's clock, in seconds; nil when Meta gave no time.
        package var clockAhead: @Sendable () async -> Double?
        /// Calls an address as Meta's handshake does.
        package var handshake: @Sendable (_ url: String, _ verifyToken: OtherSecret) async -> AppRules.Handshake

        package init(
            publicURL: String?, graphMajor: Int, signupVersion: String = "v4", dataDirectory: String,
            keyFilePath: String, freeDisk: @escaping @Sendable () -> Int64?,
            keyFile: @escaping @Sendable () -> ServerRules.KeyFileFacts,
            clockAhead: @escaping @Sendable () async -> Double?,
            handshake: @escaping @Sendable (_ url: String, _ verifyToken: OtherSecret) async -> AppRules.Handshake
        ) {
            self.publicURL = publicURL
            self.graphMajor = graphMajor
            self.signupVersion = signupVersion
            self.dataDirectory = dataDirectory
            self.keyFilePath = keyFilePath
            self.freeDisk = freeDisk
            self.keyFile = keyFile
            self.clockAhead = clockAhead
            self.handshake = handshake
        }
    }

    private let store: Store
    private let directory: AppDirectory
    private let surroundings: Surroundings

    package init(store: Store, directory: AppDirectory, surroundings: Surroundings) {
        self.store = store
        self.directory = directory
        self.surroundings = surroundings
    }

    /// Every finding, also what is well; the server's own first, then app by app.
    package func examine(for principal: Principal) async throws -> [DoctorFinding] {
        try principal.requireOperator()
        async let ahead = surroundings.clockAhead()
        var findings = try await database()
        findings.append(ServerRules.clock(aheadSeconds: await ahead))
        let now = store.clock.now()
        findings.append(VersionRules.graph(surroundings.graphMajor, at: now))
        findings.append(VersionRules.signup(surroundings.signupVersion, at: now))
        let apps = try await store.read { try $0.apps.all() }
        guard !apps.isEmpty else {
            let remedy = "Set it: gangway apps set --id … --app-secret-file … --system-token-file …"
            return findings + [DoctorFinding(.app, .error, "no Meta app is set", remedy: remedy)]
        }
        for app in apps { findings += try await AppExaminer(app, store, directory, surroundings).examine() }
        return findings
    }

    private func database() async throws -> [DoctorFinding] {
        let (engine, settings) = try await store.durability()
        let (applied, needed) = try await store.read { tx in
            (try tx.migrationVersions(), Set(try tx.dataKeys.all().map(\.keyEncryptionKeyID)))
        }
        return [
            ServerRules.durability(engine: engine, settings),
            ServerRules.schema(applied: applied, known: Store.knownMigrations),
            ServerRules.disk(free: surroundings.freeDisk(), path: surroundings.dataDirectory),
            ServerRules.keyFile(surroundings.keyFile(), needed: needed, path: surroundings.keyFilePath),
        ]
    }
}

/// Asks Meta about one app.
private struct AppExaminer {
    private let app: MetaApp
    private let store: Store
    private let directory: AppDirectory
    private let surroundings: Doctor.Surroundings
    private let rules: AppRules

    init(_ app: MetaApp, _ store: Store, _ directory: AppDirectory, _ surroundings: Doctor.Surroundings) {
        self.app = app
        self.store = store
        self.directory = directory
        self.surroundings = surroundings
        rules = AppRules(app, isLiveWorld: store.world == "live")
    }

    func examine() async throws -> [DoctorFinding] {
        let context = try await directory.context(for: app.id)
        let (onboarded, budget) = try await store.read { [app] tx in
            (try tx.wabas.count(of: app.id), try tx.wabas.customerBudget(of: app))
        }
        async let subscription = self.subscription(context)
        async let token = self.token(context)
        async let role = self.role(context)
        async let lines = self.lines(context)
        async let clients = self.clients(context)
        let found = await subscription
        let facts = await token
        let expected = surroundings.publicURL.map { "\($0)/webhooks/meta/\(app.id)" }
        let handshake = try await self.handshake(found, expected)
        return [
            rules.appSecret(found.map { _ in }),
            rules.systemToken(facts, at: store.clock.now()),
            rules.permissions(facts),
            rules.systemUserRole(await role),
            rules.creditLine(await lines),
            rules.customerBudget(budget),
            rules.appLive(await clients, onboardedCount: onboarded),
            rules.callback(found, expected: expected, handshake: handshake),
            rules.webhookFields(found),
            rules.allowedDomains(publicURL: surroundings.publicURL),
        ].compactMap(\.self)
    }

    private func subscription(_ context: AppContext) async -> AppRules.Answer<AppRules.Subscription?> {
        do throws(GraphError) {
            let all = try await context.graph.send(ListAppSubscriptions(app.id)).data
            let ours = all.first { $0.object == "whatsapp_business_account" }
            return .success(
                ours.map {
                    AppRules.Subscription(
                        callbackURL: $0.callbackURL, isActive: $0.isActive ?? true, fields: $0.fields)
                })
        } catch {
            return .failure(error)
        }
    }

    private func token(_ context: AppContext) async -> AppRules.Answer<AppRules.TokenFacts>? {
        guard let token = context.systemToken else { return nil }
        do throws(GraphError) {
            let facts = try await context.graph.send(DebugToken(inspected: token)).data
            return .success(
                AppRules.TokenFacts(
                    isValid: facts.isValid ?? false, appID: facts.appID, expiresAt: facts.expiresAt,
                    scopes: facts.scopes ?? []))
        } catch {
            return .failure(error)
        }
    }

    private func role(_ context: AppContext) async -> AppRules.Answer<String?>? {
        guard let token = context.systemToken else { return nil }
        do throws(GraphError) {
            let users = try await context.graph.all(ListSystemUsers(of: app.businessID, token: token))
            return .success(users.first { $0.id == app.systemUserID }.map { $0.role ?? "of an unknown role" })
        } catch {
            return .failure(error)
        }
    }

    private func lines(_ context: AppContext) async -> AppRules.Answer<[CreditLineID]>? {
        guard let token = context.systemToken, app.kind == .solutionPartner else { return nil }
        do throws(GraphError) {
            return .success(try await context.graph.all(ListCreditLines(of: app.businessID, token: token)).map(\.id))
        } catch {
            return .failure(error)
        }
    }

    private func clients(_ context: AppContext) async -> AppRules.Answer<Int>? {
        guard let token = context.systemToken else { return nil }
        do throws(GraphError) {
            let page = try await context.graph.send(ListClientWABAs(of: app.businessID, token: token))
            return .success(page.data.count)
        } catch {
            return .failure(error)
        }
    }

    /// Only addresses that look like this server's are called: the call carries the verify token.
    private func handshake(
        _ answer: AppRules.Answer<AppRules.Subscription?>, _ expected: String?
    ) async throws -> AppRules.Handshake? {
        guard case .success(let subscription?) = answer, let url = subscription.callbackURL else { return nil }
        guard url == expected || (expected == nil && url.hasSuffix("/webhooks/meta/\(app.id)")) else {
            return .elsewhere
        }
        let token: OtherSecret? = try await store.read { [app] tx in try tx.secrets.get(.verifyToken, of: .app(app.id))
        }
        guard let token else { return .elsewhere }
        return await surroundings.handshake(url, token)
    }
}

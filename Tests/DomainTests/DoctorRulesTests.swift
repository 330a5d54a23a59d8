// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

/// The preflight's rules as tables. Source of the dates: Meta, Graph API changelog and embedded-signup/versions.
@Suite struct DoctorRulesTests {
    private static let id = AppID("634974688087057")

    private func rules(_ kind: PartnerKind = .solutionPartner, isLive: Bool = false) -> AppRules {
        AppRules(app(kind), isLiveWorld: isLive)
    }

    private func app(_ kind: PartnerKind) -> MetaApp {
        MetaApp(
            id: Self.id, kind: kind, businessID: BusinessID("27"), systemUserID: SystemUserID("100"),
            creditLineID: CreditLineID("19"), configID: nil)
    }

    private static func error(_ code: Int?, status: Int? = 400, _ kind: GraphError.Class = .permanent) -> GraphError {
        GraphError(
            class: kind, reach: status == nil ? .unknown : .answered, operation: "x", httpStatus: status, code: code,
            message: "")
    }

    @Test(
        arguments: [
            ("sqlite", ["synchronous": "2", "journal_mode": "wal"], .ok),
            ("sqlite", ["synchronous": "1", "journal_mode": "wal"], .error),
            ("sqlite", ["synchronous": "3", "journal_mode": "memory"], .error), ("sqlite", [:], .error),
            ("postgres", ["fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"], .ok),
            ("postgres", ["fsync": "on", "full_page_writes": "on", "synchronous_commit": "remote_apply"], .ok),
            ("postgres", ["fsync": "off", "full_page_writes": "on", "synchronous_commit": "on"], .error),
            ("postgres", ["fsync": "on", "full_page_writes": "off", "synchronous_commit": "on"], .error),
            ("postgres", ["fsync": "on", "full_page_writes": "on", "synchronous_commit": "off"], .error),
        ] as [(String, [String: String], DoctorSeverity)])
    func `what a power cut may take is an error`(engine: String, settings: [String: String], severity: DoctorSeverity) {
        #expect(ServerRules.durability(engine: engine, settings).severity == severity)
    }

    @Test(
        arguments: [
            ([1, 2, 3], [1, 2, 3], .ok, "3"), ([1, 2], [1, 2, 3], .error, "3"),
            ([1, 2, 3, 4], [1, 2, 3], .error, "4"),
        ] as [([Int], [Int], DoctorSeverity, String)])
    func `the schema is this program's`(applied: [Int], known: [Int], severity: DoctorSeverity, named: String) {
        let finding = ServerRules.schema(applied: applied, known: known)
        #expect(finding.severity == severity && finding.text.contains(named))
    }

    @Test(
        arguments: [
            (nil, .warning), (100 << 20, .error), (199 << 20, .error), (200 << 20, .warning), (2047 << 20, .warning),
            (2048 << 20, .ok),
        ] as [(Int64?, DoctorSeverity)])
    func `a disk that fills up is told in time`(free: Int64?, severity: DoctorSeverity) {
        #expect(ServerRules.disk(free: free, path: "/data").severity == severity)
    }

    @Test(
        arguments: [
            (0o600, ["kek_1"], nil, .ok), (0o400, ["kek_1", "kek_0"], nil, .ok), (0o640, ["kek_1"], nil, .error),
            (0o604, ["kek_1"], nil, .error), (0o600, ["kek_2"], nil, .error), (nil, [], nil, .error),
            (0o600, [], "line 1 is malformed", .error),
        ] as [(UInt32?, Set<String>, String?, DoctorSeverity)])
    func `a key file is there, whole, and its owner's alone`(
        mode: UInt32?, ids: Set<String>, trouble: String?, severity: DoctorSeverity
    ) {
        let facts = ServerRules.KeyFileFacts(mode: mode, keyIDs: ids, trouble: trouble)
        #expect(ServerRules.keyFile(facts, needed: ["kek_1"], path: "/data/keys").severity == severity)
    }

    @Test(
        arguments: [
            (nil, .warning), (0, .ok), (-4.9, .ok), (5, .warning), (-59, .warning), (60, .error), (-3600, .error),
        ] as [(Double?, DoctorSeverity)])
    func `a clock that is off is told`(ahead: Double?, severity: DoctorSeverity) {
        #expect(ServerRules.clock(aheadSeconds: ahead).severity == severity)
    }

    @Test(
        arguments: [
            (26, "2026-11-21", .ok), (25, "2026-11-21", .ok), (21, "2026-10-22", .ok), (21, "2026-10-24", .warning),
            (21, "2027-01-20", .warning), (21, "2027-01-21", .error), (22, "2027-05-20", .error),
            (20, "2026-11-21", .error), (12, "2026-11-21", .error), (27, "2026-11-21", .ok),
        ] as [(Int, String, DoctorSeverity)])
    func `a Graph version's end is told 90 days before`(major: Int, day: String, severity: DoctorSeverity) throws {
        let now = try #require(Timestamp(reading: day + "T00:00:00Z"))
        #expect(VersionRules.graph(major, at: now).severity == severity)
    }

    @Test(
        arguments: [
            ("v4", "2026-11-21", .ok), ("v4-public-preview", "2026-11-21", .ok), ("v3", "2026-07-01", .ok),
            ("v3", "2026-08-01", .warning), ("v3", "2026-10-15", .error), ("v2", "2026-11-21", .error),
            ("v9", "2026-11-21", .error),
        ] as [(String, String, DoctorSeverity)])
    func `an Embedded Signup version's end is told`(version: String, day: String, severity: DoctorSeverity) throws {
        let now = try #require(Timestamp(reading: day + "T00:00:00Z"))
        #expect(VersionRules.signup(version, at: now).severity == severity)
    }

    @Test(
        arguments: [
            (nil, .ok), (error(190, status: 401), .error), (error(101), .error),
            (error(nil, status: nil, .transient), .warning),
            (error(2, status: 503, .transient), .warning), (error(4, status: 400, .wait), .warning),
        ] as [(GraphError?, DoctorSeverity)])
    func `a refused app secret is told from an outage`(failure: GraphError?, severity: DoctorSeverity) {
        let finding = rules().appSecret(failure.map { .failure($0) } ?? .success(()))
        #expect(finding.severity == severity && finding.appID == Self.id)
        #expect((finding.remedy == nil) == (severity == .ok))
    }

    private static let now = Timestamp(seconds: 1_795_000_000)

    @Test(
        arguments: [
            (true, id, nil, .ok), (true, id, now + .days(15), .ok), (true, id, now + .days(14), .warning),
            (false, id, nil, .error), (true, AppID("1"), nil, .error), (true, nil, nil, .ok),
        ] as [(Bool, AppID?, Timestamp?, DoctorSeverity)])
    func `a system token is valid, ours and not about to end`(
        isValid: Bool, app: AppID?, end: Timestamp?, severity: DoctorSeverity
    ) {
        let facts = AppRules.TokenFacts(isValid: isValid, appID: app, expiresAt: end, scopes: [])
        #expect(rules().systemToken(.success(facts), at: Self.now).severity == severity)
    }

    @Test func `a system token that is not set is an error, and what needs it is not looked at`() {
        #expect(rules().systemToken(nil, at: Self.now).severity == .error)
        #expect(rules().permissions(nil) == nil)
        #expect(rules().systemUserRole(nil).severity == .note)
        #expect(rules().creditLine(nil).severity == .note)
        #expect(rules().appLive(nil, onboardedCount: 5).severity == .note)
    }

    @Test(
        arguments: [
            (
                .solutionPartner,
                ["whatsapp_business_management", "whatsapp_business_messaging", "business_management"], .ok
            ),
            (.solutionPartner, ["whatsapp_business_management", "whatsapp_business_messaging"], .error),
            (.techProvider, ["whatsapp_business_management", "whatsapp_business_messaging"], .ok),
            (.techProvider, ["whatsapp_business_management"], .error), (.techProvider, [], .error),
        ] as [(PartnerKind, [String], DoctorSeverity)])
    func `a missing permission is named`(kind: PartnerKind, scopes: [String], severity: DoctorSeverity) throws {
        let facts = AppRules.TokenFacts(isValid: true, appID: nil, expiresAt: nil, scopes: scopes)
        let finding = try #require(rules(kind).permissions(.success(facts)))
        #expect(finding.severity == severity)
    }

    @Test(
        arguments: [
            (.solutionPartner, "ADMIN", .ok), (.solutionPartner, "EMPLOYEE", .warning),
            (.techProvider, "EMPLOYEE", .ok),
            (.solutionPartner, nil, .error),
        ] as [(PartnerKind, String?, DoctorSeverity)])
    func `sharing credit needs an admin`(kind: PartnerKind, role: String?, severity: DoctorSeverity) {
        #expect(rules(kind).systemUserRole(.success(role)).severity == severity)
    }

    @Test func `a solution partner's credit line is the business's`() {
        #expect(rules().creditLine(.success([CreditLineID("19")])).severity == .ok)
        #expect(rules().creditLine(.success([CreditLineID("20")])).severity == .error)
        #expect(rules().creditLine(.failure(Self.error(10))).severity == .error)
        #expect(rules(.techProvider).creditLine(nil).severity == .ok)
        var bare = app(.solutionPartner)
        bare.creditLineID = nil
        bare.systemUserID = nil
        #expect(AppRules(bare, isLiveWorld: false).creditLine(nil).severity == .error)
        #expect(AppRules(bare, isLiveWorld: false).systemUserRole(nil).severity == .error)
    }

    /// Source: Meta, Embedded Signup: 10 new customers in rolling 7 days, 200 after verification and review.
    @Test(
        arguments: [
            (10, 0, .ok, nil), (10, 7, .ok, nil), (10, 8, .warning, "Meta allows 200"),
            (10, 10, .error, "The next one can sign up at"), (10, 11, .error, "Meta allows 200"), (200, 159, .ok, nil),
            (200, 160, .warning, "Spread"), (200, 200, .error, "Spread"),
        ] as [(Int, Int, DoctorSeverity, String?)])
    func `new customers are counted against what Meta allows`(
        max: Int, used: Int, severity: DoctorSeverity, remedy: String?
    ) {
        let came = Self.now - .days(3)
        let budget = CustomerBudget(max: max, arrivals: Array(repeating: came, count: used), at: Self.now)
        let finding = rules().customerBudget(budget)
        #expect(finding.severity == severity && finding.appID == Self.id)
        #expect((finding.remedy == nil) == (remedy == nil))
        #expect(finding.remedy?.contains(remedy ?? "") ?? true)
        if severity == .error { #expect(finding.remedy?.contains("\(came + .days(7))") == true) }
    }

    @Test(
        arguments: [
            (.success(3), 2, .ok), (.success(0), 0, .note), (.success(3), 0, .note),
            (.failure(error(200, status: 403)), 0, .error), (.failure(error(10, status: 403)), 4, .error),
            (.failure(error(nil, status: nil, .transient)), 4, .warning),
        ] as [(AppRules.Answer<Int>, Int, DoctorSeverity)])
    func `what cannot be seen of the app's mode is a note`(
        clients: AppRules.Answer<Int>, onboarded: Int, severity: DoctorSeverity
    ) {
        #expect(rules().appLive(clients, onboardedCount: onboarded).severity == severity)
    }

    private static let ours = "https://gangway.example.com/webhooks/meta/634974688087057"

    @Test(
        arguments: [
            (ours, true, ours, .answered, true, .ok), (ours, false, ours, .answered, true, .error),
            (ours, true, ours, .refused(status: 403), true, .error),
            (ours, true, ours, .unreachable("x"), true, .error),
            ("https://other.example.com/x", true, ours, .elsewhere, true, .error),
            (ours, true, nil, .elsewhere, true, .note),
            ("http://gangway.example.com/webhooks/meta/634974688087057", true, nil, .answered, true, .error),
            ("http://127.0.0.1:1/webhooks/meta/634974688087057", true, nil, .answered, false, .ok),
        ] as [(String, Bool, String?, AppRules.Handshake, Bool, DoctorSeverity)])
    func `Meta reaches this server`(
        url: String, isActive: Bool, expected: String?, handshake: AppRules.Handshake, isLive: Bool,
        severity: DoctorSeverity
    ) {
        let subscription = AppRules.Subscription(callbackURL: url, isActive: isActive, fields: [])
        let finding = rules(isLive: isLive).callback(.success(subscription), expected: expected, handshake: handshake)
        #expect(finding.severity == severity, "\(finding.text)")
    }

    @Test func `no subscription is an error, and fields are counted against those that are needed`() throws {
        #expect(rules().callback(.success(nil), expected: nil, handshake: nil).severity == .error)
        #expect(rules().webhookFields(.success(nil)) == nil)
        func fields(without missing: String...) throws -> DoctorFinding {
            let fields = AppRules.neededFields.filter { !missing.contains($0) }
            let subscription = AppRules.Subscription(callbackURL: Self.ours, isActive: true, fields: fields)
            return try #require(rules().webhookFields(.success(subscription)))
        }
        #expect(try fields().severity == .ok)
        #expect(try fields(without: "security").severity == .warning)
        #expect(try fields(without: "account_update").severity == .error)
        #expect(try fields(without: "messages", "security").text.contains("messages, security"))
    }

    @Test(
        arguments: [
            (nil, true, .warning), (nil, false, .note), ("http://gangway.example.com", true, .error),
            ("http://127.0.0.1:8080", false, .note), ("https://gangway.example.com:8443/x", true, .note),
        ] as [(String?, Bool, DoctorSeverity)])
    func `signup pages need https and an allowed domain`(url: String?, isLive: Bool, severity: DoctorSeverity) {
        let finding = rules(isLive: isLive).allowedDomains(publicURL: url)
        #expect(finding.severity == severity && finding.remedy != nil)
        if url?.hasPrefix("https") == true { #expect(finding.remedy?.contains(" gangway.example.com ") == true) }
    }
}

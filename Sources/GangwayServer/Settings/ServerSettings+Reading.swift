// SPDX-License-Identifier: Apache-2.0
package import Configuration
import Domain
import FoundationEssentials
import GraphClient
import Logging

/// A setting that cannot be used, named as it was given.
package struct SettingsError: Error, Sendable, CustomStringConvertible {
    package let description: String
}

extension ServerSettings {
    /// Reads from the providers in their order: flags, environment, file. Keys:
    /// - `host` (string, default `127.0.0.1`), `port` (int, 8080): where to listen.
    /// - `data` (string, `./gangway-data`): keys, credentials, SQLite files, the simulator's world.
    /// - `database` (string): `sqlite:PATH` or `postgres://…`; default a file in `data`.
    /// - `sandbox-port` (int, 8081), `graph-url` (string), `no-sandbox` (bool): one of the three.
    /// - `live` (bool, false): open the live world beside the test world.
    /// - `graph-version` (string, `v26.0`), `public-url` (string), `key-file` (string, `DATA/keys`).
    /// - `allow-ranges` (comma list of CIDR), `allow-http` (bool): where endpoints may be.
    /// - `log-level` (string, `info`), `log-format` (`text` or `json`).
    /// - `concurrency` (int, 64), `lease-seconds`, `heartbeat-seconds`, `grace-seconds`, `poll-seconds`,
    ///   `share-poll-seconds`, `retry-base-seconds`, `credit-settle-seconds`, `drain-seconds` (double),
    ///   `postgres-connections` (int, 8).
    /// - `reconcile-hours` (double, 24; 0 for never), `reconcile-repair` (bool, false).
    /// - `keep-events-days` (int, 90), `keep-activities-days` (int, 0), `keep-certificates-days` (int, 90): 0 keeps for ever.
    /// - `crash-at` (string): a checkpoint to die at.
    ///
    /// docs/configuration.md says the same for users; a test holds it to this list.
    package init(_ config: ConfigReader) throws {
        self.init()
        host = try config.text("host") ?? host
        port = try config.number("port") ?? port
        dataDirectory = try config.text("data") ?? dataDirectory
        database = try config.text("database", isSecret: true)
        sandbox = try Self.sandbox(config)
        servesLive = try config.flag("live") ?? (sandbox == .none)
        publicURL = try config.text("public-url")
        keyFile = try config.text("key-file")
        allowedRanges = try config.list("allow-ranges")
        allowsHTTPEndpoints = try config.flag("allow-http") ?? (sandbox != .none && !servesLive)
        if allowedRanges.isEmpty, sandbox != .none, !servesLive { allowedRanges = ["127.0.0.0/8", "::1/128"] }
        logLevel = try config.text("log-level") ?? logLevel
        logFormat = try Self.named(config.text("log-format"), "log-format")
        concurrency = try config.number("concurrency") ?? concurrency
        leaseSeconds = try config.seconds("lease-seconds") ?? leaseSeconds
        heartbeatSeconds = try config.seconds("heartbeat-seconds") ?? heartbeatSeconds
        graceSeconds = try config.seconds("grace-seconds") ?? graceSeconds
        pollSeconds = try config.seconds("poll-seconds") ?? pollSeconds
        sharePollSeconds = try config.seconds("share-poll-seconds") ?? sharePollSeconds
        creditSettleSeconds = try config.seconds("credit-settle-seconds") ?? creditSettleSeconds
        retryBaseSeconds = try config.seconds("retry-base-seconds") ?? retryBaseSeconds
        drainSeconds = try config.seconds("drain-seconds") ?? drainSeconds
        postgresConnections = try config.number("postgres-connections") ?? postgresConnections
        keepEventsDays = try config.number("keep-events-days") ?? keepEventsDays
        keepActivitiesDays = try config.number("keep-activities-days") ?? keepActivitiesDays
        keepCertificatesDays = try config.number("keep-certificates-days") ?? keepCertificatesDays
        crashAt = try config.text("crash-at")
        reconcileHours = try config.hours("reconcile-hours") ?? reconcileHours
        reconcileRepairs = try config.flag("reconcile-repair") ?? reconcileRepairs
        if let text = try config.text("graph-version") {
            guard let version = GraphVersion(text) else {
                throw SettingsError(description: "graph-version must be one of v21.0 to v26.0, not \(text)")
            }
            graphVersion = version
        }
        try check()
    }

    private func check() throws {
        guard (0...65_535).contains(port) else {
            throw SettingsError(description: "port must be 0 to 65535, not \(port)")
        }
        guard Logger.Level(rawValue: logLevel) != nil else {
            let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingsError(description: "log-level must be one of \(names), not \(logLevel)")
        }
        if case .at(let url) = sandbox { try Self.checkWeb(url, "graph-url") }
        if let publicURL { try Self.checkWeb(publicURL, "public-url") }
        guard postgresConnections > 0 else { throw SettingsError(description: "postgres-connections must be positive") }
        // Shorter than Meta's repeats, an event could be told twice.
        guard [keepEventsDays, keepActivitiesDays].allSatisfy({ $0 == 0 || (14...36_500).contains($0) }) else {
            throw SettingsError(description: "keep-events-days and keep-activities-days must be 0 or 14 to 36500")
        }
        guard (0...36_500).contains(keepCertificatesDays) else {
            throw SettingsError(description: "keep-certificates-days must be 0 to 36500")
        }
        guard concurrency > 0 else { throw SettingsError(description: "concurrency must be positive") }
        guard graceSeconds > heartbeatSeconds, leaseSeconds > heartbeatSeconds else {
            throw SettingsError(description: "grace-seconds and lease-seconds must be longer than heartbeat-seconds")
        }
    }

    private static func checkWeb(_ url: String, _ key: String) throws {
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw SettingsError(description: "\(key) must begin with http:// or https://, not \(url)")
        }
    }

    private static func sandbox(_ config: ConfigReader) throws -> Sandbox {
        let url = try config.text("graph-url")
        let isOff = try config.flag("no-sandbox") ?? (false)
        let port = try config.number("sandbox-port")
        let given = [url != nil, isOff, port != nil].filter { $0 }.count
        guard given <= 1 else {
            throw SettingsError(description: "give one of sandbox-port, graph-url and no-sandbox")
        }
        if isOff { return .none }
        if let url { return .at(url) }
        return .inside(port: port ?? 8081)
    }

    private static func named<T: RawRepresentable & CaseIterable>(_ text: String?, _ key: String) throws -> T?
    where T.RawValue == String {
        guard let text else { return nil }
        guard let value = T(rawValue: text) else {
            let names = T.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingsError(description: "\(key) must be one of \(names), not \(text)")
        }
        return value
    }
}

extension ConfigReader {
    /// Nil when nothing is set; a value of another kind is an error that names the key, never silently the default.
    func number(_ key: String) throws -> Int? { try parsed(key, int(forKey: ConfigKey(key)), "a whole number") }
    func seconds(_ key: String) throws -> Double? {
        let given = double(forKey: ConfigKey(key)) ?? int(forKey: ConfigKey(key)).map(Double.init)
        guard let seconds = try parsed(key, given, "a number") else { return nil }
        guard seconds > 0, seconds < 1_000_000 else {
            throw SettingsError(description: "\(key) must be positive and below 1000000")
        }
        return seconds
    }
    /// 0 switches off what it times.
    func hours(_ key: String) throws -> Double? {
        let given = double(forKey: ConfigKey(key)) ?? int(forKey: ConfigKey(key)).map(Double.init)
        guard let hours = try parsed(key, given, "a number") else { return nil }
        guard hours >= 0, hours < 10_000 else {
            throw SettingsError(description: "\(key) must be at least 0 and below 10000")
        }
        return hours
    }
    func flag(_ key: String) throws -> Bool? { try parsed(key, bool(forKey: ConfigKey(key)), "true or false") }
    func text(_ key: String, isSecret: Bool = false) throws -> String? {
        try parsed(key, string(forKey: ConfigKey(key), isSecret: isSecret), "text")
    }

    /// A JSON array, or one text with commas.
    func list(_ key: String) throws -> [String] {
        let parts = string(forKey: ConfigKey(key))?.split(separator: ",").map(String.init)
        let given = parts ?? stringArray(forKey: ConfigKey(key))
        return try parsed(key, given, "a list of texts").map { parts in
            parts.map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
        } ?? []
    }

    private func parsed<T>(_ key: String, _ value: T?, _ kind: String) throws -> T? {
        if let value { return value }
        guard !isSet(ConfigKey(key)) else { throw SettingsError(description: "\(key) must be \(kind)") }
        return nil
    }

    /// Readers of one kind see values of another as missing.
    private func isSet(_ key: ConfigKey) -> Bool {
        string(forKey: key) != nil || int(forKey: key) != nil || double(forKey: key) != nil || bool(forKey: key) != nil
            || stringArray(forKey: key) != nil
    }
}

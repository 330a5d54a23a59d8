// SPDX-License-Identifier: Apache-2.0
package import Configuration
import Domain
import FoundationEssentials
import GraphClient

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
    ///   `share-poll-seconds`, `retry-base-seconds`, `credit-settle-seconds`, `drain-seconds` (double), `postgres-connections` (int, 8).
    /// - `crash-at` (string): a checkpoint to die at.
    package init(_ config: ConfigReader) throws {
        self.init()
        host = config.string(forKey: "host", default: host)
        port = try config.number("port") ?? port
        dataDirectory = config.string(forKey: "data", default: dataDirectory)
        database = config.string(forKey: "database", isSecret: true)
        sandbox = try Self.sandbox(config)
        servesLive = try config.flag("live") ?? (sandbox == .none)
        publicURL = config.string(forKey: "public-url")
        keyFile = config.string(forKey: "key-file")
        allowedRanges = Self.list(config.string(forKey: "allow-ranges"))
        allowsHTTPEndpoints = try config.flag("allow-http") ?? (sandbox != .none && !servesLive)
        if allowedRanges.isEmpty, sandbox != .none, !servesLive { allowedRanges = ["127.0.0.0/8", "::1/128"] }
        logLevel = config.string(forKey: "log-level", default: logLevel)
        logFormat = try Self.named(config.string(forKey: "log-format"), "log-format")
        concurrency = try config.number("concurrency") ?? concurrency
        leaseSeconds = try config.decimal("lease-seconds") ?? leaseSeconds
        heartbeatSeconds = try config.decimal("heartbeat-seconds") ?? heartbeatSeconds
        graceSeconds = try config.decimal("grace-seconds") ?? graceSeconds
        pollSeconds = try config.decimal("poll-seconds") ?? pollSeconds
        sharePollSeconds = try config.decimal("share-poll-seconds") ?? sharePollSeconds
        creditSettleSeconds = try config.decimal("credit-settle-seconds") ?? creditSettleSeconds
        retryBaseSeconds = try config.decimal("retry-base-seconds") ?? retryBaseSeconds
        drainSeconds = try config.decimal("drain-seconds") ?? drainSeconds
        postgresConnections = try config.number("postgres-connections") ?? postgresConnections
        crashAt = config.string(forKey: "crash-at")
        if let text = config.string(forKey: "graph-version") {
            guard let version = GraphVersion(text) else {
                throw SettingsError(description: "graph-version must be one of v21.0 to v26.0, not \(text)")
            }
            graphVersion = version
        }
        try check()
    }

    private func check() throws {
        guard (0...65_535).contains(port) else { throw SettingsError(description: "port must be 0 to 65535, not \(port)") }
        guard concurrency > 0 else { throw SettingsError(description: "concurrency must be positive") }
        let times = [leaseSeconds, heartbeatSeconds, graceSeconds, pollSeconds, sharePollSeconds, retryBaseSeconds, creditSettleSeconds, drainSeconds]
        guard times.allSatisfy({ $0 > 0 && $0 < 1_000_000 }) else {
            throw SettingsError(description: "settings in seconds must be positive")
        }
        guard graceSeconds > heartbeatSeconds, leaseSeconds > heartbeatSeconds else {
            throw SettingsError(description: "grace-seconds and lease-seconds must be longer than heartbeat-seconds")
        }
    }

    private static func sandbox(_ config: ConfigReader) throws -> Sandbox {
        let url = config.string(forKey: "graph-url")
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

    private static func list(_ text: String?) -> [String] {
        (text ?? "").split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
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
    func decimal(_ key: String) throws -> Double? {
        try parsed(key, double(forKey: ConfigKey(key)) ?? int(forKey: ConfigKey(key)).map(Double.init), "a number")
    }
    func flag(_ key: String) throws -> Bool? { try parsed(key, bool(forKey: ConfigKey(key)), "true or false") }

    private func parsed<T>(_ key: String, _ value: T?, _ kind: String) throws -> T? {
        if let value { return value }
        guard string(forKey: ConfigKey(key)) == nil else { throw SettingsError(description: "\(key) must be \(kind)") }
        return nil
    }
}

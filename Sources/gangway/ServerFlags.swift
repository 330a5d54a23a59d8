// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The settings of `serve` as flags. Each is also `GANGWAY_…` in the environment and a key of the config file.
struct ServerFlags: ParsableArguments {
    @Option(help: "Address to listen on (default 127.0.0.1).") var host: String?
    @Option(help: "Port to listen on (default 8080; 0 takes a free one).") var port: Int?
    @Option(help: "Directory of keys, credentials and SQLite files (default ./gangway-data).") var data: String?
    @Option(help: "sqlite:PATH or postgres://… (default: a file in the data directory).") var database: String?
    @Option(help: "Port of the Graph simulator inside (default 8081; 0 takes a free one).") var sandboxPort: Int?
    @Option(help: "A Graph simulator that runs elsewhere.") var graphUrl: String?
    @Flag(help: "No test world: the live world only.") var noSandbox = false
    @Flag(help: "Open the live world beside the test world.") var live = false
    @Option(help: "Graph API version, v21.0 to v26.0 (default v26.0).") var graphVersion: String?
    @Option(help: "Where Meta reaches this server: https://….") var publicUrl: String?
    @Option(help: "File of the key-encryption keys (default DATA/keys).") var keyFile: String?
    @Option(help: "CIDR ranges that endpoints may be in although they are private, comma-separated.") var allowRanges:
        String?
    @Flag(help: "Allow http:// endpoints.") var allowHttp = false
    @Option(help: "trace, debug, info, notice, warning or error (default info).") var logLevel: String?
    @Option(help: "text or json (default: text on a terminal).") var logFormat: String?
    @Option(help: "Onboardings at work at once (default 64).") var concurrency: Int?
    @Option(help: "Seconds that a claim holds without renewal (default 30).") var leaseSeconds: Double?
    @Option(help: "Seconds between heartbeats (default 1).") var heartbeatSeconds: Double?
    @Option(help: "Seconds without a heartbeat after which a node is dead (default 5).") var graceSeconds: Double?
    @Option(help: "Seconds between looks for due work, should a wake-up be lost (default 1).") var pollSeconds: Double?
    @Option(help: "Seconds between questions to Meta while a share is awaited (default 60).") var sharePollSeconds:
        Double?
    @Option(help: "Seconds before the first retry of a step (default 2).") var retryBaseSeconds: Double?
    @Option(help: "Seconds that a sharing of the credit line whose answer was lost is waited out (default 25).")
    var creditSettleSeconds: Double?
    @Option(help: "Seconds that work under way gets to end at a shutdown (default 20).") var drainSeconds: Double?
    @Option(help: "Connections to PostgreSQL (default 8).") var postgresConnections: Int?
    @Option(help: "Hours between two reconciliations with Meta; 0 for never (default 24).") var reconcileHours: Double?
    @Flag(help: "Let them repair what is safe to repair.") var reconcileRepair = false
    @Option(help: "Days that events and their deliveries are kept, 0 for ever (default 90).") var keepEventsDays: Int?
    @Option(help: "Days that activities are kept, 0 for ever (default 0).") var keepActivitiesDays: Int?
    @Option(help: "Days that certificates of decided activation requests are kept, 0 for ever (default 90).")
    var keepCertificatesDays: Int?
    @Option(help: ArgumentHelp("Die at a checkpoint, for crash tests.", visibility: .hidden)) var crashAt: String?
    @Option(help: "Config file (JSON, keys as the flags).") var config: String?

    /// What was given, by key.
    var given: [String: String] {
        let values: [(String, String?)] = [
            ("host", host), ("port", port.map(String.init)), ("data", data), ("database", database),
            ("sandbox-port", sandboxPort.map(String.init)), ("graph-url", graphUrl),
            ("no-sandbox", noSandbox ? "true" : nil),
            ("live", live ? "true" : nil), ("graph-version", graphVersion), ("public-url", publicUrl),
            ("key-file", keyFile), ("allow-ranges", allowRanges), ("allow-http", allowHttp ? "true" : nil),
            ("log-level", logLevel), ("log-format", logFormat), ("concurrency", concurrency.map(String.init)),
            ("lease-seconds", leaseSeconds.map { "\($0)" }), ("heartbeat-seconds", heartbeatSeconds.map { "\($0)" }),
            ("grace-seconds", graceSeconds.map { "\($0)" }), ("poll-seconds", pollSeconds.map { "\($0)" }),
            ("share-poll-seconds", sharePollSeconds.map { "\($0)" }),
            ("retry-base-seconds", retryBaseSeconds.map { "\($0)" }),
            ("credit-settle-seconds", creditSettleSeconds.map { "\($0)" }),
            ("drain-seconds", drainSeconds.map { "\($0)" }),
            ("postgres-connections", postgresConnections.map(String.init)), ("crash-at", crashAt),
            ("reconcile-hours", reconcileHours.map { "\($0)" }),
            ("reconcile-repair", reconcileRepair ? "true" : nil),
            ("keep-events-days", keepEventsDays.map(String.init)),
            ("keep-activities-days", keepActivitiesDays.map(String.init)),
            ("keep-certificates-days", keepCertificatesDays.map(String.init)),
        ]
        return Dictionary(uniqueKeysWithValues: values.compactMap { key, value in value.map { (key, $0) } })
    }
}

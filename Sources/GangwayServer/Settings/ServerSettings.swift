// SPDX-License-Identifier: Apache-2.0
package import GraphClient

/// Every setting of `gangway serve`. Each is a flag, a `GANGWAY_…` variable and a key of the config file of the same name.
package struct ServerSettings: Sendable {
    /// Every key that is read; others in a config file are refused.
    package static let keys: Set<String> = [
        "host", "port", "data", "database", "sandbox-port", "graph-url", "no-sandbox", "live", "graph-version",
        "public-url", "key-file", "allow-ranges", "allow-http", "log-level", "log-format", "concurrency",
        "lease-seconds", "heartbeat-seconds", "grace-seconds", "poll-seconds", "share-poll-seconds",
        "retry-base-seconds", "credit-settle-seconds", "drain-seconds", "postgres-connections", "crash-at",
        "reconcile-hours", "reconcile-repair",
        "keep-events-days", "keep-activities-days", "keep-certificates-days",
    ]

    package enum Sandbox: Sendable, Hashable {
        /// The simulator runs inside, on this port (0 = any free one).
        case inside(port: Int)
        /// A simulator elsewhere.
        case at(String)
        /// No test world: the live world only.
        case none
    }

    package enum LogFormat: String, Sendable, CaseIterable {
        case text
        case json
    }

    package var host = "127.0.0.1"
    package var port = 8080
    package var dataDirectory = "./gangway-data"
    /// `sqlite:PATH`, `postgres://…`, or nil for a file in the data directory.
    package var database: String?
    package var sandbox = Sandbox.inside(port: 8081)
    /// Whether the live world is opened beside the test world.
    package var servesLive = false
    package var graphVersion = GraphVersion.v26
    /// Where Meta reaches this server; needed to subscribe the app's webhooks.
    package var publicURL: String?
    package var keyFile: String?
    /// CIDR ranges that partners' endpoints may resolve to although they are private.
    package var allowedRanges: [String] = []
    package var allowsHTTPEndpoints = false
    package var logLevel = "info"
    package var logFormat: LogFormat?
    package var concurrency = 64
    package var leaseSeconds = 30.0
    package var heartbeatSeconds = 1.0
    package var graceSeconds = 5.0
    package var pollSeconds = 1.0
    package var sharePollSeconds = 60.0
    package var retryBaseSeconds = 2.0
    /// Longer than the deadline of a Graph call, which is 20 s.
    package var creditSettleSeconds = 25.0
    package var drainSeconds = 20.0
    package var postgresConnections = 8
    /// Between two reconciliations that begin by themselves; 0 for never.
    package var reconcileHours = 24.0
    /// Whether those repair what is safe to repair.
    package var reconcileRepairs = false
    /// How long events with their deliveries are kept; 0 for ever.
    package var keepEventsDays = 90
    /// How long activities are kept; 0 for ever.
    package var keepActivitiesDays = 0
    /// How long certificates of decided activation requests are kept; 0 for ever.
    package var keepCertificatesDays = 90
    /// A world's PostgreSQL schema is `PREFIX_WORLD`. Not configurable: it sets the demo apart from a server's data.
    package var schemaPrefix = "gangway"
    /// Kills the process at a checkpoint (`register_phone_number.after_effect`): for crash tests, test world only.
    package var crashAt: String?

    package init() {}

    /// The worlds that a server with these settings opens.
    package var worlds: [String] { (sandbox == .none ? [] : ["test"]) + (servesLive ? ["live"] : []) }

    package func databaseTarget(world: String) throws -> DatabaseTarget {
        try DatabaseTarget(setting: database, dataDirectory: dataDirectory, world: world, schemaPrefix: schemaPrefix)
    }
}

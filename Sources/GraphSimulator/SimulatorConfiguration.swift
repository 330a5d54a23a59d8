// SPDX-License-Identifier: Apache-2.0

/// Where the app's webhooks go before any call to `/{APP}/subscriptions` says otherwise.
package struct WebhookTarget: Codable, Sendable, Equatable {
    package var url: String
    package var verifyToken: String

    package init(url: String, verifyToken: String) {
        self.url = url
        self.verifyToken = verifyToken
    }
}

package struct SimulatorConfiguration: Sendable {
    package var host: String
    /// 0 takes any free port; read it with ``GraphSimulator/boundPort()``.
    package var port: Int
    /// The world is written here before each answer and read back at the start; nil keeps it in memory.
    package var dataDirectory: String?
    package var app: SandboxApp
    package var callback: WebhookTarget?
    /// How long account and display-name reviews take unless a signup says otherwise, in ms of the sandbox's clock.
    package var reviewDelayMilliseconds: Int64
    /// How long a callback that fails is called again, in ms of the sandbox's clock. Source: Meta, webhooks/overview (7 days);
    /// its older pages say 36 hours.
    package var webhookRetryMilliseconds: Int64
    /// Calls per WABA and hour. Source: Meta, about the platform (200, or 5,000 with a registered number).
    package var callsPerHour: CallLimits
    /// Answers of the call log kept in memory.
    package var callLogCapacity: Int
    /// Customers that may come aboard in seven days, as 10 or 200 at Meta; nil does not limit a rehearsal.
    package var newCustomersPerWeek: Int?
    /// What is there when no world is kept in `dataDirectory`, and after a reset.
    package var beginning: WorldBeginning
    /// Ids made later, and what faults do by chance, follow from it; nil takes chance from the machine.
    package var seed: UInt64?
    /// Names of scenarios in force from the start.
    package var scenarios: [String]
    /// The clock goes with a server's: it moves in steps only, since the server's can neither stand still nor run.
    package var isClockOfServer: Bool
    /// The journal is not rewritten below this size.
    package var smallestCompactionBytes: Int

    package struct CallLimits: Sendable {
        package var beforeRegistration: Int
        package var active: Int
        package var credit: Int
        /// Calls per app and hour that no WABA is charged for; nil is 200 for each customer, of 50 at least.
        package var app: Int?

        package init(beforeRegistration: Int = 200, active: Int = 5000, credit: Int = 5000, app: Int? = nil) {
            self.app = app
            self.beforeRegistration = beforeRegistration
            self.active = active
            self.credit = credit
        }
    }

    package init(
        host: String = "127.0.0.1", port: Int = 8081, dataDirectory: String? = nil, app: SandboxApp = .sample,
        callback: WebhookTarget? = nil, reviewDelayMilliseconds: Int64 = 2000,
        webhookRetryMilliseconds: Int64 = 7 * 86_400_000, callsPerHour: CallLimits = CallLimits(),
        callLogCapacity: Int = 100_000, newCustomersPerWeek: Int? = nil, beginning: WorldBeginning = .empty,
        seed: UInt64? = nil, scenarios: [String] = [], isClockOfServer: Bool = false,
        smallestCompactionBytes: Int = 16 * 1024 * 1024
    ) {
        self.host = host
        self.port = port
        self.dataDirectory = dataDirectory
        self.app = app
        self.callback = callback
        self.reviewDelayMilliseconds = reviewDelayMilliseconds
        self.webhookRetryMilliseconds = webhookRetryMilliseconds
        self.callsPerHour = callsPerHour
        self.callLogCapacity = callLogCapacity
        self.newCustomersPerWeek = newCustomersPerWeek
        self.beginning = beginning
        self.seed = seed
        self.scenarios = scenarios
        self.isClockOfServer = isClockOfServer
        self.smallestCompactionBytes = smallestCompactionBytes
    }
}

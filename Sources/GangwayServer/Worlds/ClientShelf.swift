// SPDX-License-Identifier: Apache-2.0
import Domain
import GraphClient
import Logging
import Synchronization

/// The Graph clients of one world, so that all of them can be closed at the end.
final class ClientShelf: Sendable {
    private let baseURL: String
    private let version: GraphVersion
    private let clock: any WorldClock
    private let watch: MetaWatch
    private let logger: Logger
    private let clients = Mutex<[GraphClient]>([])

    init(baseURL: String, version: GraphVersion, clock: any WorldClock, watch: MetaWatch, logger: Logger) {
        self.watch = watch
        self.baseURL = baseURL
        self.version = version
        self.clock = clock
        self.logger = logger
    }

    func client(for app: MetaApp, secret: AppSecret) -> any GraphSending {
        let configuration = GraphConfiguration(baseURL: baseURL, version: version, appID: app.id, appSecret: secret)
        let client = GraphClient(configuration: configuration, clock: clock, watch: watch, logger: logger)
        clients.withLock { $0.append(client) }
        return client
    }

    func shutDown() async {
        for client in clients.withLock({ $0 }) { await client.shutdown() }
    }
}

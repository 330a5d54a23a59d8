// SPDX-License-Identifier: Apache-2.0
package import Domain
package import GraphClient
package import Store
import Synchronization

/// A Meta app with its secrets and a client that speaks for it.
package struct AppContext: Sendable {
    package let app: MetaApp
    package let secret: AppSecret
    package let systemToken: SystemToken?
    package let graph: any GraphSending

    package init(app: MetaApp, secret: AppSecret, systemToken: SystemToken?, graph: any GraphSending) {
        self.app = app
        self.secret = secret
        self.systemToken = systemToken
        self.graph = graph
    }
}

/// No such app in this world.
package struct UnknownApp: Error, Sendable {
    package let id: AppID
}

/// Finds apps by id and keeps one Graph client for each; changed settings are seen within `freshness`.
package final class AppDirectory: Sendable {
    package typealias ClientFactory = @Sendable (MetaApp, AppSecret) -> any GraphSending

    private struct Entry {
        let context: AppContext
        let loadedAt: Timestamp
    }

    private let store: Store
    private let makeClient: ClientFactory
    private let freshness: Duration
    private let entries = Mutex<[AppID: Entry]>([:])

    package init(store: Store, freshness: Duration = .seconds(2), makeClient: @escaping ClientFactory) {
        self.store = store
        self.freshness = freshness
        self.makeClient = makeClient
    }

    package func context(for id: AppID) async throws -> AppContext {
        let now = store.machineClock.now()
        let known = entries.withLock { $0[id] }
        if let known, now - known.loadedAt < freshness { return known.context }
        let loaded = try await store.read { tx -> (MetaApp, AppSecret, SystemToken?)? in
            guard let app = try tx.apps.find(id), let secret: AppSecret = try tx.secrets.get(.appSecret, of: .app(id))
            else { return nil }
            return (app, secret, try tx.secrets.get(.systemToken, of: .app(id)))
        }
        guard let (app, secret, systemToken) = loaded else { throw UnknownApp(id: id) }
        // The client holds the throttle's memory and the connections: kept while the app secret stays the same.
        let kept = known.flatMap { $0.context.secret == secret ? $0.context.graph : nil }
        let context = AppContext(
            app: app, secret: secret, systemToken: systemToken, graph: kept ?? makeClient(app, secret))
        entries.withLock { $0[id] = Entry(context: context, loadedAt: now) }
        return context
    }

    /// Forgets what was loaded: the next use reads again.
    package func invalidate() { entries.withLock { $0.removeAll() } }
}

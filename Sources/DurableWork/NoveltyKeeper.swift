// SPDX-License-Identifier: Apache-2.0
package import Domain
package import Logging
import Metrics
import ServiceLifecycle
package import Store

/// Writes down what this node saw of Meta that it does not know, every few seconds and at the end: who sees it waits for nothing.
package struct NoveltyKeeper: Service {
    private let store: Store
    private let watch: MetaWatch
    private let period: Duration
    private let logger: Logger

    package init(store: Store, watch: MetaWatch, period: Duration = .seconds(5), logger: Logger) {
        self.store = store
        self.watch = watch
        self.period = period
        self.logger = logger
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await Task.sleep(for: period)
                await flush()
            }
        }
        // The task is cancelled by now, and its writes would be refused.
        await Task { await flush() }.value
    }

    package func flush() async {
        let sightings = watch.drain()
        guard !sightings.isEmpty else { return }
        Counter(label: "gangway_meta_novelties_total").increment(by: sightings.values.reduce(0) { $0 + $1.count })
        let all = Array(sightings)
        for start in stride(from: 0, to: all.count, by: 50) {
            let part = Dictionary(
                uniqueKeysWithValues: all[start..<min(start + 50, all.count)].map { ($0.key, $0.value) })
            do {
                let left = try await store.write { try $0.novelties.add(part) }
                if left > 0 { logger.warning("too many novelties of Meta to keep", metadata: ["left": "\(left)"]) }
            } catch {
                watch.putBack(part)
                logger.warning("novelties of Meta are not written yet", metadata: ["error": "\(error)"])
            }
        }
    }
}

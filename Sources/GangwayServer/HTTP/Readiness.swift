// SPDX-License-Identifier: Apache-2.0
import Domain
package import Store
import Synchronization

/// Whether this node should get traffic: every world's database can write, and no shutdown has begun. Asked at most once a
/// second, however often the probe comes.
package final class Readiness: Sendable {
    package enum Answer: Sendable, Hashable {
        case ready
        case notReady(String)
    }

    private struct State {
        var isDraining = false
        var last: (answer: Answer, at: Timestamp)?
    }

    private let stores: [Store]
    private let clock = SystemClock()
    private let state = Mutex(State())

    package init(stores: [Store]) { self.stores = stores }

    package func startDraining() { state.withLock { $0.isDraining = true } }

    package func answer() async -> Answer {
        let now = clock.now()
        let (isDraining, last) = state.withLock { ($0.isDraining, $0.last) }
        if isDraining { return .notReady("draining") }
        if let last, now - last.at < .seconds(1) { return last.answer }
        let answer = await probe()
        state.withLock { $0.last = (answer, now) }
        return answer
    }

    private func probe() async -> Answer {
        for store in stores {
            let isWritable = await withTaskGroup(of: Bool.self) { group in
                group.addTask { (try? await store.write { try $0.nodes.probe() }) != nil }
                group.addTask {
                    try? await Task.sleep(for: .seconds(1))
                    return false
                }
                defer { group.cancelAll() }
                return await group.next() ?? false
            }
            if !isWritable { return .notReady("database of the \(store.world) world") }
        }
        return .ready
    }
}

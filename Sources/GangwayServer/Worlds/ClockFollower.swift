// SPDX-License-Identifier: Apache-2.0
import Domain
import Logging
import ServiceLifecycle
import Services
import Store

/// Keeps this node's clock of the test world with what any node moved it to. Waits on the machine's clock.
struct ClockFollower: Service {
    let store: Store
    let time: WorldTime
    let poll: Duration
    let logger: Logger

    func run() async throws {
        let bell = Doorbell()
        let moves = store.wakeUps(WakeUp.clock)
        let wakeUps = Task { for await _ in moves { bell.ring() } }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await bell.wait(until: store.machineClock.now() + poll, on: store.machineClock)
                await follow()
            }
        }
        wakeUps.cancel()
    }

    private func follow() async {
        do {
            try await time.follow()
        } catch {
            logger.warning("reading the world's clock failed", metadata: ["error": "\(error)"])
        }
    }
}

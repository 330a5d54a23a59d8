// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import Logging
import ServiceLifecycle
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LifecycleTests {
    @Test func endsWithTheServiceGroupItRunsIn() async throws {
        let logger = Logger(label: "lifecycle")
        let simulator = try GraphSimulator(configuration: SimulatorConfiguration(port: 0), logger: logger)
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: simulator, successTerminationBehavior: .gracefullyShutdownGroup)],
                logger: logger))
        let running = Task { try await group.run() }
        let port = try await simulator.boundPort()
        let answer = try await Sandbox(base: "http://127.0.0.1:\(port)").get("/_sandbox/clock")
        #expect(answer.status == 200)
        await group.triggerGracefulShutdown()
        try await running.value
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import TestSupport
import Testing

/// `gangway demo`, as a newcomer runs it.
struct DemoTests {
    @Test(.timeLimit(.minutes(2)), arguments: ServerDatabase.all)
    func `the demo shows every step and the verified webhook`(_ database: ServerDatabase) async throws {
        try await database.with { setting, folder in
            let start = ContinuousClock.now
            let demo = try Gangway.start(
                ["demo"] + (setting.map { ["--postgres", $0] } ?? []), errorsPath: folder + "/demo.log",
                keepsOutput: true)
            defer { demo.kill() }
            let lines = try await demo.output(within: .seconds(60))
            #expect(await demo.exit(within: .seconds(10)) == .code(0), "\(demo.errors)")
            #expect(ContinuousClock.now - start < .seconds(15))
            for step in PlanKind.embeddedSignup.steps(for: .solutionPartner, options: PlanOptions()) {
                #expect(lines.contains { $0.hasPrefix("  \(step.rawValue) ") }, "\(step) is not shown")
            }
            #expect(lines.contains { $0.hasPrefix("live after ") })
            #expect(lines.contains { $0.hasPrefix("webhook evt_") && $0.contains("signature verified") })
            #expect(lines.last?.contains(#""type":"whatsapp.waba_onboarded""#) == true)
        }
    }
}

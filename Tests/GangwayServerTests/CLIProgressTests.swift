// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import GangwayClient
import GangwayServer
import Testing

@Suite struct CLIProgressTests {
    @Test func `piped, each change of a step is one line`() throws {
        var progress = OnboardingProgress(isTerminal: false)
        #expect(try progress.text(for: onboarding("running", "pending")) == "exchange_code                running\n")
        #expect(try progress.text(for: onboarding("running", "pending")) == "")
        #expect(
            try progress.text(for: onboarding("done", "action_required", reason: "pin_mismatch")) == """
                exchange_code                done            250 ms
                register_phone_number        action_required pin_mismatch

                """)
    }

    @Test func `on a terminal the block is drawn over itself`() throws {
        var progress = OnboardingProgress(isTerminal: true)
        let first = try progress.text(for: onboarding("running", "pending"))
        #expect(first.hasPrefix("… exchange_code ") && !first.contains("\u{1B}[2A"))
        let second = try progress.text(for: onboarding("done", "running"))
        #expect(second.hasPrefix("\u{1B}[2A✓ exchange_code "))
        #expect(second.split(separator: "\n").count == 2)
        #expect(try progress.text(for: onboarding("done", "running")) == "")
    }

    @Test(arguments: OnboardingState.allCases) func `every state has its exit code`(state: OnboardingState) throws {
        let ending = OnboardingEnding(try onboarding("done", "done", state: state.rawValue), connection: "--data d")
        let expected: Int32 =
            switch state {
            case .live: 0
            case .actionRequired: 2
            case .running, .waiting, .failed, .cancelled, .offboarded: 1
            }
        #expect(ending.exitCode == expected)
    }

    /// Where the remedy says "resume with …", the printed command has the flag for it.
    @Test(arguments: FailureReason.allCases) func `the command brings what the remedy asks for`(reason: FailureReason)
        throws
    {
        let stopped = try onboarding("done", "action_required", state: "action_required", reason: reason.rawValue)
        let text = OnboardingEnding(stopped, connection: "--data d").text
        let resume = "then    gangway onboard --data d --resume onb_1"
        let asks = [
            ("new code", "--code CODE"), ("PIN", "--pin PIN"), ("waba_id", "--waba-id WABA"),
            ("phone_number_id", "--phone-number-id ID"), ("currency", "--currency USD"),
        ]
        let asked = reason.remedy.text.split(separator: "esume with ").dropFirst().joined()
        for (word, flag) in asks where asked.contains(word) { #expect(text.contains("\(resume) \(flag)\n")) }
        #expect(text.contains(resume) == (reason != .accountDeleted))
    }

    private func onboarding(
        _ first: String, _ second: String, state: String = "running", reason: String? = nil
    ) throws -> OnboardingView {
        let reason = reason.map { #""\#($0)""# } ?? "null"
        let json = """
            {"id": "onb_1", "state": "\(state)", "plan": "embedded_signup", "customer_id": "c", "reason": \(reason),
             "steps": [
               {"kind": "exchange_code", "state": "\(first)", "attempt": 1, "started_at": "2026-01-01T00:00:00.000Z",
                "finished_at": "2026-01-01T00:00:00.250Z"},
               {"kind": "register_phone_number", "state": "\(second)", "attempt": 1, "reason": \(reason)}],
             "created_at": "2026-01-01T00:00:00.000Z", "updated_at": "2026-01-01T00:00:00.000Z"}
            """
        return try JSONDecoder().decode(OnboardingView.self, from: Data(json.utf8))
    }
}

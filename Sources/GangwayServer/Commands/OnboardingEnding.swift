// SPDX-License-Identifier: Apache-2.0
import Domain
package import GangwayClient

/// How `gangway onboard` ends: what it says and its exit code.
package struct OnboardingEnding: Sendable {
    /// 0 live, 2 somebody must act, 1 everything else.
    package let exitCode: Int32
    package let text: String

    /// `connection`: the flags that lead to this server again, without a key.
    package init(_ onboarding: OnboardingView, connection: String) {
        let command = ["gangway onboard", connection, "--resume \(onboarding.id)"].filter { !$0.isEmpty }
        let resume = command.joined(separator: " ")
        switch OnboardingState(rawValue: onboarding.state) {
        case .live:
            exitCode = 0
            let time = StepTime.milliseconds(from: onboarding.createdAt, to: onboarding.finishedAt)
            let facts = [
                time.map { "live after \($0) ms" } ?? "live", onboarding.wabaID.map { "WABA \($0)" },
                onboarding.phoneNumber.map { "number \($0)" }, onboarding.phoneNumberID.map { "phone number id \($0)" },
            ]
            text = facts.compactMap { $0 }.joined(separator: ", ") + "\n"
        case .actionRequired:
            exitCode = 2
            text = Self.story("action required", onboarding, resume)
        case .failed:
            exitCode = 1
            text = Self.story("failed", onboarding, resume)
        case .running, .waiting:
            exitCode = 1
            text = """
                still \(onboarding.state); it goes on without this command
                look again  \(resume)

                """
        case .cancelled, .offboarded, nil:
            exitCode = 1
            text = "\(onboarding.state)\n"
        }
    }

    private static func story(_ title: String, _ onboarding: OnboardingView, _ resume: String) -> String {
        let reason = onboarding.reason.flatMap(FailureReason.init(rawValue:))
        let lines = [
            "\(title): \(onboarding.reason ?? "no reason given")",
            onboarding.remedy.map { "who     \($0.actor)" },
            onboarding.remedy.map { "what    \($0.text)" },
            onboarding.detail.map { "detail  \($0)" },
            reason == .accountDeleted ? nil : "then    \(resume)\(reason?.bringing.map { " \($0)" } ?? "")",
        ]
        return lines.compactMap { $0 }.joined(separator: "\n") + "\n"
    }
}

extension FailureReason {
    /// The flag of `gangway onboard --resume` that brings what was missing.
    var bringing: String? {
        switch self {
        case .codeExpired, .codeUsed, .codeInvalid, .codeExchangeUnknown, .redirectURIMismatch, .tokenInvalid,
            .tokenOfAnotherApp, .wabaNotShared, .partnerRemoved, .businessAppDisconnected:
            "--code CODE"
        case .wabaAmbiguous: "--waba-id WABA"
        case .phoneNumberAmbiguous, .phoneNumberNotOnWABA: "--phone-number-id ID"
        case .pinMismatch, .pinGuessesExceeded: "--pin PIN"
        case .verificationCodeNeeded, .verificationCodeWrong: "--verification-code CODE"
        case .syncWindowMissed, .templateAnalyticsRefused: "--skip"
        case .currencyMissing: "--currency USD"
        case .appCredentialsInvalid, .permissionMissing, .wabaOwnedByAnotherPartner, .anotherRunOpen,
            .businessNotApproved, .signupAbandoned, .phoneNumberMissing, .phoneNumberNotVerified,
            .registrationLimitReached, .solutionNotUsable, .callbackRefused, .creditLineNotConfigured,
            .creditLineRefused, .creditLineStillUsed, .creditRevokeUnconfirmed,
            .creditShareUnconfirmed, .paymentMethodMissing, .reviewRejected, .accountRestricted, .accountDeleted,
            .twoStepVerificationOn, .numberNotMovable, .numberNotOnBusinessApp, .testMessageMissing, .testMessageFailed,
            .testMessageUnconfirmed,
            .rejectedByMeta, .metaUnavailable, .internalError:
            nil
        }
    }
}

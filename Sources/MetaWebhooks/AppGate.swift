// SPDX-License-Identifier: Apache-2.0
import Domain
import Hummingbird
import Logging
import Metrics
import Services
import Synchronization
import WebhookSignatures

/// What judges one app's requests, made once and not for each of them.
final class AppGate: Sendable {
    let app: AppID
    let notifications: Notifications
    private let secrets: [AppSecret]
    private let verifyToken: OtherSecret?
    private let verifier: MetaSignatureVerifier
    private let counters: IntakeCounters
    private let forgeries = Atomic<Int>(0)

    init(app: AppID, gate: Notifications.Gate, notifications: Notifications, counters: IntakeCounters) {
        self.app = app
        self.notifications = notifications
        secrets = gate.appSecrets
        verifyToken = gate.verifyToken
        verifier = MetaSignatureVerifier(secrets: gate.appSecrets.map(\.secret))
        self.counters = counters
    }

    func isCurrent(_ gate: Notifications.Gate) -> Bool {
        gate.appSecrets == secrets && gate.verifyToken == verifyToken
    }

    func isSigned(_ header: String?, _ body: [UInt8]) -> Bool {
        guard let header else { return false }
        return verifier.isValid(header: header, body: body)
    }

    /// Takes the same time wherever the two differ. An app without a token greets nobody.
    func isVerifyToken(_ presented: String) -> Bool {
        guard let expected = verifyToken?.secret, !expected.isEmpty else { return false }
        let (left, right) = (Array(presented.utf8), Array(expected.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    func answer(_ result: IntakeResult) -> Response {
        counters.count(result)
        return result.response
    }

    /// A sample: the first, the second, the fourth, … so that a flood of forgeries is no flood of lines.
    func reportForgery(byteCount: Int, to logger: Logger) {
        let count = forgeries.add(1, ordering: .relaxed).newValue
        guard count & (count - 1) == 0 else { return }
        logger.warning(
            "notification with a wrong or missing signature refused",
            metadata: [
                "app_id": .string(app.rawValue), "bytes": .stringConvertible(byteCount),
                "refused": .stringConvertible(count),
            ])
    }
}

/// One app's counters: created once, since making one takes a lock and a lookup in the metrics backend.
final class IntakeCounters: Sendable {
    private let byResult: [IntakeResult: Counter]

    init(app: String) {
        let pairs = IntakeResult.allCases.map { result in
            let dimensions = [("app", app), ("result", result.rawValue)]
            return (result, Counter(label: "gangway_ingest_requests_total", dimensions: dimensions))
        }
        byResult = Dictionary(uniqueKeysWithValues: pairs)
    }

    func count(_ result: IntakeResult) { byResult[result]?.increment() }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

/// The preflight: the operator's.
struct DoctorController: Sendable {
    @Sendable func examine(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let findings = try await caller.services.doctor.examine(for: caller.principal)
        return Answer.one([
            "status": .name(findings.worst),
            "findings": .array(findings.map(\.wire)),
        ])
    }
}

extension [DoctorFinding] {
    fileprivate var worst: DoctorSeverity {
        DoctorSeverity.allCases.last { severity in contains { $0.severity == severity } } ?? .ok
    }
}

extension DoctorFinding {
    fileprivate var wire: JSONValue {
        [
            "check": .name(check),
            "severity": .name(severity),
            "app_id": .id(appID),
            "text": .string(text),
            "remedy": .text(remedy),
            "source": .string(check.source),
        ]
    }
}

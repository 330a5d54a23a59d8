// SPDX-License-Identifier: Apache-2.0
import NIOHTTP1

/// Comments, and the audit trail, which is the operator's.
extension GangwayClient {
    /// What a comment may stand on, as the address names it.
    package enum Commented: String, CaseIterable, Sendable {
        case onboarding = "onboardings"
        case waba = "wabas"
        case number = "phone_numbers"
    }

    package func addComment(
        _ text: String, to kind: Commented, _ id: String
    ) async throws(ClientError) -> CommentView {
        try await send(.POST, "\(kind.rawValue)/\(id)/comments", NewComment(text: text))
    }

    package func comments(
        on kind: Commented, _ id: String, cursor: String? = nil
    ) async throws(ClientError) -> ListOf<CommentView> {
        try await get("\(kind.rawValue)/\(id)/comments", Self.page(250, cursor))
    }

    package func sealAudit() async throws(ClientError) -> AuditTrailView {
        try await send(.POST, "audit/seal", NoBody())
    }

    /// `head` is `position:hash` of a trail that was noted down.
    package func verifyAudit(after: Int, head: String?) async throws(ClientError) -> AuditReportView {
        try await get("audit/verification", [("after", String(after)), ("limit", "5000"), ("head", head)])
    }
}

private struct NewComment: Encodable {
    let text: String
}

// SPDX-License-Identifier: Apache-2.0
import NIOHTTP1

/// Comments; the audit trail and the preflight, which are the operator's.
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

    /// The scenario as the API prints it.
    package func replayText(of onboarding: String) async throws(ClientError) -> String {
        try await text("onboardings/\(onboarding)/replay", [])
    }

    /// The scenario as the API prints it.
    package func noveltyFixturesText() async throws(ClientError) -> String { try await text("novelties/fixtures", []) }

    package func novelties(kind: String? = nil) async throws(ClientError) -> ListOf<NoveltyView> {
        try await get("novelties", [("kind", kind)])
    }

    package func clearNovelties() async throws(ClientError) { try await delete("novelties") }

    package func doctor() async throws(ClientError) -> DoctorReportView { try await get("doctor") }

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

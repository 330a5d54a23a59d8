// SPDX-License-Identifier: Apache-2.0
import NIOHTTP1

/// WABAs at Meta, reconciliations and imports: an operator's.
extension GangwayClient {
    /// What Meta's `client` or `owned` list shows now. Times are RFC 3339 or Unix seconds.
    package func wabas(
        source: String, createdAfter: String? = nil, createdBefore: String? = nil, sort: String? = nil,
        cursor: String? = nil
    ) async throws(ClientError) -> ListOf<ListedWABAView> {
        try await get(
            "wabas",
            [
                ("source", source), ("created_after", createdAfter), ("created_before", createdBefore), ("sort", sort),
            ] + Self.page(100, cursor))
    }

    /// Everything known of one, as the API prints it; `refresh` asks Meta.
    package func wabaText(_ id: String, refresh: Bool) async throws(ClientError) -> String {
        try await text("wabas/\(id)", [("refresh", refresh ? "true" : nil)])
    }

    package func beginReconciliation(repair: Bool, appID: String?) async throws(ClientError) -> ReconciliationView {
        try await send(.POST, "reconciliations", BeginReconciliation(repair: repair, appID: appID))
    }

    package func reconciliation(_ id: String) async throws(ClientError) -> ReconciliationView {
        try await get("reconciliations/\(id)")
    }

    package func drift(
        of id: String, kind: String? = nil, cursor: String? = nil
    ) async throws(ClientError) -> ListOf<DriftView> {
        try await get("reconciliations/\(id)/drift", [("kind", kind)] + Self.page(250, cursor))
    }

    /// `csv` as it stands in the file.
    package func beginImport(csv: [UInt8], partner: String?, appID: String?) async throws(ClientError) -> ImportView {
        try await upload("imports", [("partner_id", partner), ("app_id", appID)], csv, type: "text/csv")
    }

    package func beginImportFromMeta(partner: String?, appID: String?) async throws(ClientError) -> ImportView {
        try await send(.POST, "imports", BeginImport(source: "meta", partnerID: partner, appID: appID))
    }

    package func importReport(_ id: String) async throws(ClientError) -> ImportView { try await get("imports/\(id)") }

    package func importRows(
        _ id: String, outcome: String? = nil, cursor: String? = nil
    ) async throws(ClientError) -> ListOf<ImportRowView> {
        try await get("imports/\(id)/rows", [("outcome", outcome)] + Self.page(250, cursor))
    }
}

private struct BeginReconciliation: Encodable {
    let repair: Bool
    let appID: String?

    enum CodingKeys: String, CodingKey {
        case repair
        case appID = "app_id"
    }
}

private struct BeginImport: Encodable {
    let source: String
    let partnerID: String?
    let appID: String?

    enum CodingKeys: String, CodingKey {
        case source
        case partnerID = "partner_id"
        case appID = "app_id"
    }
}

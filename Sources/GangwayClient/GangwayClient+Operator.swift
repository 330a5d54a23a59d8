// SPDX-License-Identifier: Apache-2.0
import NIOHTTP1

/// What only an operator's key may ask.
extension GangwayClient {
    package func createPartner(
        _ partner: NewPartner, idempotencyKey: String? = nil
    ) async throws(ClientError) -> PartnerView {
        try await send(.POST, "partners", partner, idempotencyKey: idempotencyKey)
    }

    package func partners(limit: Int? = nil, cursor: String? = nil) async throws(ClientError) -> ListOf<PartnerView> {
        try await get("partners", Self.page(limit, cursor))
    }

    package func partner(_ id: String) async throws(ClientError) -> PartnerView { try await get("partners/\(id)") }

    /// Switches the partner's WhatsApp integration on or off.
    package func setWhatsApp(isEnabled: Bool, for partner: String) async throws(ClientError) -> PartnerView {
        try await send(.POST, "partners/\(partner)/\(isEnabled ? "enable" : "disable")", NoBody())
    }

    package func addSolution(_ solution: String, to partner: String) async throws(ClientError) {
        let _: Ignored = try await send(.POST, "partners/\(partner)/solutions", SolutionBody(solutionID: solution))
    }

    package func approveBusiness(_ business: String, for partner: String) async throws(ClientError) {
        let _: Ignored = try await send(.POST, "partners/\(partner)/businesses", BusinessBody(businessID: business))
    }

    // MARK: Keys

    /// The answer shows the key, this once.
    package func mintKey(for partner: String, idempotencyKey: String? = nil) async throws(ClientError) -> KeyView {
        try await send(.POST, "partners/\(partner)/keys", NoBody(), idempotencyKey: idempotencyKey)
    }

    /// A partner's key lists the partner's own.
    package func keys() async throws(ClientError) -> [KeyView] {
        let list: ListOf<KeyView> = try await get("keys")
        return list.data
    }

    package func revokeKey(_ id: String) async throws(ClientError) { try await delete("keys/\(id)") }

    // MARK: Clock

    /// Of the test world.
    package func clock() async throws(ClientError) -> ClockView { try await get("clock") }

    package func advanceClock(bySeconds seconds: Int) async throws(ClientError) -> ClockView {
        try await send(.POST, "clock", AdvanceBody(advanceSeconds: seconds))
    }

    // MARK: Apps

    package func apps() async throws(ClientError) -> [AppView] {
        let list: ListOf<AppView> = try await get("apps")
        return list.data
    }

    package func app(_ id: String) async throws(ClientError) -> AppView { try await get("apps/\(id)") }

    package func setApp(_ id: String, _ settings: AppSettings) async throws(ClientError) -> AppView {
        try await send(.PUT, "apps/\(id)", settings)
    }
}

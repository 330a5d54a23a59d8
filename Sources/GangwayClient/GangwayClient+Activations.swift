// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOHTTP1

/// Activation requests and the accounts that make them.
extension GangwayClient {
    package func activations(
        state: String? = nil, limit: Int? = nil, cursor: String? = nil
    ) async throws(ClientError) -> ListOf<ActivationView> {
        try await get("activations", [("state", state)] + Self.page(limit, cursor))
    }

    package func activation(_ id: String) async throws(ClientError) -> ActivationView {
        try await get("activations/\(id)")
    }

    package func approveActivation(_ id: String) async throws(ClientError) -> ActivationView {
        try await send(.POST, "activations/\(id)/approve", NoBody())
    }

    package func rejectActivation(_ id: String, reason: String) async throws(ClientError) -> ActivationView {
        try await send(.POST, "activations/\(id)/reject", ["reason": reason])
    }

    /// The file as the account sent it in.
    package func certificate(ofActivation id: String) async throws(ClientError) -> [UInt8] {
        let bytes = try await download("activations/\(id)/certificate")
        return Array(bytes.readableBytesView)
    }

    // MARK: Kaleyra accounts

    /// The answer shows the key, this once.
    package func createKaleyraAccount(
        for partner: String, customer: String?, isTrial: Bool
    ) async throws(ClientError) -> KaleyraAccountView {
        try await send(
            .POST, "partners/\(partner)/kaleyra_accounts", NewKaleyraAccount(customerID: customer, isTrial: isTrial))
    }

    package func kaleyraAccounts() async throws(ClientError) -> [KaleyraAccountView] {
        let list: ListOf<KaleyraAccountView> = try await get("kaleyra_accounts")
        return list.data
    }

    package func setKaleyraTrial(_ isTrial: Bool, _ sid: String) async throws(ClientError) -> KaleyraAccountView {
        try await send(.POST, "kaleyra_accounts/\(sid)/\(isTrial ? "trial" : "activate")", NoBody())
    }

    /// The former keys stop working; the answer shows the new one, this once.
    package func rotateKaleyraKey(_ sid: String) async throws(ClientError) -> KaleyraAccountView {
        try await send(.POST, "kaleyra_accounts/\(sid)/keys", NoBody())
    }
}

// SPDX-License-Identifier: Apache-2.0
import NIOHTTP1

/// Phone numbers by hand.
extension GangwayClient {
    package func phoneNumber(_ id: String) async throws(ClientError) -> PhoneNumberView {
        try await get("phone_numbers/\(id)")
    }

    package func addPhoneNumber(_ number: NewPhoneNumber) async throws(ClientError) -> PhoneNumberView {
        try await send(.POST, "phone_numbers", number)
    }

    /// `sent` or `already_verified`.
    package func requestCode(
        for id: String, method: String, language: String
    ) async throws(ClientError) -> String {
        let answer: CodeRequestView = try await send(
            .POST, "phone_numbers/\(id)/request_code", ["method": method, "language": language])
        return answer.outcome
    }

    package func verifyCode(_ code: String, for id: String) async throws(ClientError) -> PhoneNumberView {
        try await send(.POST, "phone_numbers/\(id)/verify_code", ["code": code])
    }

    /// Without a PIN the server repeats the known one or makes one.
    package func registerNumber(_ id: String, pin: String?, region: String?) async throws(ClientError)
        -> PhoneNumberView
    {
        let body = ["pin": pin, "region": region].compactMapValues(\.self)
        return try await send(.POST, "phone_numbers/\(id)/register", body)
    }

    package func deregisterNumber(_ id: String) async throws(ClientError) -> PhoneNumberView {
        try await send(.POST, "phone_numbers/\(id)/deregister", NoBody())
    }

    package func changePIN(of id: String, to pin: String?) async throws(ClientError) -> PhoneNumberView {
        try await send(.POST, "phone_numbers/\(id)/pin", ["pin": pin].compactMapValues(\.self))
    }

    /// Shown once.
    package func revealPIN(of id: String) async throws(ClientError) -> String {
        let answer: PINView = try await send(.POST, "phone_numbers/\(id)/pin/reveal", NoBody())
        return answer.pin
    }

    package func allowPINReveal(of id: String) async throws(ClientError) {
        let _: Ignored = try await send(.POST, "phone_numbers/\(id)/pin/allow_reveal", NoBody())
    }

    package func requestName(_ name: String, for id: String) async throws(ClientError) -> PhoneNumberView {
        try await send(.POST, "phone_numbers/\(id)/display_name", ["display_name": name])
    }

    package func refreshNumber(_ id: String) async throws(ClientError) -> PhoneNumberView {
        try await send(.POST, "phone_numbers/\(id)/refresh", NoBody())
    }

    package func budgets(of id: String) async throws(ClientError) -> [BudgetView] {
        let list: ListOf<BudgetView> = try await get("phone_numbers/\(id)/budgets")
        return list.data
    }

    // MARK: Encryption

    package func encryption() async throws(ClientError) -> EncryptionView { try await get("encryption") }

    package func rotateKeys(addsKey: Bool) async throws(ClientError) -> EncryptionView {
        try await send(.POST, "encryption/rotate", ["new_key_encryption_key": addsKey])
    }
}

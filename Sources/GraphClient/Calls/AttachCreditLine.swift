// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{LINE}/whatsapp_credit_attach?waba_currency&waba_id` with the customer's token: second half of the two-step way.
/// Never repeated blindly. Source: Meta, share-and-revoke-credit-lines, 2025-12-12.
package struct AttachCreditLine: GraphRequest {
    package typealias Response = CreditShareAnswer
    package static let operation = "attach_credit"

    package let creditLineID: CreditLineID
    package let wabaID: WABAID
    /// One of AUD, EUR, GBP, IDR, INR, USD; becomes the WABA's currency for good.
    package let currency: String
    package let token: BusinessToken

    package init(_ creditLineID: CreditLineID, wabaID: WABAID, currency: String, token: BusinessToken) {
        self.creditLineID = creditLineID
        self.wabaID = wabaID
        self.currency = currency
        self.token = token
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(creditLineID)/whatsapp_credit_attach" }
    package var query: [(String, String)] { [("waba_currency", currency), ("waba_id", wabaID.rawValue)] }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { wabaID.rawValue }
}

// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{LINE}/whatsapp_credit_sharing_and_attach?waba_currency&waba_id`: money. Final for the WABA, so never repeated
/// blindly: after a lost answer read the funding and the allocations. Source: Meta, share-and-revoke-credit-lines,
/// 2025-12-12.
package struct ShareCreditLine: GraphRequest {
    package typealias Response = CreditShareAnswer
    package static let operation = "share_credit"

    package let creditLineID: CreditLineID
    package let wabaID: WABAID
    /// One of AUD, EUR, GBP, IDR, INR, USD; becomes the WABA's currency for good.
    package let currency: String
    package let token: SystemToken

    package init(_ creditLineID: CreditLineID, wabaID: WABAID, currency: String, token: SystemToken) {
        self.creditLineID = creditLineID
        self.wabaID = wabaID
        self.currency = currency
        self.token = token
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(creditLineID)/whatsapp_credit_sharing_and_attach" }
    package var query: [(String, String)] { [("waba_currency", currency), ("waba_id", wabaID.rawValue)] }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { wabaID.rawValue }
}

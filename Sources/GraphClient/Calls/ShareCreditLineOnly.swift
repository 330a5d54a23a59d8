// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{LINE}/whatsapp_credit_sharing?receiving_business_id=…`: first half of the two-step way; `AttachCreditLine`
/// follows. Never repeated blindly. Source: Meta, share-and-revoke-credit-lines, 2025-12-12.
package struct ShareCreditLineOnly: GraphRequest {
    package typealias Response = CreditShareAnswer
    package static let operation = "share_credit_only"

    package let creditLineID: CreditLineID
    package let receivingBusinessID: BusinessID
    package let token: SystemToken

    package init(_ creditLineID: CreditLineID, receivingBusinessID: BusinessID, token: SystemToken) {
        self.creditLineID = creditLineID
        self.receivingBusinessID = receivingBusinessID
        self.token = token
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(creditLineID)/whatsapp_credit_sharing" }
    package var query: [(String, String)] { [("receiving_business_id", receivingBusinessID.rawValue)] }
    package var credential: GraphCredential { .bearer(token) }
}

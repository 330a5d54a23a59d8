// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{PHONE}/smb_app_data`: asks for the phone app's contacts, then its history: each once, within 24 h of the
/// signup. Errors 2593107, 2593108. Source: Meta, onboarding-business-app-users, 2026-02-04.
package struct SyncBusinessApp: GraphRequest {
    package typealias Response = SyncRequested
    package static let operation = "sync_business_app"

    package let phoneNumberID: PhoneNumberID
    package let kind: Kind
    package let token: any BearerToken

    package init(_ phoneNumberID: PhoneNumberID, kind: Kind, token: some BearerToken) {
        self.phoneNumberID = phoneNumberID
        self.kind = kind
        self.token = token
    }

    package enum Kind: String, Sendable {
        case contacts = "smb_app_state_sync"
        case history
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(phoneNumberID)/smb_app_data" }
    package var body: GraphBody { .json(["messaging_product": "whatsapp", "sync_type": kind.rawValue]) }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { phoneNumberID.rawValue }
}

package struct SyncRequested: GraphObject {
    @Lenient package var requestID: String?

    enum CodingKeys: String, CodingKey { case requestID = "request_id" }
}

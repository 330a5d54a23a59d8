// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /{WABA}?fields=…`. Source: Meta, WhatsApp Business Account node.
package struct ReadWABA: GraphRequest {
    package typealias Response = WABAAnswer
    package static let operation = "read_waba"

    package let wabaID: WABAID
    /// Empty for Meta's default fields.
    package let fields: [WABAField]
    package let token: any BearerToken

    package init(_ wabaID: WABAID, fields: [WABAField] = WABAField.facts, token: some BearerToken) {
        self.wabaID = wabaID
        self.fields = fields
        self.token = token
    }

    package var method: GraphMethod { .get }
    package var path: String { wabaID.rawValue }
    package var query: [(String, String)] { fields.fieldsQuery }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { wabaID.rawValue }
}

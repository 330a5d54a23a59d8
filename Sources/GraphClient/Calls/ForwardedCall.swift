// SPDX-License-Identifier: Apache-2.0
package import Domain

/// A call of the Cloud API made for a partner, in its own words: whoever makes one has judged path, parameters and owner.
/// Meta's answer comes back as it is, without the secrets that were sent.
package struct ForwardedCall: GraphRequest {
    package typealias Response = GraphRawAnswer
    package static let operation = "forward"

    package let method: GraphMethod
    package let path: String
    package let query: [(String, String)]
    package let body: GraphBody
    package let credential: GraphCredential
    package let subject: String?

    /// `json` is sent byte for byte. `subject`: the WABA that Meta counts the call against.
    package init(
        _ method: GraphMethod, _ path: String, query: [(String, String)], json: [UInt8]?, token: some BearerToken,
        subject: WABAID
    ) {
        self.method = method
        self.path = path
        self.query = query
        body = json.map { .raw($0, contentType: "application/json") } ?? .none
        credential = .bearer(token)
        self.subject = subject.rawValue
    }
}

/// A whole answer of Meta's, byte for byte but for the secrets that were sent.
package struct GraphRawAnswer: Decodable, Sendable {
    package let json: [UInt8]

    package init(json: [UInt8]) { self.json = json }

    /// Never read this way: ``GraphAnswerReader`` knows the type.
    package init(from decoder: any Decoder) throws { json = [] }
}

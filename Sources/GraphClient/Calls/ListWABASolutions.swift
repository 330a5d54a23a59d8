// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /{WABA}/solutions`: the Multi-Partner Solutions a WABA belongs to. Source: Meta, multi-partner-solutions.
package struct ListWABASolutions: PagedGraphRequest {
    package typealias Item = Solution
    package typealias Response = GraphPage<Solution>
    package static let operation = "list_waba_solutions"

    package let wabaID: WABAID
    package let token: any BearerToken
    package var after: String?

    package init(of wabaID: WABAID, token: some BearerToken) {
        self.wabaID = wabaID
        self.token = token
    }

    package var method: GraphMethod { .get }
    package var path: String { "\(wabaID)/solutions" }
    package var query: [(String, String)] { after.map { [("after", $0)] } ?? [] }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { wabaID.rawValue }
}

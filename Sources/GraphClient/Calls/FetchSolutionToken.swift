// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /{SOLUTION}/access_token?business_id=…`: the token of the partner that did not run the signup.
/// Source: Meta, multi-partner-solutions.
package struct FetchSolutionToken: GraphRequest {
    package typealias Response = TokenAnswer<BusinessToken>
    package static let operation = "solution_access_token"

    package let solutionID: SolutionID
    package let businessID: BusinessID
    package let token: SystemToken

    package init(_ solutionID: SolutionID, businessID: BusinessID, token: SystemToken) {
        self.solutionID = solutionID
        self.businessID = businessID
        self.token = token
    }

    package var method: GraphMethod { .get }
    package var path: String { "\(solutionID)/access_token" }
    package var query: [(String, String)] { [("business_id", businessID.rawValue)] }
    package var credential: GraphCredential { .bearer(token) }
}

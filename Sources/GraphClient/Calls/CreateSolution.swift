// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `POST /{APP}/whatsapp_business_solution`. Source: Meta, multi-partner-solutions.
package struct CreateSolution: GraphRequest {
    package static let operation = "create_solution"

    package let appID: AppID
    package let partnerAppID: AppID
    /// 2 to 75 characters.
    package let name: String
    package let token: SystemToken

    package init(of appID: AppID, with partnerAppID: AppID, name: String, token: SystemToken) {
        self.appID = appID
        self.partnerAppID = partnerAppID
        self.name = name
        self.token = token
    }

    package struct Response: GraphObject {
        package let id: SolutionID

        enum CodingKeys: String, CodingKey {
            case id = "solution_id"
        }
    }

    private struct Body: Encodable {
        let owner_permissions = ["MESSAGING"]
        let partner_app_id: AppID
        let partner_permissions = ["MESSAGING"]
        let solution_name: String
    }

    package var method: GraphMethod { .post }
    package var path: String { "\(appID)/whatsapp_business_solution" }
    package var body: GraphBody { .json(Body(partner_app_id: partnerAppID, solution_name: name)) }
    package var credential: GraphCredential { .bearer(token) }
}

// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /{SOLUTION}?fields=…`. Source: Meta, multi-partner-solutions.
package struct ReadSolution: GraphRequest {
    package typealias Response = Solution
    package static let operation = "read_solution"

    package let solutionID: SolutionID
    package let token: SystemToken

    package init(_ solutionID: SolutionID, token: SystemToken) {
        self.solutionID = solutionID
        self.token = token
    }

    package var method: GraphMethod { .get }
    package var path: String { solutionID.rawValue }
    package var query: [(String, String)] {
        let partners = "partners{partner_permissions,partner_app}"
        return [("fields", "name,status,status_for_pending_request,owner_app,owner_permissions,\(partners)")]
    }
    package var credential: GraphCredential { .bearer(token) }
}

package struct Solution: GraphObject {
    package let id: SolutionID
    @Lenient package var name: String?
    /// `DRAFT`, `INITIATED`, `ACTIVE`, `REJECTED`, `DEACTIVATED`.
    @Lenient package var status: String?
    /// `PENDING_ACTIVATION`, `PENDING_DEACTIVATION`, `NONE`.
    @Lenient package var pendingStatus: String?
    @Lenient package var ownerPermissions: [String]?
    @Lenient private var ownerApp: App?
    @Lenient private var partnerList: Partners?

    package var ownerAppID: AppID? { ownerApp?.id }
    package var ownerAppName: String? { ownerApp?.name }
    package var partners: [Partner] { partnerList?.data ?? [] }
    /// Whether customers can be onboarded through it.
    package var isActive: Bool { status == "ACTIVE" }

    package struct Partner: GraphObject {
        @Lenient private var app: App?
        @Lenient package var permissions: [String]?

        package var appID: AppID? { app?.id }
        package var appName: String? { app?.name }

        enum CodingKeys: String, CodingKey {
            case app = "partner_app"
            case permissions = "partner_permissions"
        }
    }

    struct App: GraphObject {
        @Lenient var id: AppID?
        @Lenient var name: String?
    }

    struct Partners: GraphObject {
        @Lenient var data: [Partner]?
    }

    enum CodingKeys: String, CodingKey {
        case id, name, status
        case pendingStatus = "status_for_pending_request"
        case ownerPermissions = "owner_permissions"
        case ownerApp = "owner_app"
        case partnerList = "partners"
    }
}

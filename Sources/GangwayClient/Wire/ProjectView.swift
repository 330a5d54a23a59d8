// SPDX-License-Identifier: Apache-2.0

package struct ProjectView: Codable, Sendable {
    package let id: String
    package let customerID: String

    enum CodingKeys: String, CodingKey {
        case id
        case customerID = "customer_id"
    }
}

package struct AccessKeyView: Codable, Sendable {
    package let id: String
    package let projectID: String?
    /// Only when it was minted.
    package let secret: String?

    enum CodingKeys: String, CodingKey {
        case id
        case projectID = "project_id"
        case secret
    }
}

struct NewProject: Encodable, Sendable {
    let name: String
    let customerID: String?

    enum CodingKeys: String, CodingKey {
        case name
        case customerID = "customer_id"
    }
}

struct NewAccessKey: Encodable, Sendable {
    let projectID: String?

    enum CodingKeys: String, CodingKey {
        case projectID = "project_id"
    }
}

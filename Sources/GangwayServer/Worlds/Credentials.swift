// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// `DATA/credentials.json`, mode 0600: everything that a script needs to use the test world. Never written for the live world.
package struct Credentials: Codable, Sendable {
    package struct Operator: Codable, Sendable {
        package var key: String
    }

    package struct Partner: Codable, Sendable {
        package var id: String
        package var apiKey: String

        enum CodingKeys: String, CodingKey {
            case id
            case apiKey = "api_key"
        }
    }

    package struct Customer: Codable, Sendable {
        package var id: String
    }

    package struct Kaleyra: Codable, Sendable {
        package var sid: String
        package var apiKey: String

        enum CodingKeys: String, CodingKey {
            case sid
            case apiKey = "api_key"
        }
    }

    /// For Sinch's dialect.
    package struct Sinch: Codable, Sendable {
        package var projectID: String
        package var keyID: String
        package var keySecret: String

        enum CodingKeys: String, CodingKey {
            case projectID = "project_id"
            case keyID = "key_id"
            case keySecret = "key_secret"
        }
    }

    package struct MetaApp: Codable, Sendable {
        package var appID: String
        package var appSecret: String
        package var systemToken: String
        package var businessID: String
        package var extendedCreditLineID: String
        package var solutionID: String
        package var configID: String
        package var verifyToken: String

        enum CodingKeys: String, CodingKey {
            case appID = "app_id"
            case appSecret = "app_secret"
            case systemToken = "system_token"
            case businessID = "business_id"
            case extendedCreditLineID = "extended_credit_line_id"
            case solutionID = "solution_id"
            case configID = "config_id"
            case verifyToken = "verify_token"
        }
    }

    package var baseURL: String
    package var graphURL: String
    package var `operator`: Operator
    package var partner: Partner
    package var customer: Customer
    /// Nil only in a file of an earlier version, until the next start.
    package var kaleyra: Kaleyra?
    /// Nil in a file of a version before it.
    package var sinch: Sinch?
    package var metaApp: MetaApp

    enum CodingKeys: String, CodingKey {
        case baseURL = "base_url"
        case graphURL = "graph_url"
        case `operator`, partner, customer, kaleyra, sinch
        case metaApp = "meta_app"
    }

    package static func path(in dataDirectory: String) -> String { dataDirectory + "/credentials.json" }

    /// Nil when there is no file or it cannot be read.
    package static func load(from dataDirectory: String) -> Credentials? {
        guard let data = try? Data(contentsOf: URL(filePath: path(in: dataDirectory))) else { return nil }
        return try? JSONDecoder().decode(Credentials.self, from: data)
    }

    /// Replaces the file whole; readable by its owner alone.
    package func save(to dataDirectory: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let path = Self.path(in: dataDirectory)
        let temporary = path + ".new"
        try? FileManager.default.removeItem(atPath: temporary)
        guard
            FileManager.default.createFile(
                atPath: temporary, contents: try encoder.encode(self) + Data("\n".utf8),
                attributes: [.posixPermissions: 0o600])
        else { throw SettingsError(description: "cannot write \(path)") }
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: temporary, toPath: path)
    }
}

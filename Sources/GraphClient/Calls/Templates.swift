// SPDX-License-Identifier: Apache-2.0
package import Domain

/// `GET /{WABA}/message_templates`. Source: Meta, message templates.
package struct ListTemplates: GraphRequest {
    package typealias Response = JSONValue
    package static let operation = "list_templates"

    package let wabaID: WABAID
    /// Only those of this name.
    package let name: String?
    package let token: any BearerToken

    package init(of wabaID: WABAID, name: String?, token: some BearerToken) {
        self.wabaID = wabaID
        self.name = name
        self.token = token
    }

    package var method: GraphMethod { .get }
    package var path: String { "\(wabaID)/message_templates" }
    package var query: [(String, String)] { [("limit", "250")] + (name.map { [("name", $0)] } ?? []) }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { wabaID.rawValue }
}

/// `POST /{WABA}/message_templates`, or `POST /{TEMPLATE}` to change one; the body is the client's.
package struct WriteTemplate: GraphRequest {
    package typealias Response = JSONValue
    package static let operation = "write_template"

    package let wabaID: WABAID
    package let templateID: String?
    package let content: JSONValue
    package let token: any BearerToken

    package init(on wabaID: WABAID, templateID: String?, content: JSONValue, token: some BearerToken) {
        self.wabaID = wabaID
        self.templateID = templateID
        self.content = content
        self.token = token
    }

    package var method: GraphMethod { .post }
    package var path: String { templateID ?? "\(wabaID)/message_templates" }
    package var body: GraphBody { .json(content) }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { wabaID.rawValue }
}

/// `DELETE /{WABA}/message_templates?name[&hsm_id]`: all languages, or the one whose id is named.
package struct DeleteTemplate: GraphRequest {
    package typealias Response = GraphSuccess
    package static let operation = "delete_template"

    package let wabaID: WABAID
    package let name: String
    package let templateID: String?
    package let token: any BearerToken

    package init(of wabaID: WABAID, name: String, templateID: String?, token: some BearerToken) {
        self.wabaID = wabaID
        self.name = name
        self.templateID = templateID
        self.token = token
    }

    package var method: GraphMethod { .delete }
    package var path: String { "\(wabaID)/message_templates" }
    package var query: [(String, String)] { [("name", name)] + (templateID.map { [("hsm_id", $0)] } ?? []) }
    package var credential: GraphCredential { .bearer(token) }
    package var subject: String? { wabaID.rawValue }
}

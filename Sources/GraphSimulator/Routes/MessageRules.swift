// SPDX-License-Identifier: Apache-2.0

/// What a message must hold. Source: Meta, messages reference; reference section 8.4.
enum MessageRules {
    private static let longestText = 4096
    private static let kinds: Set<String> = [
        "audio", "contacts", "document", "image", "interactive", "location", "reaction", "sticker", "video",
    ]

    static func checkContent(_ call: GraphCall, _ kind: String) throws(GraphError) {
        switch kind {
        case "text":
            guard let body = call.parameters["text"]?["body"]?.text, !body.isEmpty else {
                throw .required("text['body']")
            }
            guard body.count <= longestText else {
                throw .parameter("Param text['body'] must be at most \(longestText) characters long.")
            }
        case "template":
            guard let template = call.parameters["template"], template["name"]?.text?.isEmpty == false else {
                throw .required("template['name']")
            }
            guard template["language"]?["code"]?.text?.isEmpty == false else { throw .required("template['language']") }
        case _ where kinds.contains(kind):
            guard call.parameters.has(kind) else { throw .required(kind) }
        default: throw ErrorCatalog.error(131009)
        }
    }

    /// As many values as the template's body has places for.
    static func checkParameters(of template: MessageTemplate, _ order: JSON) throws(GraphError) {
        let components = (try? JSONParser.parse(template.components))?.elements ?? []
        let body = components.first { $0["type"]?.text?.uppercased() == "BODY" }?["text"]?.text ?? ""
        let expected = TemplateRules.placeholders(in: body).count
        let given = order["components"]?.elements?.first { $0["type"]?.text?.lowercased() == "body" }
        let count = given?["parameters"]?.elements?.count ?? 0
        guard template.category == "AUTHENTICATION" || count == expected else {
            var error = ErrorCatalog.error(132000)
            error.details =
                "body: number of localizable_params (\(count)) does not match the expected number of params "
                + "(\(expected))"
            throw error
        }
    }
}

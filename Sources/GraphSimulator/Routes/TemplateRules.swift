// SPDX-License-Identifier: Apache-2.0

/// What a template must look like. Source: Meta, create and manage templates; error codes of reference section 12.2.
enum TemplateRules {
    static let categories: Set<String> = ["AUTHENTICATION", "MARKETING", "UTILITY"]
    private static let componentTypes: Set<String> = [
        "HEADER", "BODY", "FOOTER", "BUTTONS", "CAROUSEL", "LIMITED_TIME_OFFER", "CALL_PERMISSION_REQUEST",
    ]
    private static let headerFormats: Set<String> = [
        "TEXT", "IMAGE", "VIDEO", "GIF", "DOCUMENT", "LOCATION", "PRODUCT",
    ]
    private static let longestBody = 1024
    private static let longestHeader = 60

    /// Without its id, which only the world gives.
    static func template(_ call: GraphCall) throws(GraphError) -> MessageTemplate {
        let name = try call.required("name")
        guard name.utf8.count <= 512, name.utf8.allSatisfy(isNameByte) else {
            throw .parameter("Param name must be lower-case letters, digits and underscores, 512 characters at most.")
        }
        let language = try call.required("language")
        guard (2...12).contains(language.utf8.count), language.utf8.first.map(isLetter) == true,
            language.utf8.allSatisfy({ isNameByte($0) || isLetter($0) })
        else { throw .parameter("Param language must be one of the supported languages and locales.") }
        let category = try self.category(call.parameters.text("category"), isRequired: true)
        let format = (call.parameters.text("parameter_format") ?? "POSITIONAL").uppercased()
        guard ["POSITIONAL", "NAMED"].contains(format) else {
            throw .parameter("Param parameter_format must be one of {NAMED, POSITIONAL}")
        }
        return MessageTemplate(
            id: "", name: name, language: language, category: category, status: "PENDING",
            components: try components(call.parameters["components"], category), parameterFormat: format)
    }

    static func edit(_ template: inout MessageTemplate, _ call: GraphCall) throws(GraphError) {
        guard call.parameters.has("components") || call.parameters.has("category") else {
            throw .required("components")
        }
        template.category = try category(call.parameters.text("category") ?? template.category, isRequired: true)
        guard call.parameters.has("components") else { return }
        template.components = try components(call.parameters["components"], template.category)
    }

    private static func category(_ text: String?, isRequired: Bool) throws(GraphError) -> String {
        guard let text else { throw .required("category") }
        guard categories.contains(text.uppercased()) else {
            throw .parameter("Param category must be one of {\(categories.sorted().joined(separator: ", "))}")
        }
        return text.uppercased()
    }

    private static func components(_ value: JSON?, _ category: String) throws(GraphError) -> String {
        guard let components = value?.elements, !components.isEmpty else { throw .required("components") }
        for component in components {
            let type = component["type"]?.text?.uppercased() ?? ""
            guard componentTypes.contains(type) else {
                throw .parameter(
                    "Param components[0]['type'] must be one of {\(componentTypes.sorted().joined(separator: ", "))}")
            }
            switch type {
            case "HEADER": try checkHeader(component)
            case "BODY": try checkBody(component, category)
            case "FOOTER":
                guard let text = component["text"]?.text ?? (category == "AUTHENTICATION" ? "" : nil),
                    text.count <= 60, placeholders(in: text).isEmpty
                else { throw ErrorCatalog.error(2_388_073) }
            default: break
            }
        }
        guard components.contains(where: { $0["type"]?.text?.uppercased() == "BODY" }) else {
            throw ErrorCatalog.error(2_388_072)
        }
        return String(decoding: JSON.array(components).bytes(), as: UTF8.self)
    }

    private static func checkHeader(_ header: JSON) throws(GraphError) {
        let format = header["format"]?.text?.uppercased() ?? ""
        guard headerFormats.contains(format) else { throw ErrorCatalog.error(2_388_047) }
        guard format == "TEXT" else { return }
        guard let text = header["text"]?.text, !text.isEmpty, placeholders(in: text).count <= 1 else {
            throw ErrorCatalog.error(2_388_047)
        }
        guard text.count <= longestHeader else { throw ErrorCatalog.error(2_388_040) }
    }

    /// An authentication template's text is Meta's own.
    private static func checkBody(_ body: JSON, _ category: String) throws(GraphError) {
        guard let text = body["text"]?.text, !text.isEmpty else {
            if category == "AUTHENTICATION" { return }
            throw ErrorCatalog.error(2_388_072)
        }
        guard text.count <= longestBody else { throw ErrorCatalog.error(2_388_040) }
        guard !text.hasPrefix("{{"), !text.hasSuffix("}}") else { throw ErrorCatalog.error(2_388_299) }
    }

    /// The names between double braces, each once.
    static func placeholders(in text: String) -> [String] {
        var names: [String] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            let name = String(rest[open.upperBound..<close.lowerBound])
            if !names.contains(name) { names.append(name) }
            rest = rest[close.upperBound...]
        }
        return names
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || byte == UInt8(ascii: "_")
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}

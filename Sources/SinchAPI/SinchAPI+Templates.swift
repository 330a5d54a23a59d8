// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import Services

/// Templates of the project's WABA, handed to Meta as they come and back as Meta prints them: only the language is spelled
/// as Sinch does. Source: Sinch, tag "Templates" (outline); Meta, message templates.
extension SinchAPI {
    func addTemplateRoutes(to door: RouterGroup<GangwayContext>) {
        add(.get, Routes.templates, to: door) { call in
            let templates = try await call.services.platform.templates(call.scope)
            return try Self.list(templates, call)
        }
        add(.post, Routes.templates, to: door) { call in
            let content = try await call.content()
            let made = try await call.services.platform.createTemplate(content.forMeta, call.scope)
            return call.answer(content.merging(made).forClient, .created)
        }
        add(.post, Routes.templateSync, to: door) { call in
            // Nothing is kept here that could differ from Meta: reading is all there is to a sync.
            _ = try await call.services.platform.templates(call.scope)
            return call.noContent
        }
        add(.get, Routes.template, to: door) { call in
            let name = try call.templateName()
            return try Self.list(try await call.services.platform.templates(name: name, call.scope), call)
        }
        add(.delete, Routes.template, to: door) { call in
            try await call.services.platform.deleteTemplate(try call.templateName(), nil, call.scope)
            return call.noContent
        }
        add(.get, Routes.templateLanguage, to: door) { call in call.answer(try await call.template().forClient) }
        add(.patch, Routes.templateLanguage, to: door) { call in
            let content = try await call.content()
            let template = try await call.template()
            try await call.services.platform.updateTemplate(template, content.forMeta, call.scope)
            return call.answer(template.merging(content).forClient)
        }
        add(.delete, Routes.templateLanguage, to: door) { call in
            let template = try await call.template()
            try await call.services.platform.deleteTemplate(try call.templateName(), template, call.scope)
            return call.noContent
        }
    }

    private static func list(_ templates: [JSONValue], _ call: SinchCall) throws -> Response {
        let sorted = templates.sorted { ($0.member("id") ?? "") > ($1.member("id") ?? "") }
        let page = try SinchPage(sorted, of: call) {
            PageKey(at: Timestamp(milliseconds: 0), id: $0.member("id") ?? "")
        }
        return call.answer(page.answer("templates") { $0.forClient })
    }
}

extension SinchCall {
    fileprivate func templateName() throws -> String {
        guard let name = context.parameters.get(Routes.templateName), (1...512).contains(name.utf8.count) else {
            throw SinchError.templateNotFound
        }
        return name
    }

    fileprivate func template() async throws -> JSONValue {
        let language = context.parameters.get(Routes.languageCode) ?? ""
        let found = try await services.platform.template(try templateName(), language: language, scope)
        guard let found else { throw SinchError.templateNotFound }
        return found
    }

    /// The body as it is, an object.
    fileprivate func content() async throws -> JSONValue {
        let raw = try await request.readBody(upTo: context.maxUploadSize)
        return .object(try JSONTree.object(from: raw).mapValues(\.value))
    }
}

extension JSONTree {
    fileprivate var value: JSONValue {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .number(let value): value.map { .integer($0) } ?? .null
        case .string(let text): .string(text)
        case .array(let items): .array(items.map(\.value))
        case .object(let members): .object(members.mapValues(\.value))
        }
    }
}

extension JSONValue {
    /// `EN_US` there is `en_US` at Meta.
    fileprivate var forMeta: JSONValue {
        spelled { text in
            let parts = text.split(separator: "_", maxSplits: 1)
            guard let first = parts.first else { return text }
            return ([first.lowercased()] + parts.dropFirst().map { $0.uppercased() }).joined(separator: "_")
        }
    }

    fileprivate var forClient: JSONValue { spelled { $0.uppercased() } }

    private func spelled(_ spell: (String) -> String) -> JSONValue {
        guard case .object(var members) = self, case .string(let language) = members["language"] else { return self }
        members["language"] = .string(spell(language))
        return .object(members)
    }

    fileprivate func merging(_ other: JSONValue) -> JSONValue {
        guard case .object(let mine) = self, case .object(let others) = other else { return self }
        return .object(mine.merging(others) { $1 })
    }
}

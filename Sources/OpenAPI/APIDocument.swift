// SPDX-License-Identifier: Apache-2.0
package import Domain

/// What one door tells of itself.
package struct Chapter: Sendable {
    package let title: String
    package let text: String
    package let operations: [Operation]
    /// By their names in the whole document.
    package let schemas: [String: Schema]
    package let security: [String: JSONValue]

    package init(
        title: String, text: String, operations: [Operation], schemas: [String: Schema],
        security: [String: JSONValue] = [:]
    ) {
        self.title = title
        self.text = text
        self.operations = operations
        self.schemas = schemas
        self.security = security
    }
}

/// Every door of a server as one OpenAPI document. Source: OpenAPI Specification 3.1.0.
package struct APIDocument: Sendable {
    package let title: String
    package let version: String
    package let text: String
    package let chapters: [Chapter]

    package init(title: String, version: String, text: String, chapters: [Chapter]) {
        self.title = title
        self.version = version
        self.text = text
        self.chapters = chapters
    }

    package var operations: [Operation] { chapters.flatMap(\.operations) }

    package var schemas: [String: Schema] {
        chapters.reduce(into: [:]) { all, chapter in all.merge(chapter.schemas) { first, _ in first } }
    }

    package var json: JSONValue {
        let security = chapters.reduce(into: [String: JSONValue]()) { $0.merge($1.security) { first, _ in first } }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": .string(title), "version": .string(version), "description": .string(text),
                "license": ["name": "Apache 2.0", "identifier": "Apache-2.0"],
            ],
            "servers": .array([["url": "/"]]),
            "tags": .array(tags),
            "paths": paths,
            "components": [
                "schemas": .object(schemas.mapValues(\.json)), "securitySchemes": .object(security),
            ],
        ]
    }

    private var tags: [JSONValue] {
        var seen: Set<String> = []
        return chapters.flatMap { chapter in
            chapter.operations.map(\.tag).filter { seen.insert($0).inserted }.map { tag in
                ["name": .string(tag), "description": .string(chapter.title)]
            }
        }
    }

    private var paths: JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        for operation in operations { paths[operation.path, default: [:]][operation.method.rawValue] = operation.json }
        return .object(paths.mapValues { .object($0) })
    }
}

extension Operation {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "operationId": .string(id), "summary": .string(summary), "tags": .array([.string(tag)]),
            "security": .array(security.map { .object([$0: .array([])]) }),
        ]
        members["description"] = note.map { .string($0) }
        if !allParameters.isEmpty { members["parameters"] = .array(allParameters.map(\.json)) }
        members["requestBody"] = body?.json
        var responses = Dictionary(
            answers.map { (String($0.status), $0.answer.json) }, uniquingKeysWith: { first, _ in first })
        responses["default"] = otherwise?.json
        members["responses"] = .object(responses)
        return .object(members)
    }
}

extension Operation.Parameter {
    fileprivate var json: JSONValue {
        [
            "name": .string(name), "in": .string(place.rawValue), "required": .bool(isRequired), "schema": schema.json,
        ]
    }
}

extension Operation.Body {
    fileprivate var json: JSONValue { ["required": .bool(isRequired), "content": contents.json] }
}

extension Operation.Answer {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = ["description": .string(text)]
        if !contents.isEmpty { members["content"] = contents.json }
        return .object(members)
    }
}

extension KeyValuePairs where Key == String, Value == Schema {
    fileprivate var json: JSONValue {
        .object(Dictionary(map { ($0.key, ["schema": $0.value.json]) }, uniquingKeysWith: { first, _ in first }))
    }
}

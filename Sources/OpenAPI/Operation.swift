// SPDX-License-Identifier: Apache-2.0
import Domain

/// One method of one path: what it takes, what it answers, and who may ask.
package struct Operation: Sendable {
    package enum Method: String, Sendable, CaseIterable {
        case get
        case post
        case put
        case patch
        case delete
    }

    package struct Parameter: Sendable, Hashable {
        package enum Place: String, Sendable {
            case path
            case query
            case header
        }

        package let place: Place
        package let name: String
        package let schema: Schema
        package let isRequired: Bool

        package init(_ place: Place, _ name: String, _ schema: Schema, isRequired: Bool = false) {
            self.place = place
            self.name = name
            self.schema = schema
            self.isRequired = isRequired
        }

        package static func query(_ name: String, _ schema: Schema, isRequired: Bool = false) -> Parameter {
            Parameter(.query, name, schema, isRequired: isRequired)
        }
    }

    /// What is sent, by media type.
    package struct Body: Sendable {
        package let contents: KeyValuePairs<String, Schema>
        package let isRequired: Bool

        package init(_ contents: KeyValuePairs<String, Schema>, isRequired: Bool = true) {
            self.contents = contents
            self.isRequired = isRequired
        }

        package static func json(_ schema: Schema, isRequired: Bool = true) -> Body {
            Body(["application/json": schema], isRequired: isRequired)
        }
    }

    package struct Answer: Sendable {
        package let text: String
        /// By media type; empty: no body.
        package let contents: KeyValuePairs<String, Schema>

        package init(_ text: String, _ contents: KeyValuePairs<String, Schema> = [:]) {
            self.text = text
            self.contents = contents
        }

        package static func json(_ text: String, _ schema: Schema) -> Answer {
            Answer(text, ["application/json": schema])
        }
    }

    package let method: Method
    /// As the router has it: `/api/v1/customers/{id}`.
    package let path: String
    package let tag: String
    package let summary: String
    package var note: String?
    /// Beside those of the path, which the path itself tells.
    package var parameters: [Parameter] = []
    package var body: Body?
    package var answers: [(status: Int, answer: Answer)] = []
    /// Whatever status is not named.
    package var otherwise: Answer?
    /// Any one of these schemes opens it; empty: nothing is asked for.
    package var security: [String] = []

    package init(_ method: Method, _ path: String, _ tag: String, _ summary: String) {
        self.method = method
        self.path = path
        self.tag = tag
        self.summary = summary
    }

    /// `GET /api/v1/customers/{id}`.
    package var name: String { "\(method.rawValue.uppercased()) \(path)" }

    /// Unique: a path has one operation of a method.
    package var id: String {
        let words = path.split { !($0.isLetter || $0.isNumber) }.flatMap { $0.split(separator: "_") }
        return method.rawValue + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    package var allParameters: [Parameter] {
        path.matches(of: /\{([A-Za-z_]+)\}/).map {
            Parameter(.path, String($0.output.1), Schema.string.with("minLength", 1), isRequired: true)
        } + parameters
    }
}

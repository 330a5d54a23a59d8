// SPDX-License-Identifier: Apache-2.0
package import Domain

/// One request and its answer.
package struct Exchange: Sendable {
    package let method: String
    /// As it was sent, with the query.
    package let uri: String
    package var requestType: String?
    package var request: String?
    package let status: Int
    package let type: String?
    package let body: String

    package init(
        _ method: String, _ uri: String, requestType: String? = nil, request: String? = nil, status: Int,
        type: String?, body: String
    ) {
        self.method = method
        self.uri = uri
        self.requestType = requestType
        self.request = request
        self.status = status
        self.type = type
        self.body = body
    }
}

/// An OpenAPI document, held against what a server answers. Stricter than the document says: members that it does not
/// name are faults, and so is a request that was granted although its schema refuses it.
package struct Contract: Sendable {
    private struct Route: Sendable {
        let segments: [String]
        let methods: [String: JSONValue]
    }

    private let routes: [Route]
    private let check: SchemaCheck

    package init(_ document: JSONValue) {
        check = SchemaCheck(document)
        routes = (document["paths"]?.members ?? [:]).map { path, item in
            Route(segments: path.split(separator: "/").map(String.init), methods: item.members ?? [:])
        }
    }

    /// What is wrong; empty also where the document has no such operation.
    package func faults(_ exchange: Exchange) -> [String] {
        guard let operation = operation(exchange), let responses = operation["responses"] else { return [] }
        let name = "\(exchange.method) \(exchange.uri): \(exchange.status)"
        guard let response = responses[String(exchange.status)] ?? responses["default"] else {
            return ["\(name) is not documented"]
        }
        var faults = answerFaults(exchange, response)
        if (200..<300).contains(exchange.status) { faults += requestFaults(exchange, operation) }
        return faults.map { "\(name) \($0)" }
    }

    private func answerFaults(_ exchange: Exchange, _ response: JSONValue) -> [String] {
        guard let content = response["content"]?.members else {
            return exchange.body.isEmpty ? [] : ["has a body"]
        }
        let type = exchange.type?.split(separator: ";").first.map(String.init) ?? ""
        guard let schema = content[type]?["schema"] else { return ["has the type \(type)"] }
        guard type.hasSuffix("json") else { return [] }
        guard let value = JSONValue(answer: exchange.body) else { return ["is no JSON"] }
        return check.faults(of: value, by: schema)
    }

    private func requestFaults(_ exchange: Exchange, _ operation: JSONValue) -> [String] {
        guard let body = operation["requestBody"] else {
            return (exchange.request ?? "").isEmpty || exchange.request == "{}" ? [] : ["took a body"]
        }
        guard let request = exchange.request, !request.isEmpty else {
            return body["required"] == true ? ["took no body"] : []
        }
        let type = exchange.requestType?.split(separator: ";").first.map(String.init) ?? "application/json"
        guard type == "application/json", let schema = body["content"]?[type]?["schema"],
            let value = JSONValue(answer: request)
        else { return [] }
        return SchemaCheck(check.document, isOpen: true).faults(of: value, by: schema).map { "took a body: \($0)" }
    }

    private func operation(_ exchange: Exchange) -> JSONValue? {
        let path = exchange.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        let segments = path.split(separator: "/", omittingEmptySubsequences: true)
        let found = routes.filter { route in
            route.segments.count == segments.count
                && zip(route.segments, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        let best = found.max { $0.segments.count { !$0.hasPrefix("{") } < $1.segments.count { !$0.hasPrefix("{") } }
        return best?.methods[exchange.method.lowercased()]
    }
}

// SPDX-License-Identifier: Apache-2.0

extension GraphEngine {
    /// Reads method, version, path, parameters and token; nothing is judged but the form.
    func read(_ request: GraphRequest) throws(GraphError) -> GraphCall {
        let (version, segments) = try GraphCall.route(request.path)
        var parameters = Parameters()
        if let query = request.query { parameters.add(query: query) }
        try parameters.add(body: request.body, contentType: request.contentType)
        var call = GraphCall(
            method: try Self.method(request.method, parameters), path: request.path, segments: segments,
            version: version, parameters: parameters, token: Self.token(request.authorization, parameters),
            authority: request.authority)
        call.alias = call.segments.first.flatMap(GraphCall.Alias.init)
        if call.isBatch { return call }
        try resolveAlias(&call)
        call.operation = operation(of: call)
        return call
    }

    /// `method=delete` turns a POST into another call, for clients that can send nothing else.
    /// Source: Meta, Graph API overview; used by the SDKs for the web.
    private static func method(_ name: String, _ parameters: Parameters) throws(GraphError) -> GraphMethod {
        let asked = name == "POST" || name == "GET" ? parameters.text("method") : nil
        guard let method = GraphMethod(rawValue: (asked ?? name).lowercased()) else {
            throw GraphError(
                status: 400, type: "GraphMethodException", code: 100,
                message: "Unsupported \((asked ?? name).lowercased()) request.")
        }
        return method
    }

    /// A token in the header wins over one among the parameters.
    private static func token(_ header: String?, _ parameters: Parameters) -> String? {
        if let header {
            if header.hasPrefix("Bearer ") { return String(Substring(header.utf8.dropFirst("Bearer ".utf8.count))) }
            let words = header.split(separator: " ", maxSplits: 1)
            if words.count == 2, words[0].lowercased() == "bearer" || words[0].lowercased() == "oauth" {
                return String(words[1])
            }
        }
        return parameters.text("access_token")
    }

    /// `me` and `app` stand for who calls.
    private func resolveAlias(_ call: inout GraphCall) throws(GraphError) {
        guard let alias = call.alias else { return }
        guard let value = call.token, !value.isEmpty else { throw .missingToken }
        guard let token = world.read({ $0.token(value) }) else { throw .unparsableToken }
        switch alias {
        case .app: call.segments[0] = token.appID
        case .me:
            guard token.kind != .app else { throw .noUser }
            call.segments[0] = token.userID
        }
    }

    private func operation(of call: GraphCall) -> Operation {
        let segments = call.segments
        guard let first = segments.first else { return .unknown }
        switch segments.count {
        case 1 where first == "debug_token": return call.method == .get ? .debugToken : .unknown
        case 2 where first == "oauth":
            if segments[1] == "access_token" { return Operation.onOAuth(call.parameters) }
            return segments[1] == "revoke" ? .revokeToken : .unknown
        case 1 where call.alias == .me: return call.method == .get ? .readUser : .unknown
        case 1 where first.isObjectID:
            return Operation.onNode(world.read { $0.kind(of: first) }, call.method)
        case 2 where first.isObjectID: return Operation.edges[segments[1]]?[call.method] ?? .unknown
        default: return .unknown
        }
    }

    /// The ids a call names, in path and parameters.
    func loggedIDs(_ call: GraphCall) -> [String] {
        var ids: [String] = []
        if call.nodeID.isObjectID { ids.append(call.nodeID) }
        guard !call.parameters.isEmpty else { return ids }
        for name in ["waba_id", "receiving_business_id", "business_id", "business", "user"] {
            if let id = call.parameters.text(name) { ids.append(id) }
        }
        return ids
    }
}

extension String {
    /// Digits only: what Graph takes for the id of an object.
    var isObjectID: Bool {
        !isEmpty && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

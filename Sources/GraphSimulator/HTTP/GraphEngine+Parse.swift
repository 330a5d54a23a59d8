// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird

extension GraphEngine {
    func parse(_ request: Request, body: [UInt8]) throws(GraphError) -> GraphCall {
        let path = request.uri.path
        let (version, segments) = try GraphCall.route(path)
        guard let method = GraphMethod(rawValue: request.method.rawValue.lowercased()) else {
            throw GraphError(
                status: 400, code: 100, message: "Unsupported \(request.method.rawValue.lowercased()) request.")
        }
        var parameters = Parameters()
        if let query = request.uri.query { parameters.add(query: Substring(query)) }
        try parameters.add(body: body, contentType: request.headers[.contentType])
        var token = parameters.text("access_token")
        if let header = request.headers[.authorization] {
            let words = header.split(separator: " ", maxSplits: 1)
            if words.count == 2, words[0].lowercased() == "bearer" || words[0].lowercased() == "oauth" {
                token = String(words[1])
            }
        }
        var call = GraphCall(
            method: method, path: path, segments: segments, version: version, parameters: parameters, token: token,
            baseURL: "http://\(request.head.authority ?? "graph.facebook.com")")
        call.operation = try operation(of: call)
        return call
    }

    private func operation(of call: GraphCall) throws(GraphError) -> Operation {
        let segments = call.segments
        switch segments.count {
        case 1 where segments[0] == "debug_token":
            return call.method == .get ? .debugToken : .unknown
        case 2 where segments[0] == "oauth":
            if segments[1] == "access_token" { return Operation.onOAuth(call.parameters) }
            return segments[1] == "revoke" ? .revokeToken : .unknown
        case 1 where segments[0].allSatisfy(\.isNumber):
            return Operation.onNode(world.read { $0.kind(of: call.nodeID) }, call.method)
        case 2 where segments[0].allSatisfy(\.isNumber):
            guard let edge = Operation.edges[segments[1]] else { return .unknown }
            guard let operation = edge[call.method] else {
                throw .missingObject(call.nodeID, method: call.method)
            }
            return operation
        default: return .unknown
        }
    }

    /// The ids a call names, in path and parameters.
    func loggedIDs(_ call: GraphCall) -> [String] {
        var ids: [String] = []
        if call.nodeID.allSatisfy(\.isNumber), !call.nodeID.isEmpty { ids.append(call.nodeID) }
        for name in ["waba_id", "receiving_business_id", "business_id", "business", "user"] {
            if let id = call.parameters.text(name) { ids.append(id) }
        }
        return ids
    }
}

// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird

extension GraphEngine {
    private static let pragma = HTTPField.Name("Pragma")
    private static let version = HTTPField.Name("facebook-api-version")
    private static let trace = HTTPField.Name("x-fb-trace-id")
    private static let request = HTTPField.Name("x-fb-request-id")
    private static let appUsage = HTTPField.Name("X-App-Usage")
    private static let businessUsage = HTTPField.Name("X-Business-Use-Case-Usage")

    /// An answer with the headers Graph sends. Source: reference sections 13 and 16.
    func dress(
        _ outcome: Outcome, _ call: GraphCall, usage: UsageCounters.Reading?, appPercent: Int
    ) -> Response {
        var headers = commonHeaders(version: call.version)
        Self.set(Self.appUsage, Self.percentages(appPercent), in: &headers)
        if let usage { Self.set(Self.businessUsage, Self.businessUsage(usage), in: &headers) }
        if call.operation.isAnonymous {
            headers[.cacheControl] = "no-store"
            Self.set(Self.pragma, "no-cache", in: &headers)
        }
        switch outcome {
        case .reply(let reply): return .json(200, reply.body, headers: headers)
        case .failure(let error): return errorResponse(error, headers: headers)
        case .handshake: return errorResponse(ErrorCatalog.error(1), headers: headers)
        }
    }

    func refusal(_ error: GraphError, path: String, method: HTTPRequest.Method) -> Response {
        let response = errorResponse(error, headers: commonHeaders(version: "v\(GraphCall.newestVersion).0"))
        calls.add(
            CallRecord(
                at: world.read { $0.now }, method: GraphMethod(rawValue: method.rawValue.lowercased()) ?? .get,
                path: path, operation: .unknown, ids: [], status: response.status.code, code: error.code, notes: []))
        return response
    }

    private func errorResponse(_ error: GraphError, headers: HTTPFields) -> Response {
        var headers = headers
        if let challenge = error.challenge {
            headers[.wwwAuthenticate] = "OAuth \"Facebook Platform\" \"\(challenge)\" \"\(error.message)\""
            headers[.cacheControl] = "no-store"
            Self.set(Self.pragma, "no-cache", in: &headers)
        }
        return .json(error.status, error.body(traceID: Identifiers.trace()), headers: headers)
    }

    private func commonHeaders(version: String) -> HTTPFields {
        var headers = HTTPFields()
        Self.set(Self.version, version, in: &headers)
        Self.set(Self.trace, Identifiers.text(11), in: &headers)
        Self.set(Self.request, Identifiers.trace(), in: &headers)
        return headers
    }

    private static func set(_ name: HTTPField.Name?, _ value: String, in headers: inout HTTPFields) {
        guard let name else { return }
        headers[name] = value
    }

    private static func percentages(_ percent: Int) -> String {
        "{\"call_count\":\(percent),\"total_time\":\(percent / 2),\"total_cputime\":\(percent / 2)}"
    }

    private static func businessUsage(_ usage: UsageCounters.Reading) -> String {
        "{\"\(usage.id)\":[{\"type\":\"whatsapp\",\"call_count\":\(usage.percent),\"total_cputime\":\(usage.percent / 2),"
            + "\"total_time\":\(usage.percent / 2),\"estimated_time_to_regain_access\":\(usage.minutesToRegain)}]}"
    }
}

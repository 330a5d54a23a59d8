// SPDX-License-Identifier: Apache-2.0
import HTTPTypes

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
    ) -> GraphAnswer {
        var headers = commonHeaders(version: call.version)
        Self.set(Self.appUsage, Self.percentages(appPercent), in: &headers)
        if let usage { Self.set(Self.businessUsage, Self.businessUsage(usage), in: &headers) }
        if call.operation.isAnonymous {
            headers[.cacheControl] = "no-store"
            Self.set(Self.pragma, "no-cache", in: &headers)
        }
        switch outcome {
        case .reply(let reply): return GraphAnswer(status: 200, headers: headers, body: .json(reply.body))
        case .failure(let error): return errorAnswer(error, headers: headers)
        case .handshake: return errorAnswer(ErrorCatalog.error(1), headers: headers)
        }
    }

    /// The answer to what never became a call.
    func refusal(_ error: GraphError, method: String, path: String) -> GraphAnswer {
        let answer = errorAnswer(error, headers: commonHeaders(version: "v\(GraphCall.newestVersion).0"))
        calls.add(
            CallRecord(
                at: world.read { $0.now }, method: GraphMethod(rawValue: method.lowercased()) ?? .get, path: path,
                operation: .unknown, ids: [], status: answer.status, code: error.code, notes: []))
        return answer
    }

    private func errorAnswer(_ error: GraphError, headers: HTTPFields) -> GraphAnswer {
        var headers = headers
        if let challenge = error.challenge {
            headers[.wwwAuthenticate] = "OAuth \"Facebook Platform\" \"\(challenge)\" \"\(error.message)\""
            headers[.cacheControl] = "no-store"
            Self.set(Self.pragma, "no-cache", in: &headers)
        }
        return GraphAnswer(
            status: error.status, headers: headers, body: .json(error.body(traceID: Identifiers.trace())))
    }

    func commonHeaders(version: String) -> HTTPFields {
        var headers = HTTPFields()
        Self.set(Self.version, version, in: &headers)
        Self.set(Self.trace, Identifiers.text(11), in: &headers)
        Self.set(Self.request, Identifiers.trace(), in: &headers)
        headers[.accessControlAllowOrigin] = "*"
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

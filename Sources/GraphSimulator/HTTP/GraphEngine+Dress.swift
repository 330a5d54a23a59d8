// SPDX-License-Identifier: Apache-2.0
import HTTPTypes

extension GraphEngine {
    /// An answer with the headers Graph sends. Source: reference sections 13 and 16.
    func dress(
        _ outcome: Outcome, _ call: GraphCall, usage: UsageCounters.Reading?, appPercent: Int
    ) -> GraphAnswer {
        var headers = commonHeaders(version: call.version)
        headers.append(AnswerField.appUsage[min(100, max(0, appPercent))])
        if let usage { headers.append(AnswerField.businessUsage(usage)) }
        if call.operation.isAnonymous {
            headers.append(AnswerField.notStored)
            headers.append(AnswerField.notCached)
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
            headers[.cacheControl] = AnswerField.notStored.value
            headers[AnswerField.notCached.name] = AnswerField.notCached.value
        }
        return GraphAnswer(
            status: error.status, headers: headers, body: .json(error.body(traceID: Identifiers.trace())))
    }

    func commonHeaders(version: String) -> HTTPFields {
        HTTPFields([
            AnswerField.version(version), AnswerField.trace(Identifiers.mark(11)),
            AnswerField.request(Identifiers.trace()), AnswerField.anyOrigin, GraphAnswer.contentTypeField,
        ])
    }
}

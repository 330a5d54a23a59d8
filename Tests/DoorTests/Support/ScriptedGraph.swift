// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import GraphClient
import Synchronization

/// Meta, as a script by operation: the answer's JSON (`{subject}` stands for the call's object), or the error. What was not planned is an error, and remembered.
final class ScriptedGraph: GraphSending {
    enum Answer: Sendable {
        case json(String)
        case failure(GraphError)
    }

    private struct State {
        var answers: [String: Answer] = [:]
        var calls: [String] = []
        var forwarded: [ForwardedCall] = []
    }

    private let state = Mutex(State())

    /// Operations in the order in which they were called.
    var calls: [String] { state.withLock { $0.calls } }

    /// What was handed on for a partner, as Meta would see it.
    var forwarded: [ForwardedCall] { state.withLock { $0.forwarded } }

    func answer(_ operation: String, with answer: Answer) {
        state.withLock { $0.answers[operation] = answer }
    }

    func send<R: GraphRequest>(_ request: R) async throws(GraphError) -> R.Response {
        let answer = state.withLock { state in
            state.calls.append(R.operation)
            if let call = request as? ForwardedCall { state.forwarded.append(call) }
            return state.answers[R.operation]
        }
        switch answer {
        case .failure(let error): throw error
        case .json(let script):
            let text = script.replacing("{subject}", with: request.subject ?? "")
            if let raw = GraphRawAnswer(json: Array(text.utf8)) as? R.Response { return raw }
            if let response = try? JSONDecoder().decode(R.Response.self, from: Data(text.utf8)) { return response }
        case nil: break
        }
        throw GraphError(
            class: .permanent, reach: .notSent, operation: R.operation, message: "the test planned no such call")
    }
}

extension GraphError {
    static func refusal(_ operation: String, status: Int = 400, code: Int = 100, subcode: Int? = 33) -> GraphError {
        GraphError(
            class: .permanent, reach: .answered, operation: operation, httpStatus: status, code: code, subcode: subcode,
            message: "(#\(code)) refused")
    }

    static func silence(_ operation: String) -> GraphError {
        GraphError(class: .transient, reach: .unknown, operation: operation, message: "no complete answer came in time")
    }
}

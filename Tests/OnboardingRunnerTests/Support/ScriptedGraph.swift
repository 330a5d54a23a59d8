// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import GraphClient
import Synchronization
import Testing

/// Meta as a script: each operation answers from its own queue, then from what stands for it; a call that was not planned
/// fails the test.
final class ScriptedGraph: GraphSending {
    struct Call: Sendable {
        let operation: String
        let path: String
        let query: [String: String]
        /// The PIN of a registration, the code of an exchange.
        let secret: String?
    }

    enum Reply: Sendable {
        case json(String)
        /// An error of Meta's, classed by the client's own table.
        case refused(
            code: Int?, subcode: Int? = nil, status: Int = 400, message: String = "refused", retryAfter: Int? = nil)
        /// Sent, and no answer came back.
        case lost
        /// No connection.
        case notSent
        /// Something happens while the call is under way.
        indirect case during(@Sendable () async throws -> Void, Reply)
    }

    private struct State {
        var queues: [String: [Reply]] = [:]
        var standing: [String: @Sendable (Call) -> Reply] = [:]
        var calls: [Call] = []
    }

    private let state = Mutex(State())

    /// Answers `operation` once each, in order.
    func plan(_ operation: String, _ replies: Reply...) {
        state.withLock { $0.queues[operation, default: []] += replies }
    }

    /// Answers every further call of `operation`.
    func stand(_ operation: String, _ answer: @escaping @Sendable (Call) -> Reply) {
        state.withLock { $0.standing[operation] = answer }
    }

    var calls: [Call] { state.withLock { $0.calls } }
    var operations: [String] { calls.map(\.operation) }
    func count(_ operation: String) -> Int { operations.count { $0 == operation } }

    /// What was planned and never asked for.
    var leftOver: [String] {
        state.withLock { $0.queues.filter { !$0.value.isEmpty }.keys.sorted() }
    }

    func send<R: GraphRequest>(_ request: R) async throws(GraphError) -> R.Response {
        let call = Call(
            operation: R.operation, path: request.path, query: Dictionary(request.query) { $1 },
            secret: request.secrets.first ?? request.query.first { $0.0 == "code" }?.1)
        let reply = state.withLock { state -> Reply? in
            state.calls.append(call)
            if let planned = state.queues[R.operation], let first = planned.first {
                state.queues[R.operation] = Array(planned.dropFirst())
                return first
            }
            return state.standing[R.operation]?(call)
        }
        guard let reply else {
            Issue.record("unplanned call: \(R.operation) \(request.path)")
            throw GraphError(class: .permanent, reach: .notSent, operation: R.operation, message: "unplanned")
        }
        return try await answer(reply, to: request)
    }

    private func answer<R: GraphRequest>(_ reply: Reply, to request: R) async throws(GraphError) -> R.Response {
        switch reply {
        case .json(let text):
            do {
                return try JSONDecoder().decode(R.Response.self, from: Data(text.utf8))
            } catch {
                Issue.record("the script's answer to \(R.operation) does not read: \(error)")
                throw GraphError(class: .permanent, reach: .answered, operation: R.operation, message: "unreadable")
            }
        case .refused(let code, let subcode, let status, let message, let retryAfter):
            var facts = GraphErrorTable.Answer(operation: R.operation, httpStatus: status, code: code)
            facts.subcode = subcode
            facts.message = message
            if let retryAfter { facts.headers["retry-after"] = String(retryAfter) }
            throw GraphErrorTable.error(facts)
        case .lost:
            throw GraphError(class: .transient, reach: .unknown, operation: R.operation, message: "no answer")
        case .notSent:
            throw GraphError(class: .transient, reach: .notSent, operation: R.operation, message: "no connection")
        case .during(let act, let then):
            do { try await act() } catch { Issue.record("what happens during \(R.operation) failed: \(error)") }
            return try await answer(then, to: request)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package import Domain
import FoundationEssentials
import GraphClient
package import OnboardingRunner
package import Store

/// Calls of the Cloud API made for a partner with its customer's token. Doors hold the list of what may be called; here it is
/// found out whose the id is, and what comes back is cleaned.
package struct CloudCalls: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case delete = "DELETE"
    }

    /// One call, judged by the door: `path` and `query` hold nothing but what the door's list allows.
    package struct Call: Sendable {
        package var method: Method
        package var path: String
        package var query: [(String, String)]
        package var json: [UInt8]?
        /// Whether the answer names templates or flows of the WABA, so that they are known afterwards.
        package var namesObjects: Bool

        package init(
            _ method: Method, _ path: String, query: [(String, String)] = [], json: [UInt8]? = nil,
            namesObjects: Bool = false
        ) {
            self.method = method
            self.path = path
            self.query = query
            self.json = json
            self.namesObjects = namesObjects
        }
    }

    private let store: Store
    private let directory: AppDirectory

    package init(store: Store, directory: AppDirectory) {
        self.store = store
        self.directory = directory
    }

    /// The WABA of a template or flow that an answer of Meta's named before; nil where none did.
    package func waba(of object: CloudObjectID) async throws -> WABAID? {
        try await store.read { try $0.cloudObjects.waba(of: object) }
    }

    /// Meta's answer as JSON bytes, without links that carry a token. Throws `wabaNotFound` unless the WABA is the caller's.
    package func send(_ call: Call, on waba: WABAID, by principal: Principal) async throws -> [UInt8] {
        let found = try await store.read { tx -> (WABA, BusinessToken)? in
            guard let owned = try tx.wabas.find(waba), principal.isOperator || owned.partnerID == principal.partnerID,
                let token: BusinessToken = try tx.secrets.get(.businessToken, of: .waba(waba))
            else { return nil }
            return (owned, token)
        }
        guard let (owned, token) = found else { throw ServiceError.wabaNotFound }
        let graph = try await directory.context(for: owned.appID).graph
        let request = ForwardedCall(
            Self.method(call.method), call.path, query: call.query, json: call.json, token: token, subject: waba)
        let answer: [UInt8]
        do throws(GraphError) {
            answer = try await graph.send(request).json
        } catch {
            throw ServiceError(refusal: error)
        }
        try await note(call, answer, on: owned, by: principal)
        guard let clean = PagingLinks.removed(from: answer) else {
            throw ServiceError.metaUnavailable(
                GraphError(
                    class: .permanent, reach: .answered, operation: ForwardedCall.operation,
                    message: "The answer cannot be read."))
        }
        return clean
    }

    private func note(_ call: Call, _ answer: [UInt8], on waba: WABA, by principal: Principal) async throws {
        let ids = call.namesObjects ? Self.ids(in: answer) : []
        let unknown = try await store.read { tx in
            try ids.filter { try tx.cloudObjects.waba(of: $0) != waba.id }
        }
        let isChange = call.method != .get
        guard isChange || !unknown.isEmpty else { return }
        try await store.write { tx in
            try tx.cloudObjects.remember(unknown, on: waba.id)
            guard isChange else { return }
            try tx.activities.record(
                partner: waba.partnerID, actor: principal.actor, action: "cloud_api.called",
                target: "\(call.method.rawValue) \(call.path)")
        }
    }

    /// `{"id": …}` or `{"data": [{"id": …}, …]}`; at most what one transaction may write.
    private static func ids(in answer: [UInt8]) -> [CloudObjectID] {
        struct Item: Decodable { let id: CloudObjectID? }
        struct Answer: Decodable {
            let id: CloudObjectID?
            let data: [Item]?
        }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(answer)) else { return [] }
        let ids = [answer.id].compactMap(\.self) + (answer.data ?? []).compactMap(\.id)
        return Array(ids.filter { CloudObjectID(validating: $0.rawValue) != nil }.prefix(100))
    }

    private static func method(_ method: Method) -> GraphMethod {
        switch method {
        case .get: .get
        case .post: .post
        case .delete: .delete
        }
    }
}

extension ServiceError {
    /// What Meta said no to passes through; everything else is Meta not serving.
    init(refusal error: GraphError) {
        let status = error.httpStatus ?? 0
        let isRefusal = error.reach == .answered && (400..<500).contains(status) && error.class != .transient
        self = isRefusal ? .refusedByMeta(error) : .metaUnavailable(error)
    }
}

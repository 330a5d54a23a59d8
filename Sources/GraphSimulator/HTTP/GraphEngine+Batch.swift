// SPDX-License-Identifier: Apache-2.0
import HTTPTypes

// Source: Meta, batch requests and reading several objects with `ids`.
extension GraphEngine {
    static let largestBatch = 50

    /// Calls one after the other; each is answered as it would be alone, its body as text.
    func answerBatch(_ call: GraphCall) async -> GraphAnswer {
        guard let orders = call.parameters["batch"]?.elements else {
            return refusal(.parameter("Param batch must be an array."), method: "post", path: call.path)
        }
        guard orders.count <= Self.largestBatch else {
            return refusal(.tooManyInBatch(Self.largestBatch), method: "post", path: call.path)
        }
        let printsHeaders = call.parameters["include_headers"].map(\.isTrue) ?? true
        var references = BatchReferences()
        var answers: [JSON] = []
        for order in orders {
            answers.append(await answer(order, in: call, &references, printsHeaders: printsHeaders))
        }
        return GraphAnswer(
            status: 200, headers: commonHeaders(version: call.version), body: .json(.array(answers)))
    }

    private func answer(
        _ order: JSON, in call: GraphCall, _ references: inout BatchReferences, printsHeaders: Bool
    ) async -> JSON {
        // A call that waits for one that failed is not made. Source: Meta, batch requests (null in its place).
        if let name = order["depends_on"]?.text, references.failed(name) { return .null }
        guard let url = order["relative_url"]?.text, let method = order["method"]?.text else {
            return printed(
                refusal(.parameter("Each batch item needs method and relative_url."), method: "post", path: call.path),
                printsHeaders)
        }
        guard let target = references.filled(url), let body = references.filled(order["body"]?.text ?? "") else {
            return .null
        }
        let request = Self.request(method, target, body, order, in: call)
        let single: GraphCall
        do throws(GraphError) {
            single = try read(request)
            if single.isBatch || single.manyIDs != nil {
                throw .parameter("A batch item must be a single call.")
            }
        } catch {
            return printed(refusal(error, method: request.method, path: request.path), printsHeaders)
        }
        guard case .answer(let answer) = await self.answer(single) else { return .null }
        guard let name = order["name"]?.text else { return printed(answer, printsHeaders) }
        references.note(answer, as: name)
        let omits = order["omit_response_on_success"].map(\.isTrue) ?? true
        return omits && answer.isSuccess && references.isUsed(name, in: call) ? .null : printed(answer, printsHeaders)
    }

    private static func request(
        _ method: String, _ url: String, _ body: String, _ order: JSON, in call: GraphCall
    ) -> GraphRequest {
        let halves = url.split(separator: "?", maxSplits: 1)
        var path = halves.first.map(String.init) ?? ""
        if !path.hasPrefix("/") { path = "/" + path }
        if !GraphCall.hasVersion(path) { path = "/" + call.version + path }
        let type = order["headers"]?.elements?.first { $0["name"]?.text?.lowercased() == "content-type" }
        return GraphRequest(
            method: method.uppercased(), path: path, query: halves.count > 1 ? halves[1] : nil,
            contentType: type?["value"]?.text,
            // A token of its own, in the address or the body, wins over the batch's.
            authorization: url.contains("access_token=") || body.contains("access_token=")
                ? nil : call.token.map { "Bearer \($0)" },
            authority: call.authority, body: Array(body.utf8))
    }

    private func printed(_ answer: GraphAnswer, _ printsHeaders: Bool) -> JSON {
        var members: [JSON.Member] = [.init("code", .int(Int64(answer.status)))]
        if printsHeaders {
            let headers = answer.headers.map { field -> JSON in
                ["name": .string(field.name.rawName), "value": .string(field.value)]
            }
            members.append(.init("headers", .array(headers)))
        }
        members.append(.init("body", .string(answer.body.text)))
        return .object(members)
    }

    /// `?ids=1,2`: an object by id, or the same edge of several. One that fails fails all.
    func answerMany(_ call: GraphCall, _ ids: [String]) async -> EngineAnswer {
        guard ids.count <= Self.largestBatch else {
            return .answer(refusal(.tooManyIDs(ids.count), method: "get", path: call.path))
        }
        var members: [JSON.Member] = []
        var headers = commonHeaders(version: call.version)
        for id in ids where !members.contains(where: { $0.name == id }) {
            var single = call
            single.parameters.set("ids", nil)
            single.segments = [id] + call.segments
            single.operation = Operation.unknown
            guard id.isObjectID else {
                return .answer(refusal(.unknownAlias(id), method: "get", path: call.path))
            }
            single.operation =
                call.segments.isEmpty
                ? Operation.onNode(world.read { $0.kind(of: id) }, .get)
                : call.segments.first.flatMap { Operation.edges[$0]?.get } ?? .unknown
            guard case .answer(let answer) = await self.answer(single) else { return .hangUp }
            guard answer.isSuccess, case .json(let body) = answer.body else { return .answer(answer) }
            headers = answer.headers
            members.append(.init(id, body))
        }
        return .answer(GraphAnswer(status: 200, headers: headers, body: .json(.object(members))))
    }
}

// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// The simulator's one door: `/_sandbox/…` steers the world, everything else is Graph.
struct SimulatorResponder: HTTPResponder {
    let engine: GraphEngine
    let control: ControlSurface
    let pages: PageDoor
    /// Three papers of 5 MB come as multipart; no other call needs as much. Source: Meta, partner-led verification.
    static let largestUpload = 17 * 1024 * 1024
    static let largestBody = 4 * 1024 * 1024
    /// Of a world that is taken in whole.
    private static let largestWorld = 1024 * 1024 * 1024

    func respond(to request: Request, context: SimulatorContext) async throws -> Response {
        let path = request.uri.path
        let isControl = path == "/_sandbox" || path.hasPrefix("/_sandbox/")
        let contentType = request.headers.first(.contentType)
        let isUpload = !isControl && contentType?.hasPrefix("multipart/") == true
        var body = ByteBuffer()
        do {
            let isWorld = request.method == .put && path == "/_sandbox/world"
            body = try await request.body.collect(
                upTo: isWorld ? Self.largestWorld : isUpload ? Self.largestUpload : Self.largestBody)
        } catch is NIOTooManyBytesError {
            return engine.refusal(.tooLarge, method: request.method.rawValue, path: path).response()
        }
        let bytes = Array(body.readableBytesView)
        if let response = pages.answer(request, path, body: bytes) { return response }
        if isControl {
            let query = request.uri.query.map { Substring($0) } ?? ""
            return await control.answer(request.method, path, query: query, body: bytes)
        }
        let call = GraphRequest(
            method: request.method.rawValue, path: path, query: request.uri.query.map { Substring($0) },
            contentType: contentType, authorization: request.headers.first(.authorization),
            authority: request.head.authority ?? "graph.facebook.com", body: bytes)
        switch engine.begin(call) {
        case .answered(let answer): return answer.response()
        case .open(let call): return try await finish(call, context)
        }
    }

    private func finish(_ call: GraphCall, _ context: SimulatorContext) async throws -> Response {
        switch await engine.finish(call) {
        case .answer(let answer): return answer.response()
        case .hangUp:
            try? await context.channel.close()
            throw ConnectionDropped()
        }
    }

    private struct ConnectionDropped: Error {}
}

extension HTTPFields {
    /// The first field of a name, as it came.
    func first(_ name: HTTPField.Name) -> String? { first { $0.name == name }?.value }
}

extension Response {
    static func json(_ status: Int, _ body: JSON, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers.append(GraphAnswer.contentTypeField)
        let buffer = ByteBuffer(bytes: body.bytes())
        return Response(status: .init(code: status), headers: headers, body: .init(byteBuffer: buffer))
    }
}

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
    /// Meta caps uploads far higher; no call here needs more.
    static let largestBody = 4 * 1024 * 1024

    func respond(to request: Request, context: SimulatorContext) async throws -> Response {
        var body = ByteBuffer()
        do {
            body = try await request.body.collect(upTo: Self.largestBody)
        } catch is NIOTooManyBytesError {
            return Response(status: .contentTooLarge)
        }
        let path = request.uri.path
        let bytes = Array(body.readableBytesView)
        if let response = pages.answer(request, body: bytes) { return response }
        if path == "/_sandbox" || path.hasPrefix("/_sandbox/") {
            let query = request.uri.query.map { Substring($0) } ?? ""
            return await control.answer(request.method, path, query: query, body: bytes)
        }
        switch await engine.answer(request, body: bytes) {
        case .response(let response): return response
        case .hangUp:
            try? await context.channel.close()
            throw ConnectionDropped()
        }
    }

    private struct ConnectionDropped: Error {}
}

enum EngineAnswer: Sendable {
    case response(Response)
    case hangUp
}

extension Response {
    static func json(_ status: Int, _ body: JSON, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json; charset=UTF-8"
        let buffer = ByteBuffer(bytes: body.bytes())
        return Response(status: .init(code: status), headers: headers, body: .init(byteBuffer: buffer))
    }
}

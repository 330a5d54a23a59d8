// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import NIOCore

/// What Graph answers, before it is bytes: a batch prints answers inside of its own.
struct GraphAnswer: Sendable {
    enum Body: Sendable {
        case json(JSON)
        /// Not Graph's own, such as a proxy's page.
        case text(String, contentType: String)

        var text: String {
            switch self {
            case .json(let json): String(decoding: json.bytes(), as: UTF8.self)
            case .text(let text, _): text
            }
        }
    }

    var status: Int
    var headers: HTTPFields
    var body: Body
    /// In the place of the right content type.
    var wrongContentType: String?
    /// The connection breaks after so many bytes of the body.
    var cutAfterBytes: Int?

    static let contentType = "application/json; charset=UTF-8"

    var isSuccess: Bool { status == 200 }

    var response: Response {
        var response = whole
        if let wrongContentType { response.headers[.contentType] = wrongContentType }
        if let cutAfterBytes { response.body = response.body.cut(after: cutAfterBytes) }
        return response
    }

    private var whole: Response {
        switch body {
        case .json(let json): return .json(status, json, headers: headers)
        case .text(let text, let contentType):
            var headers = headers
            headers[.contentType] = contentType
            return Response(
                status: .init(code: status), headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
        }
    }
}

enum EngineAnswer: Sendable {
    case answer(GraphAnswer)
    case hangUp
}

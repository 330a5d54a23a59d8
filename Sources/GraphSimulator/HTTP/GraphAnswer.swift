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
    static let contentTypeField = HTTPField(name: .contentType, value: contentType)

    var isSuccess: Bool { status == 200 }

    /// Takes the headers along: eight of them are not worth a copy.
    consuming func response() -> Response {
        var response = whole()
        if let wrongContentType { response.headers[.contentType] = wrongContentType }
        if let cutAfterBytes { response.body = response.body.cut(after: cutAfterBytes) }
        return response
    }

    private mutating func whole() -> Response {
        var fields = HTTPFields()
        swap(&fields, &headers)
        let buffer: ByteBuffer
        switch body {
        case .json(let json): buffer = ByteBuffer(bytes: json.bytes())
        case .text(let text, let contentType):
            fields[.contentType] = contentType
            buffer = ByteBuffer(string: text)
        }
        fields.append(HTTPField(name: .contentLength, value: String(buffer.readableBytes)))
        return Response(status: .init(code: status), headers: fields, body: .init(byteBuffer: buffer))
    }
}

enum EngineAnswer: Sendable {
    case answer(GraphAnswer)
    case hangUp
}

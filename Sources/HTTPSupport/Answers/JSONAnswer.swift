// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
package import HTTPTypes
package import Hummingbird
import NIOCore

/// Answers in JSON: keys sorted, slashes plain, so that equal values give equal bytes.
package enum JSONAnswer {
    package static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    package static func response(
        _ text: String, status: HTTPResponse.Status = .ok, type: String = "application/json",
        headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = type
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    package static func response(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        response(try text(value), status: status)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import NIOCore
import Services

/// A body of this API: what it may hold, and how it is read.
protocol NativeBody: Decodable, Sendable {
    static var fields: FieldNames { get }
}

extension Request {
    /// The body as `type` and as it came. An empty one counts as `{}`: what is missing is then named.
    func json<T: NativeBody>(_ type: T.Type, _ context: GangwayContext) async throws -> (T, ByteBuffer) {
        let raw = try await readBody(upTo: context.maxUploadSize)
        let text = raw.readableBytes == 0 ? ByteBuffer(string: "{}") : raw
        return (try JSONReading.decode(type, from: text, allowing: type.fields), raw)
    }
}

extension GangwayContext {
    /// The path's `{id}`. Ids of a wrong shape look like unknown ones.
    func id<ID>(_ read: (String) -> ID?, orElse error: ServiceError) throws -> ID {
        guard let text = parameters.get("id"), let id = read(text) else { throw error }
        return id
    }
}

/// How answers of this API look.
enum Answer {
    static func one(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        JSONAnswer.response(value.text, status: status)
    }

    static func list<T>(_ page: Page<T>, _ query: ListQuery, _ wire: (T) -> JSONValue) -> Response {
        one(["data": .array(page.items.map(wire)), "next_cursor": .text(query.cursor(after: page.next))])
    }

    static func whole<T>(_ items: [T], _ wire: (T) -> JSONValue) -> Response {
        one(["data": .array(items.map(wire)), "next_cursor": .null])
    }

    /// A write that may have been made before under the same key.
    static func outcome<T: Sendable>(
        _ outcome: Outcome<T>, status: HTTPResponse.Status, _ wire: (T) -> JSONValue
    ) -> Response {
        switch outcome {
        case .fresh(let result): return one(wire(result), status: status)
        case .replayed(let answer):
            var headers = HTTPFields()
            if let name = HTTPField.Name("idempotent-replayed") { headers[name] = "true" }
            return JSONAnswer.response(answer.body, status: HTTPResponse.Status(code: answer.status), headers: headers)
        }
    }
}

extension JSONValue {
    static func id(_ id: (some TextID)?) -> JSONValue { .text(id?.rawValue) }
    static func time(_ time: Timestamp?) -> JSONValue { .text(time?.description) }
    static func number(_ number: Int?) -> JSONValue { number.map { .integer(Int64($0)) } ?? .null }
    static func name<T: RawRepresentable>(_ value: T?) -> JSONValue where T.RawValue == String {
        .text(value?.rawValue)
    }
}

// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
package import NIOCore
import Services

/// Reads JSON bodies; what is wrong is named by its JSON path (`options.callback.uri`).
package enum JSONReading {
    /// Throws `ServiceError.missing` and `.invalid` with the path, `RequestFault` when it is no JSON at all. With `names`,
    /// members that nobody asked for are refused.
    package static func decode<T: Decodable>(
        _ type: T.Type, from body: ByteBuffer, allowing names: FieldNames? = nil
    ) throws -> T {
        let bytes = body.readableBytesView
        // JSON in UTF-8 has none; Foundation would guess another encoding, whose depth nobody counted.
        guard !bytes.contains(0) else { throw RequestFault.malformedJSON(detail: "The body is not valid JSON.") }
        guard JSONDepth.isWithinLimit(bytes) else { throw RequestFault.nestedTooDeep }
        let data = Data(bytes)
        do {
            if let names, let unknown = try JSONDecoder().decode(FieldShape.self, from: data).firstUnknown(in: names) {
                throw ServiceError.invalid(field: unknown.joined(separator: "."), message: "is not a known field")
            }
            return try JSONDecoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw translated(error)
        }
    }

    /// `options.events[0]`.
    package static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : "." + key.stringValue
            }
        }
    }

    private static func translated(_ error: DecodingError) -> any Error {
        switch error {
        case .keyNotFound(let key, let context):
            return ServiceError.missing(field: path(context.codingPath + [key]))
        case .valueNotFound(_, let context):
            return ServiceError.missing(field: path(context.codingPath))
        case .typeMismatch(let type, let context):
            return ServiceError.invalid(field: path(context.codingPath), message: "must be \(word(for: type))")
        case .dataCorrupted(let context):
            guard context.codingPath.isEmpty else {
                return ServiceError.invalid(field: path(context.codingPath), message: "has a value that is not allowed")
            }
            return RequestFault.malformedJSON(detail: "The body is not valid JSON.")
        @unknown default:
            return RequestFault.malformedJSON(detail: "The body could not be read.")
        }
    }

    private static func word(for type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is any FixedWidthInteger.Type: "a whole number"
        case is [Any].Type: "an array"
        case is [String: Any].Type: "an object"
        default: "of another type"
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `{"error": {…}}`. Source: Meta, error codes. Only `message`, `type`, `code` and `fbtrace_id` are always there.
struct GraphErrorEnvelope: Decodable {
    struct Body: Decodable {
        @Lenient var message: String?
        @Lenient var type: String?
        @Lenient var code: Int?
        @Lenient var subcode: Int?
        @Lenient var isTransient: Bool?
        @Lenient var userMessage: String?
        @Lenient var traceID: String?
        @Lenient var data: ErrorData?

        enum CodingKeys: String, CodingKey {
            case message, type, code
            case subcode = "error_subcode"
            case isTransient = "is_transient"
            case userMessage = "error_user_msg"
            case traceID = "fbtrace_id"
            case data = "error_data"
        }
    }

    /// An object, or on older paths a string that holds one.
    struct ErrorData: LenientlyDecodable {
        var details: String?

        private struct Object: Decodable {
            @Lenient var details: String?
        }

        static func decodeLeniently(from decoder: any Decoder) -> ErrorData? {
            if let object = try? Object(from: decoder) { return ErrorData(details: object.details) }
            guard let text = try? decoder.singleValueContainer().decode(String.self) else { return nil }
            let object = try? JSONDecoder().decode(Object.self, from: Data(text.utf8))
            return ErrorData(details: object?.details ?? text)
        }
    }

    let error: Body

    init?(json: [UInt8]) {
        guard let envelope = try? JSONDecoder().decode(Self.self, from: Data(json)) else { return nil }
        self = envelope
    }
}

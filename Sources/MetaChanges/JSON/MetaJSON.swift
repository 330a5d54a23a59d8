// SPDX-License-Identifier: Apache-2.0
import Domain

/// A JSON value as Meta sent it. Numbers stay text: ids beyond 2^53 come as numbers too.
indirect enum MetaJSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([MetaJSON])
    case object([Member])

    struct Member: Sendable, Hashable {
        let key: String
        let value: MetaJSON
    }

    /// The member of that name, the last one when it is repeated; nil also for an explicit null.
    subscript(key: String) -> MetaJSON? {
        guard case .object(let members) = self else { return nil }
        guard let value = members.last(where: { $0.key == key })?.value, value != .null else { return nil }
        return value
    }

    var isObject: Bool {
        if case .object = self { return true }
        return false
    }

    /// Text of a string or of a number, as printed; nil when empty.
    var text: String? {
        switch self {
        case .string(let text), .number(let text): text.isEmpty ? nil : text
        case .null, .bool, .array, .object: nil
        }
    }

    var elements: [MetaJSON] {
        if case .array(let elements) = self { return elements }
        return []
    }

    /// Decimal digits, whether Meta printed a string or a number.
    func id<ID: MetaID>(as type: ID.Type = ID.self) -> ID? { text.flatMap { ID(validating: $0) } }

    /// Unix seconds, whether Meta printed a string or a number.
    var unixTime: Timestamp? {
        guard let seconds = text.flatMap({ Int64($0) }), (0...Self.secondsMax).contains(seconds) else { return nil }
        return Timestamp(seconds: seconds)
    }

    /// The year 5138: beyond it a number is no count of seconds.
    private static let secondsMax: Int64 = 100_000_000_000
}

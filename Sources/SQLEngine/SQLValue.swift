// SPDX-License-Identifier: Apache-2.0

/// One bound parameter or one column value. Times are integers (epoch ms), JSON is text, booleans are integers 0 and 1.
package enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

extension SQLValue: ExpressibleByNilLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    package init(nilLiteral: ()) { self = .null }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(stringLiteral value: String) { self = .text(value) }
}

extension SQLValue {
    package static func text(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
    package static func integer(_ value: Int64?) -> SQLValue { value.map { .integer($0) } ?? .null }
    package static func int(_ value: Int) -> SQLValue { .integer(Int64(value)) }
    package static func int(_ value: Int?) -> SQLValue { value.map { .integer(Int64($0)) } ?? .null }
    package static func bool(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }
    package static func blob(_ value: [UInt8]?) -> SQLValue { value.map { .blob($0) } ?? .null }
}

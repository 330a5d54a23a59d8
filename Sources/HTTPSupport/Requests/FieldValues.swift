// SPDX-License-Identifier: Apache-2.0
package import Domain
import Services

/// A string out of a closed set; anything else is refused with the list of what is allowed.
package struct OneOf<Value: RawRepresentable & CaseIterable & Sendable>: Decodable, Sendable
where Value.RawValue == String {
    package let value: Value

    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = Value(rawValue: text) else {
            let allowed = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw ServiceError.invalid(
                field: JSONReading.path(decoder.codingPath), message: "must be one of \(allowed)")
        }
        self.value = value
    }
}

/// An id of Meta: digits, as a JSON string or a whole number.
package struct MetaIDField<ID: MetaID>: Decodable, Sendable {
    package let value: ID

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text: String
        if let number = try? container.decode(UInt64.self) {
            text = String(number)
        } else {
            text = try container.decode(String.self)
        }
        guard let value = ID(validating: text) else {
            throw ServiceError.invalid(
                field: JSONReading.path(decoder.codingPath), message: "must be an id of Meta: 1 to 20 digits")
        }
        self.value = value
    }
}

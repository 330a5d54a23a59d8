// SPDX-License-Identifier: Apache-2.0
import Domain
import Services

/// Shapes of single fields. Each throws `ServiceError.invalid` with the field's JSON path.
enum FieldChecks {
    /// No control characters: PostgreSQL cannot store NUL, and logs should not have to escape the rest.
    static func text(_ value: String, _ field: String, max: Int) throws -> String {
        let hasControls = value.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        guard (1...max).contains(value.count), !hasControls else {
            throw ServiceError.invalid(
                field: field, message: "must have 1 to \(max) characters and no control characters")
        }
        return value
    }

    static func optionalText(_ value: String?, _ field: String, max: Int) throws -> String? {
        try value.map { try text($0, field, max: max) }
    }

    static func email(_ value: String?, _ field: String) throws -> String? {
        guard let value else { return nil }
        let email = try text(value, field, max: 254)
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !email.contains(" ") else {
            throw ServiceError.invalid(field: field, message: "must be an e-mail address")
        }
        return email
    }

    /// Digits with or without `+`, spaces, dashes, dots and parentheses: 7 to 15 digits. Source: ITU-T E.164.
    static func phone(_ value: String?, _ field: String) throws -> String? {
        guard let value else { return nil }
        let key = Customer.phoneKey(try text(value, field, max: 40))
        let digits = key.hasPrefix("+") ? key.dropFirst() : key[...]
        guard (7...15).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw ServiceError.invalid(field: field, message: "must be a phone number of 7 to 15 digits")
        }
        return value
    }

    static func digits(_ value: String, _ field: String, _ length: ClosedRange<Int>) throws -> String {
        guard length.contains(value.utf8.count), value.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw ServiceError.invalid(
                field: field, message: "must be \(length.lowerBound) to \(length.upperBound) digits")
        }
        return value
    }

    static func pin(_ value: String?, _ field: String) throws -> RegistrationPIN? {
        guard let value else { return nil }
        guard let pin = RegistrationPIN(validating: value) else {
            throw ServiceError.invalid(field: field, message: "must be six digits")
        }
        return pin
    }

    static func code(_ value: String?, _ field: String) throws -> SignupCode? {
        try value.map { SignupCode(try text($0, field, max: 4096)) }
    }

    static func customer(_ value: String?, _ field: String) throws -> CustomerID? {
        guard let value else { return nil }
        guard let id = CustomerID(validating: value) else {
            throw ServiceError.invalid(field: field, message: "must be a UUID")
        }
        return id
    }

    /// Two letters. Source: Meta, register, data_localization_region.
    static func region(_ value: String?, _ field: String) throws -> String? {
        guard let value else { return nil }
        let upper = value.uppercased()
        guard upper.utf8.count == 2, upper.utf8.allSatisfy({ (65...90).contains($0) }) else {
            throw ServiceError.invalid(field: field, message: "must be a country code of two letters")
        }
        return upper
    }
}

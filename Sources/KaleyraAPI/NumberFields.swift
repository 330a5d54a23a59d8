// SPDX-License-Identifier: Apache-2.0
import Domain
import Services

/// What V1 and V2 take about a number. Source: Kaleyra, "Add a WhatsApp Number", "Update a WhatsApp Number Details",
/// "Add Phone Number", "Verify Phone Number", "Retry OTP for Phone Number".
struct NumberFields {
    let fields: KaleyraFields
    let operation: KaleyraOperation

    /// V1's sentence for a number that is missing or has another type. Source: "WhatsApp Error Codes", E13001.
    func number(_ name: String) throws(KaleyraError) -> String {
        switch fields.values[name] {
        case nil: throw .field(name, "The WhatsApp Number is mandatory.")
        case .other, .number: throw .field(name, "The WhatsApp Number must be a string.")
        case .text: break
        }
        guard let text = try fields.optional(name) else { throw .field(name, "The WhatsApp Number is mandatory.") }
        let number = text.hasPrefix("+") ? text : "+" + text
        guard E164.isNumber(number) else { throw .field(name, "The WhatsApp Number is invalid.") }
        return number
    }

    /// Meta's id of a number. Source: "WhatsApp Error Codes", E13001, for both sentences.
    func id() throws(KaleyraError) -> PhoneNumberID {
        guard let text = try fields.optional("id") else { throw .field("id", "The ID value is required.") }
        guard let id = PhoneNumberID(validating: text) else { throw .field("id", "The ID value must be a number.") }
        return id
    }

    func name(_ field: String) throws(KaleyraError) -> String {
        let name = try fields.required(field)
        guard name.count <= 128 else { throw .field(field, "The \(field) may not be greater than 128 characters.") }
        return name
    }

    /// Six digits.
    func otp() throws(KaleyraError) -> OtherSecret {
        let text = try fields.required("otp")
        guard text.utf8.count == 6, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw .field("otp", "The otp must be 6 digits.")
        }
        return OtherSecret(text)
    }

    /// `sms` or `voice` in any case; SMS where none is named. The key of a retry is not documented: both are taken.
    func codeMethod() throws(KaleyraError) -> PhoneNumbers.CodeMethod {
        let name = fields.has("verification_type") ? "verification_type" : "channel"
        guard let text = try fields.optional(name) else { return .sms }
        guard let method = PhoneNumbers.CodeMethod(rawValue: text.uppercased()) else {
            throw .field(name, "The \(name) must be SMS or VOICE.")
        }
        return method
    }

    /// V2: the number with or without its country code, and the country code beside it, as digits or as two letters.
    func addition() throws(KaleyraError) -> PhoneNumbers.Addition {
        guard let given = try fields.optional("phone_number") else {
            throw .field("phone_number", "The WhatsApp Number is mandatory.")
        }
        let name = try name("name")
        let asked = try fields.required("country_code")
        let code = asked.hasPrefix("+") ? String(asked.dropFirst()) : CallingCode.digits(of: asked) ?? asked
        let digits = String(given.filter { !" -().".contains($0) })
        let national = digits.hasPrefix("+\(code)") ? String(digits.dropFirst(code.count + 1)) : digits
        guard E164.isNumber("+" + code + national) else {
            throw .field("phone_number", "The WhatsApp Number is invalid.")
        }
        return PhoneNumbers.Addition(countryCode: code, number: national, verifiedName: name)
    }

    /// V1: the number in E.164, from which the country code is told.
    func additionV1() throws(KaleyraError) -> PhoneNumbers.Addition {
        let number = try number("wa_number")
        let name = try name("display_name")
        guard let code = CallingCode(of: number) else {
            throw .field("wa_number", "The Country Code of the WhatsApp Number is invalid.")
        }
        return PhoneNumbers.Addition(
            countryCode: code.digits, number: String(number.dropFirst(code.digits.count + 1)), verifiedName: name)
    }

    /// The editable fields that came.
    func change() throws(KaleyraError) -> AccountNumbers.Change {
        guard !fields.has("display_image") else {
            throw .field("display_image", "The display_image is not supported.")
        }
        let profile = NumberProfile(
            about: try text("about", max: 139), address: try text("address", max: 256),
            description: try text("business_description", max: 512), email: try text("contact_email", max: 128),
            website: try text("website", max: 256), category: try category())
        return AccountNumbers.Change(profile: profile, incomingURL: try incomingURL())
    }

    private func incomingURL() throws(KaleyraError) -> String? {
        guard fields.has("incoming_url") else { return nil }
        return try fields.optional("incoming_url") ?? ""
    }

    /// The prose spells it `business_catregory` (quirk): both are taken. The match is exact but for case.
    private func category() throws(KaleyraError) -> BusinessCategory? {
        let name = fields.has("business_catregory") ? "business_catregory" : "business_category"
        guard let text = try fields.optional(name) else { return nil }
        guard let category = BusinessCategory(named: text) else { throw .field(name, "The \(name) is invalid.") }
        return category
    }

    private func text(_ name: String, max: Int) throws(KaleyraError) -> String? {
        guard let text = try fields.optional(name) else { return nil }
        guard text.count <= max else { throw .field(name, "The \(name) may not be greater than \(max) characters.") }
        return text
    }
}

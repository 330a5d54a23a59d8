// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Services

/// `POST /phone_numbers`.
struct AddPhoneNumberBody: NativeBody {
    let wabaID: MetaIDField<WABAID>
    let countryCode: String
    let phoneNumber: String
    let verifiedName: String

    enum CodingKeys: String, CodingKey, CaseIterable {
        case wabaID = "waba_id"
        case countryCode = "country_code"
        case phoneNumber = "phone_number"
        case verifiedName = "verified_name"
    }

    static let fields = FieldNames(of: CodingKeys.self)

    func addition() throws -> PhoneNumbers.Addition {
        PhoneNumbers.Addition(
            countryCode: try FieldChecks.digits(countryCode, "country_code", 1...3),
            number: try FieldChecks.digits(phoneNumber, "phone_number", 4...14),
            verifiedName: try FieldChecks.text(verifiedName, "verified_name", max: 512))
    }
}

/// `POST /phone_numbers/{id}/request_code`.
struct RequestCodeBody: NativeBody {
    let method: OneOf<PhoneNumbers.CodeMethod>?
    let language: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case method
        case language
    }

    static let fields = FieldNames(of: CodingKeys.self)

    func validated() throws -> (PhoneNumbers.CodeMethod, String) {
        let language = language ?? "en_US"
        let isLocale = language.wholeMatch(of: /[a-z]{2,3}(_[A-Z]{2})?/) != nil
        guard isLocale else {
            throw ServiceError.invalid(field: "language", message: "must be a language such as en_US")
        }
        return (method?.value ?? .sms, language)
    }
}

/// `POST /phone_numbers/{id}/verify_code`.
struct VerifyCodeBody: NativeBody {
    let code: String

    enum CodingKeys: String, CodingKey, CaseIterable {
        case code
    }

    static let fields = FieldNames(of: CodingKeys.self)

    /// Digits without the hyphen that the message shows. Source: Meta, verify phone numbers.
    func validated() throws -> OtherSecret {
        OtherSecret(try FieldChecks.digits(code.filter { $0 != "-" }, "code", 4...10))
    }
}

/// `POST /phone_numbers/{id}/register`.
struct RegisterNumberBody: NativeBody {
    let pin: String?
    let region: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case pin
        case region
    }

    static let fields = FieldNames(of: CodingKeys.self)

    func validated() throws -> (RegistrationPIN?, String?) {
        (try FieldChecks.pin(pin, "pin"), try FieldChecks.region(region, "region"))
    }
}

/// `POST /phone_numbers/{id}/pin`.
struct ChangePINBody: NativeBody {
    let pin: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case pin
    }

    static let fields = FieldNames(of: CodingKeys.self)
}

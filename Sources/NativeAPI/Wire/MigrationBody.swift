// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Services

extension BeginOnboardingBody {
    /// `migration`: the number that moves in.
    struct Migration: Decodable, Sendable {
        let countryCode: String
        let phoneNumber: String
        let verifiedName: String
        let codeMethod: OneOf<CodeMethod>?
        let language: String?

        enum CodeMethod: String, Sendable, CaseIterable {
            case sms = "SMS"
            case voice = "VOICE"
        }

        enum CodingKeys: String, CodingKey, CaseIterable {
            case countryCode = "country_code"
            case phoneNumber = "phone_number"
            case verifiedName = "verified_name"
            case codeMethod = "code_method"
            case language
        }

        static let fields = FieldNames(of: CodingKeys.self)

        func migration(_ path: String) throws -> NumberMigration {
            let language = language ?? "en_US"
            guard language.wholeMatch(of: /[a-z]{2,3}(_[A-Z]{2})?/) != nil else {
                throw ServiceError.invalid(field: "\(path).language", message: "must be a language such as en_US")
            }
            return NumberMigration(
                countryCode: try FieldChecks.digits(countryCode, "\(path).country_code", 1...3),
                number: try FieldChecks.digits(phoneNumber, "\(path).phone_number", 4...14),
                verifiedName: try FieldChecks.text(verifiedName, "\(path).verified_name", max: 512),
                isByVoice: codeMethod?.value == .voice, language: language)
        }
    }
}

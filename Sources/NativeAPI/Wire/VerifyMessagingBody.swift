// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Services

extension BeginOnboardingBody {
    /// `options.verify_messaging`.
    struct VerifyMessaging: Decodable, Sendable {
        let method: OneOf<MessagingCheck.Method>?
        let recipient: String
        let text: String?
        let template: Template?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case method
            case recipient
            case text
            case template
        }

        static let fields = FieldNames(of: CodingKeys.self, nested: ["template": Template.fields])

        struct Template: Decodable, Sendable {
            let name: String
            let language: String

            enum CodingKeys: String, CodingKey, CaseIterable {
                case name
                case language
            }

            static let fields = FieldNames(of: CodingKeys.self)
        }

        func check(_ path: String) throws -> MessagingCheck {
            guard let printed = try FieldChecks.phone(recipient, "\(path).recipient") else {
                throw ServiceError.missing(field: "\(path).recipient")
            }
            return MessagingCheck(
                method: method?.value ?? .reply, recipient: PhoneNumberFacts.e164(printed),
                text: try FieldChecks.optionalText(text, "\(path).text", max: 4096),
                templateName: try FieldChecks.optionalText(template?.name, "\(path).template.name", max: 512),
                templateLanguage: try FieldChecks.optionalText(
                    template?.language, "\(path).template.language", max: 20))
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

package struct NewOnboarding: Encodable, Sendable {
    package var customerID: String
    /// `embedded_signup` (the default), `business_app`, `hosted`, `tech_partner` or `number_migration`.
    package var flow: String?
    package var code: String?
    package var wabaID: String?
    /// All that the signup's window named; each gets a run.
    package var wabaIDs: [String]?
    package var phoneNumberID: String?
    package var phoneNumber: String?
    package var businessID: String?
    package var solutionID: String?
    package var pin: String?
    package var currency: String?
    package var region: String?
    /// Of the flow `number_migration`.
    package var migration: Migration?
    package var options = Options()

    package init(customerID: String) { self.customerID = customerID }

    /// The number that moves in.
    package struct Migration: Encodable, Sendable {
        package let countryCode: String
        /// Without the country code; digits.
        package let phoneNumber: String
        package let verifiedName: String
        /// `SMS` (the default) or `VOICE`.
        package var codeMethod: String?
        package var language: String?

        package init(countryCode: String, phoneNumber: String, verifiedName: String) {
            self.countryCode = countryCode
            self.phoneNumber = phoneNumber
            self.verifiedName = verifiedName
        }

        enum CodingKeys: String, CodingKey {
            case countryCode = "country_code"
            case phoneNumber = "phone_number"
            case verifiedName = "verified_name"
            case codeMethod = "code_method"
            case language
        }
    }

    package struct Options: Encodable, Sendable {
        package var enableTemplateAnalytics: Bool?
        package var subscribeApp: Bool?
        package var callback: Callback?
        package var verifyMessaging: VerifyMessaging?

        enum CodingKeys: String, CodingKey {
            case enableTemplateAnalytics = "enable_template_analytics"
            case subscribeApp = "subscribe_app"
            case callback
            case verifyMessaging = "verify_messaging"
        }
    }

    package struct Callback: Encodable, Sendable {
        package let uri: String
        package let verifyToken: String

        package init(uri: String, verifyToken: String) {
            self.uri = uri
            self.verifyToken = verifyToken
        }

        enum CodingKeys: String, CodingKey {
            case uri
            case verifyToken = "verify_token"
        }
    }

    package struct VerifyMessaging: Encodable, Sendable {
        package let recipient: String
        /// `reply` (the default) or `template`.
        package var method: String?
        package var text: String?
        package var template: Template?

        package init(recipient: String) { self.recipient = recipient }
    }

    package struct Template: Encodable, Sendable {
        package let name: String
        package let language: String

        package init(name: String, language: String) {
            self.name = name
            self.language = language
        }
    }

    enum CodingKeys: String, CodingKey {
        case customerID = "customer_id"
        case flow
        case code
        case wabaID = "waba_id"
        case wabaIDs = "waba_ids"
        case phoneNumberID = "phone_number_id"
        case phoneNumber = "phone_number"
        case businessID = "business_id"
        case solutionID = "solution_id"
        case pin
        case currency
        case region
        case migration
        case options
    }
}

/// What somebody brings to a stopped onboarding.
package struct ResumeWith: Encodable, Sendable {
    package var pin: String?
    package var code: String?
    package var wabaID: String?
    package var phoneNumberID: String?
    package var currency: String?
    package var skip: Bool?
    package var verificationCode: String?
    package var resendCode: Bool?

    package init() {}

    enum CodingKeys: String, CodingKey {
        case pin
        case code
        case wabaID = "waba_id"
        case phoneNumberID = "phone_number_id"
        case currency
        case skip
        case verificationCode = "verification_code"
        case resendCode = "resend_code"
    }
}

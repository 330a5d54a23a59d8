// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Services

/// `POST /onboardings`.
struct BeginOnboardingBody: NativeBody {
    let customerID: String
    let flow: OneOf<PlanKind>?
    let signupEvent: OneOf<SignupEvent>?
    let code: String?
    let wabaID: MetaIDField<WABAID>?
    let wabaIDs: [MetaIDField<WABAID>]?
    let phoneNumberID: MetaIDField<PhoneNumberID>?
    let phoneNumber: String?
    let businessID: MetaIDField<BusinessID>?
    let solutionID: MetaIDField<SolutionID>?
    let pin: String?
    let currency: OneOf<Currency>?
    let region: String?
    let migration: Migration?
    let options: Options?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case customerID = "customer_id"
        case flow
        case signupEvent = "signup_event"
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

    static let fields = FieldNames(
        of: CodingKeys.self, nested: ["options": Options.fields, "migration": Migration.fields])

    struct Options: Decodable, Sendable {
        let enableTemplateAnalytics: Bool?
        let subscribeApp: Bool?
        let callback: Callback?
        let verifyMessaging: VerifyMessaging?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case enableTemplateAnalytics = "enable_template_analytics"
            case subscribeApp = "subscribe_app"
            case callback
            case verifyMessaging = "verify_messaging"
        }

        static let fields = FieldNames(
            of: CodingKeys.self,
            nested: ["callback": Callback.fields, "verify_messaging": VerifyMessaging.fields])
    }

    struct Callback: Decodable, Sendable {
        let uri: String
        let verifyToken: String

        enum CodingKeys: String, CodingKey, CaseIterable {
            case uri
            case verifyToken = "verify_token"
        }

        static let fields = FieldNames(of: CodingKeys.self)
    }

    func request() throws -> Onboardings.Request {
        guard let customer = try FieldChecks.customer(customerID, "customer_id") else {
            throw ServiceError.missing(field: "customer_id")
        }
        var request = Onboardings.Request(customerID: customer, plan: try plan())
        request.code = try FieldChecks.code(code, "code")
        request.wabaID = wabaID?.value
        request.wabaIDs = try several(request)
        request.phoneNumberID = phoneNumberID?.value
        request.phoneNumber = try FieldChecks.phone(phoneNumber, "phone_number").map(PhoneNumberFacts.e164(_:))
        request.businessID = businessID?.value
        request.solutionID = solutionID?.value
        request.pin = try FieldChecks.pin(pin, "pin")
        request.currency = currency?.value
        request.region = try FieldChecks.region(region, "region")
        request.enablesTemplateAnalytics = options?.enableTemplateAnalytics ?? false
        request.subscribesApp = options?.subscribeApp ?? true
        request.callback = try options?.callback.map { callback in
            Onboardings.Request.Callback(
                uri: try FieldChecks.text(callback.uri, "options.callback.uri", max: 200),
                verifyToken: OtherSecret(
                    try FieldChecks.text(callback.verifyToken, "options.callback.verify_token", max: 255)))
        }
        request.migration = try migration?.migration("migration")
        request.messagingCheck = try options?.verifyMessaging?.check("options.verify_messaging")
        return request
    }

    /// `waba_ids` as the signup's window told them; `waba_id`, where given too, is the first to come aboard.
    private func several(_ request: Onboardings.Request) throws -> [WABAID] {
        guard let given = wabaIDs?.map(\.value) else { return [] }
        guard request.plan.beginsWithCode else {
            throw ServiceError.invalid(field: "waba_ids", message: "goes with a code only")
        }
        guard (1...20).contains(given.count), Set(given).count == given.count else {
            throw ServiceError.invalid(field: "waba_ids", message: "must be 1 to 20 different ids")
        }
        return given
    }

    /// What the signup's window told says it too; the two may not disagree.
    private func plan() throws -> PlanKind {
        guard let event = signupEvent?.value else { return flow?.value ?? .embeddedSignup }
        guard flow == nil || flow?.value == event.plan else {
            throw ServiceError.invalid(
                field: "flow", message: "must be \(event.plan.rawValue) after \(event.rawValue)")
        }
        return event.plan
    }
}

/// `POST /onboardings/{id}/resume`.
struct ResumeBody: NativeBody {
    let pin: String?
    let code: String?
    let wabaID: MetaIDField<WABAID>?
    let phoneNumberID: MetaIDField<PhoneNumberID>?
    let currency: OneOf<Currency>?
    let skip: Bool?
    let verificationCode: String?
    let resendCode: Bool?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case pin
        case code
        case wabaID = "waba_id"
        case phoneNumberID = "phone_number_id"
        case currency
        case skip
        case verificationCode = "verification_code"
        case resendCode = "resend_code"
    }

    static let fields = FieldNames(of: CodingKeys.self)

    func resumption() throws -> Onboardings.Resumption {
        var given = Onboardings.Resumption()
        given.pin = try FieldChecks.pin(pin, "pin")
        given.code = try FieldChecks.code(code, "code")
        given.wabaID = wabaID?.value
        given.phoneNumberID = phoneNumberID?.value
        given.currency = currency?.value
        given.skipsStep = skip ?? false
        given.asksForCodeAgain = resendCode ?? false
        given.verificationCode = try verificationCode.map { code in
            OtherSecret(try FieldChecks.digits(code.filter { $0 != "-" }, "verification_code", 4...10))
        }
        return given
    }
}

/// Where a call takes no members: `{}` or nothing.
struct EmptyBody: NativeBody {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case nothing = ""
    }

    static let fields = FieldNames(of: CodingKeys.self)

    init(from decoder: any Decoder) throws { _ = try decoder.container(keyedBy: CodingKeys.self) }
}

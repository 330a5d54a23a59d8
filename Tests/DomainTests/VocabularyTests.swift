// SPDX-License-Identifier: Apache-2.0
import Domain
import Testing

@Suite("Vocabulary")
struct VocabularyTests {
    @Test("Every failure says in plain words who must do what", arguments: FailureReason.allCases)
    func remedies(reason: FailureReason) {
        let text = reason.remedy.text
        #expect(text.count > 30 && text.hasSuffix("."))
        #expect(!text.contains(reason.rawValue), "a stored name is no remedy")
    }

    @Test(
        "Stored names stand as they were first written. Source: DESIGN section 5",
        arguments: [
            (
                OnboardingState.allCases.map(\.rawValue),
                ["running", "waiting", "action_required", "live", "failed", "cancelled", "offboarded"]
            ),
            (
                StepState.allCases.map(\.rawValue),
                ["pending", "running", "unknown", "waiting", "action_required", "done", "skipped", "failed"]
            ),
            (PartnerKind.allCases.map(\.rawValue), ["solution_partner", "tech_provider"]),
            (Currency.allCases.map(\.rawValue), ["AUD", "EUR", "GBP", "IDR", "INR", "USD"]),
            (DeliveryState.allCases.map(\.rawValue), ["pending", "sending", "succeeded", "failed", "held"]),
            (ActivationState.allCases.map(\.rawValue), ["submitted", "approved", "rejected", "closed"]),
            (CertificateType.allCases.map(\.rawValue), ["jpeg", "png", "pdf"]),
            (WebhookFormatName.allCases.map(\.rawValue), ["standard", "splashify", "sinch", "meta_raw"]),
        ])
    func storedNames(names: [String], expected: [String]) {
        #expect(names == expected)
    }

    @Test("At most one open run per WABA: running, waiting and action_required are open")
    func openStates() {
        #expect(OnboardingState.allCases.filter(\.isOpen) == [.running, .waiting, .actionRequired])
        #expect(StepState.allCases.filter(\.isFinished) == [.done, .skipped])
    }

    @Test("Currencies outside the six are refused", arguments: ["", "usd", "CHF", "BRL"])
    func refusedCurrencies(text: String) { #expect(Currency(rawValue: text) == nil) }

    @Test(
        "A printed number becomes E.164. Source: graph-api 8.1; Splashify, tp-signup",
        arguments: [
            ("+1 555-078-3881", "+15550783881"), ("+91 70215 12345", "+917021512345"),
            ("917021512345", "+917021512345"),
            ("(49) 30/1234", "+49301234"),
        ])
    func e164(printed: String, number: String) {
        #expect(PhoneNumberFacts.e164(printed) == number)
        #expect(PhoneNumberFacts(id: PhoneNumberID("1"), displayPhoneNumber: printed).e164 == number)
    }

    @Test("A number can send when CONNECTED on the Cloud API, whatever its code verification says. Source: pitfall P7")
    func connected() {
        var facts = PhoneNumberFacts(
            id: PhoneNumberID("1"), status: "CONNECTED", codeVerificationStatus: "EXPIRED", platformType: "CLOUD_API")
        #expect(facts.isConnected)
        facts.platformType = "NOT_APPLICABLE"
        #expect(!facts.isConnected)
        facts = PhoneNumberFacts(id: PhoneNumberID("1"), status: "PENDING", platformType: "CLOUD_API")
        #expect(!facts.isConnected)
    }

    @Test("Customers are compared by trimmed, lower-cased e-mail and by digits. Source: Splashify, Create customer")
    func customerKeys() {
        #expect(Customer.emailKey("  Ops@Example.COM \n") == "ops@example.com")
        #expect(Customer.phoneKey("+91 (702) 151-23.45") == "+917021512345")
    }

    @Test(
        "No secret prints itself",
        arguments: [
            BusinessToken("EAAsecret"), SystemToken("EAAsecret"), AppSecret("EAAsecret"), SignupCode("EAAsecret"),
            RegistrationPIN("EAAsecret"), OtherSecret("EAAsecret"),
        ] as [any SecretText])
    func secrets(secret: any SecretText) {
        var dumped = ""
        dump(secret, to: &dumped)
        let printed = ["\(secret)", String(describing: secret), String(reflecting: secret), "\([secret])", dumped]
        for text in printed { #expect(!text.contains("EAA"), "\(text)") }
    }

    @Test(
        "A PIN is six ASCII digits",
        arguments: [("012345", true), ("12345", false), ("1234567", false), ("12345a", false), ("１２３４５６", false)])
    func pins(text: String, isValid: Bool) {
        #expect((RegistrationPIN(validating: text) != nil) == isValid)
    }

    @Test("Generated PINs are valid and not all alike")
    func generatedPINs() {
        let pins = (0..<50).map { _ in RegistrationPIN.generated() }
        #expect(pins.allSatisfy { RegistrationPIN(validating: $0.secret) != nil })
        #expect(Set(pins).count > 10)
    }

    @Test(
        "Only what was answered, and not by a broken server, is known not to have happened",
        arguments: [
            (GraphError.Reach.notSent, nil, false), (.unknown, nil, true), (.unknown, 200, true),
            (.answered, 400, false),
            (.answered, 429, false), (.answered, 500, true), (.answered, 503, true),
        ] as [(GraphError.Reach, Int?, Bool)])
    func reach(reach: GraphError.Reach, status: Int?, mayHaveHappened: Bool) {
        let error = GraphError(class: .transient, reach: reach, operation: "register", httpStatus: status, message: "")
        #expect(error.mayHaveHappened == mayHaveHappened)
    }
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import GangwayClient

/// The number that moves in, of the flow `number_migration`; the number itself is `--phone-number`.
struct MigrationOptions: ParsableArguments {
    enum CodeMethod: String, ExpressibleByArgument, CaseIterable {
        case sms = "SMS"
        case voice = "VOICE"
    }

    @Option(help: "Of the number that moves in, 49; flow number_migration needs it.") var countryCode: String?
    @Option(help: "Name that the number is to show; flow number_migration needs it.") var verifiedName: String?
    @Option(help: "How Meta sends the code to the number that moves in.") var codeMethod: CodeMethod?
    @Option(help: "Language of that code (default: en_US).") var codeLanguage: String?

    var isGiven: Bool {
        countryCode != nil || verifiedName != nil || codeMethod != nil || codeLanguage != nil
    }

    /// `number` may be printed as +4915112345678 or without the country code.
    func migration(of number: String?) throws -> NewOnboarding.Migration? {
        guard let number, let countryCode, let verifiedName else { return nil }
        var digits = number.filter { $0 != " " && $0 != "-" }
        if digits.hasPrefix("+") {
            guard digits.hasPrefix("+" + countryCode) else {
                throw ValidationError("--phone-number \(number) does not begin with +\(countryCode).")
            }
            digits = String(digits.dropFirst(1 + countryCode.count))
        }
        var migration = NewOnboarding.Migration(
            countryCode: countryCode, phoneNumber: digits, verifiedName: verifiedName)
        migration.codeMethod = codeMethod?.rawValue
        migration.language = codeLanguage
        return migration
    }
}

/// What may be asked for beyond the plan.
struct ExtraOptions: ParsableArguments {
    enum Method: String, ExpressibleByArgument, CaseIterable {
        case reply
        case template
    }

    @Option(help: "Two letters: where the number's data is to be stored.") var region: String?
    @Flag(help: "Switch template analytics on; Meta cannot undo it.") var enableTemplateAnalytics = false
    @Flag(help: "Flow tech_partner: do not subscribe the app.") var noSubscribeApp = false
    @Option(help: "Your own https address for the messages of this WABA.") var callbackUri: String?
    @Option(help: "File with its verify token, or -; also GANGWAY_CALLBACK_TOKEN.") var callbackTokenFile: String?
    @Option(help: "Send a test message to this number at the end, +16505551234.") var verifyMessaging: String?
    @Option(help: "Its way: reply to a message of that number (the default), or a template at once.")
    var messageMethod: Method?
    @Option(help: "Its text, with reply.") var messageText: String?
    @Option(help: "Its template (default: hello_world).") var messageTemplate: String?
    @Option(help: "Language of that template.") var templateLanguage = "en_US"

    func validate() throws {
        let asksForMessage = messageMethod != nil || messageText != nil || messageTemplate != nil
        guard verifyMessaging != nil || !asksForMessage else {
            throw ValidationError("Give --verify-messaging, the number to which the message goes.")
        }
        guard callbackUri != nil || callbackTokenFile == nil else {
            throw ValidationError("--callback-token-file goes with --callback-uri.")
        }
    }

    func fill(_ asked: inout NewOnboarding) throws {
        asked.region = region
        if enableTemplateAnalytics { asked.options.enableTemplateAnalytics = true }
        if noSubscribeApp { asked.options.subscribeApp = false }
        if let callbackUri {
            guard let token = try SecretInput.read(file: callbackTokenFile, variable: "GANGWAY_CALLBACK_TOKEN") else {
                throw ValidationError("--callback-uri needs --callback-token-file or GANGWAY_CALLBACK_TOKEN.")
            }
            asked.options.callback = NewOnboarding.Callback(uri: callbackUri, verifyToken: token)
        }
        guard let verifyMessaging else { return }
        var check = NewOnboarding.VerifyMessaging(recipient: verifyMessaging)
        check.method = (messageMethod ?? (messageTemplate == nil ? nil : .template))?.rawValue
        check.text = messageText
        check.template = messageTemplate.map { NewOnboarding.Template(name: $0, language: templateLanguage) }
        asked.options.verifyMessaging = check
    }
}

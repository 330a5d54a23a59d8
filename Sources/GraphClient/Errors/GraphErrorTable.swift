// SPDX-License-Identifier: Apache-2.0
package import Domain

/// Meta's error codes as decisions. Pure: the same answer always means the same. Source: Meta, error codes, 2026-05-15.
package enum GraphErrorTable {
    /// What an error answer said.
    package struct Answer: Sendable {
        package var operation: String
        package var httpStatus: Int
        package var code: Int?
        package var subcode: Int?
        package var isTransient = false
        package var message = ""
        package var details: String?
        package var traceID: String?
        /// Names in lower case.
        package var headers: [String: String] = [:]

        package init(operation: String, httpStatus: Int, code: Int? = nil) {
            self.operation = operation
            self.httpStatus = httpStatus
            self.code = code
        }
    }

    package static func error(_ answer: Answer) -> GraphError {
        let verdict = verdict(answer)
        return GraphError(
            class: verdict.class, reach: .answered, operation: answer.operation, httpStatus: answer.httpStatus,
            code: answer.code, subcode: answer.subcode, message: answer.message, details: answer.details,
            traceID: answer.traceID, retryAfter: retryAfter(answer, verdict))
    }

    /// Whether the table decides by this code, or by the subcode in its place.
    package static func knows(code: Int, subcode: Int?) -> Bool {
        verdict(code: code) != nil || subcode.flatMap(migrationVerdict(code:)) != nil
    }

    /// Whether Meta's answer means that further calls are refused too, and for whom.
    package static func limitScope(code: Int?) -> LimitScope? {
        switch code {
        case 4: .app
        case 17, 32, 341, 613, 80007, 80008: .subject
        default: nil
        }
    }

    package enum LimitScope: Sendable, Hashable {
        case app
        case subject
    }

    struct Verdict: Hashable {
        let `class`: GraphError.Class
        var wait: Duration?
    }

    private static func verdict(_ answer: Answer) -> Verdict {
        if let verdict = signupVerdict(answer) ?? answer.subcode.flatMap(migrationVerdict(code:)) { return verdict }
        if let code = answer.code, let verdict = verdict(code: code) { return verdict }
        if answer.httpStatus == 429 { return Verdict(class: .wait, wait: .seconds(60)) }
        return Verdict(class: answer.httpStatus >= 500 || answer.isTransient ? .transient : .permanent)
    }

    /// The OAuth calls share code 100 (and 1) with everything else, yet a new code or a corrected setting is what helps.
    private static func signupVerdict(_ answer: Answer) -> Verdict? {
        if answer.code == 100, let subcode = answer.subcode, (36007...36009).contains(subcode) {
            return Verdict(class: .needsPerson)
        }
        let isOAuth = ["exchange_code", "app_token", "long_lived_token", "revoke_token"].contains(answer.operation)
        guard isOAuth, answer.httpStatus < 500 else { return nil }
        let isAboutApp = answer.message.contains("client secret") || answer.message.contains("validating application")
        return answer.code == 100 || answer.code == 101 || isAboutApp ? Verdict(class: .needsPerson) : nil
    }

    private static func verdict(code: Int) -> Verdict? {
        waitVerdict(code: code) ?? personVerdict(code: code) ?? transientVerdict(code: code)
            ?? migrationVerdict(code: code) ?? permanentVerdict(code: code)
    }

    private static func transientVerdict(code: Int) -> Verdict? {
        switch code {
        case 1, 2, 131_000, 131_016, 131_057, 133_004: Verdict(class: .transient)
        default: nil
        }
    }

    private static func waitVerdict(code: Int) -> Verdict? {
        switch code {
        case 4, 17, 32, 341, 613, 80_007, 80_008, 131_064: Verdict(class: .wait, wait: .seconds(60))
        case 130_429: Verdict(class: .wait, wait: .seconds(5))
        // 4^x seconds for the x-th try: this is the first.
        case 131_056: Verdict(class: .wait, wait: .seconds(4))
        case 131_049: Verdict(class: .wait, wait: .hours(24))
        case 133_000: Verdict(class: .wait, wait: .seconds(60))
        case 133_008, 133_009, 2_494_100: Verdict(class: .wait, wait: .minutes(10))
        case 133_015: Verdict(class: .wait, wait: .minutes(5))
        // The number is locked for 72 h; bodies with is_transient:true were seen and mean nothing.
        case 133_016: Verdict(class: .wait, wait: .hours(72))
        default: nil
        }
    }

    private static func personVerdict(code: Int) -> Verdict? {
        switch code {
        case 0, 190, 3, 10, 200...299, 131_005: Verdict(class: .needsPerson)
        case 368, 131_031, 131_048: Verdict(class: .needsPerson)
        case 131_030, 131_037, 131_042, 131_045, 134_011: Verdict(class: .needsPerson)
        case 133_005, 133_006, 133_010: Verdict(class: .needsPerson)
        default: nil
        }
    }

    /// Codes that come both alone and as subcodes of 100.
    private static func migrationVerdict(code: Int) -> Verdict? {
        switch code {
        case 2_388_001: Verdict(class: .needsPerson)
        case 2_388_012, 2_388_091, 2_388_093, 2_388_103, 2_593_079, 2_593_085: Verdict(class: .permanent)
        default: nil
        }
    }

    private static func permanentVerdict(code: Int) -> Verdict? {
        switch code {
        case 33, 100, 101, 104, 803, 2500, 130_497: Verdict(class: .permanent)
        case 131_008, 131_009, 131_021, 131_026, 131_047, 131_050...131_053: Verdict(class: .permanent)
        case 131_059, 131_060, 131_062: Verdict(class: .permanent)
        case 132_000, 132_001, 132_005, 132_007, 132_012, 132_015, 132_016, 132_068, 132_069: Verdict(class: .permanent)
        case 135_000, 136_024, 137_000, 2_593_107...2_593_109, 1_752_041: Verdict(class: .permanent)
        case 200_005...200_007: Verdict(class: .permanent)
        case 2_388_019, 2_388_040, 2_388_047, 2_388_072, 2_388_073, 2_388_293, 2_388_299: Verdict(class: .permanent)
        default: nil
        }
    }

    /// What Meta names beats our default: `estimated_time_to_regain_access` for limits, else `Retry-After`.
    private static func retryAfter(_ answer: Answer, _ verdict: Verdict) -> Duration? {
        switch verdict.class {
        case .permanent, .needsPerson: return nil
        case .transient, .wait: break
        }
        if limitScope(code: answer.code) != nil {
            let minutes = UsageReading(headers: answer.headers).minutesToRegainAccess
            if minutes > 0 { return .minutes(minutes) }
        }
        if let text = answer.headers["retry-after"], let seconds = Int(text), (1...604_800).contains(seconds) {
            return .seconds(seconds)
        }
        return verdict.wait
    }
}

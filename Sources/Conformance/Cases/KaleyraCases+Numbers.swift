// SPDX-License-Identifier: Apache-2.0

// Source: Kaleyra, "Add a WhatsApp Number", "Update a WhatsApp Number Details", the V2 pages, "WhatsApp Error Codes". What
// a success tells is listed there, its keys are not: only the envelope is compared.
extension KaleyraCases {
    private static let v1 = "/v1/{{kaleyra.live_sid}}/whatsapp"
    private static let v2 = "/v2/{{kaleyra.live_sid}}/whatsapp"
    private static let waba = "\(v2)/{{kaleyra.waba_id}}"
    private static let key: [(name: String, value: String)] = [("api-key", "{{kaleyra.live_api_key}}")]

    private static func asked(
        _ id: String, _ source: String, _ method: String, _ path: String, json: String? = nil,
        _ status: ClosedRange<Int>, _ answer: String, keeps: [String: String] = [:], isChange: Bool = false
    ) -> ConformanceCase {
        ConformanceCase(
            id, source: "Kaleyra, \(source)", method, path, headers: key, body: json.map { .json($0) } ?? .none,
            status: status, answer: answer, keeps: keeps, isChange: isChange)
    }

    private static let success = #"{"code": "<text>", "message": "<text>", "data": "<array>", "error": {}}"#
    private static let wa200 = #"{"code": "WA200", "message": "<text>", "data": "<array>", "error": {}}"#

    private static func refused(_ code: String, _ message: String = "<text>") -> String {
        #"{"code": "<text>", "message": "<text>", "data": [], "error": {"code": "\#(code)", "message": "\#(message)", "type?": "<string>", "parameter?": "<string>", "reference?": "", "data?": []}}"#
    }

    /// At the outer code, whichever shape the rest has.
    private static func result(_ code: String) -> String {
        #"{"code": "\#(code)", "message": "<text>", "data?": "<any>", "error?": "<any>"}"#
    }

    static let numbersV1 = [
        asked(
            "v1/number/put/mandatory", "WhatsApp Error Codes: E13001; Update: wa_number", "PUT", "\(v1)/number",
            json: #"{"about": "Hi"}"#, 400...400, refused("E13001")),
        asked(
            "v1/number/put/string", "WhatsApp Error Codes: E13001, must be a string", "PUT", "\(v1)/number",
            json: #"{"wa_number": 13236001237, "about": "Hi"}"#, 400...400,
            refused("E13001", "The WhatsApp Number must be a string.")),
        asked(
            "v1/number/put/nothing", "Update a WhatsApp Number Details: at least one field", "PUT", "\(v1)/number",
            json: #"{"wa_number": "{{kaleyra.live_number}}"}"#, 400...400, refused("E13001")),
        asked(
            "v1/number/post/mandatory", "Add a WhatsApp Number: display_name, wa_number", "POST", "\(v1)/number",
            json: #"{"display_name": "xyz"}"#, 400...400, refused("E13001")),
        asked(
            "v1/details/200", "Fetch Phone Number Details API", "GET",
            "\(v1)/{{kaleyra.live_number}}/phone_number_details", 200...200, success),
        asked(
            "v1/number/put/200", "Update a WhatsApp Number Details", "PUT", "\(v1)/number",
            json: #"{"wa_number": "{{kaleyra.live_number}}", "about": "Hi", "business_category": "Restaurant"}"#,
            200...200, success, isChange: true),
    ]

    static let numbersV2 = [
        ConformanceCase(
            "v2/RBC001", source: "Kaleyra, V2 result codes: wrong SID or key", "GET", "\(waba)/number",
            headers: [("api-key", "wrong")], status: 400...401, answer: result("RBC001")),
        asked(
            "v2/number/get", "Get Phone Number Details", "GET", "\(waba)/number", 200...200, wa200),
        asked(
            "v2/details/200", "Fetch Phone Number Details API", "GET",
            "\(v2)/{{kaleyra.live_number}}/phone_number_details", 200...200, wa200),
        asked(
            "v2/number/verify/id", "WhatsApp Error Codes: The ID value is required.", "POST", "\(waba)/number/verify",
            json: #"{"otp": "123456"}"#, 400...400, refused("WA400", "The ID value is required.")),
        asked(
            "v2/WA400", "V2 result codes: bad payload", "POST", "\(waba)/number/verify", json: "not JSON", 400...400,
            result("WA400")),
        asked(
            "v2/number/update", "Update Phone Number Details", "PUT", "\(waba)/number/update",
            json: #"{"id": "{{kaleyra.phone_number_id}}", "about": "Hi"}"#, 200...200, wa200, isChange: true),
        asked(
            "v2/number/add", "Add Phone Number", "POST", "\(waba)/number/add",
            json: #"""
                {"phone_number": "{{kaleyra.number}}", "name": "Conform", "verification_type": "SMS",
                 "country_code": "{{kaleyra.country_code}}"}
                """#, 200...200, wa200, keeps: ["run.number_id": "data.0.id"], isChange: true),
        asked(
            "v2/number/retry_otp", "Retry OTP for Phone Number; keys of the last two not verified", "POST",
            "\(waba)/number/retry_otp",
            json:
                #"{"id": "{{run.number_id}}", "phone_number": "+{{kaleyra.country_code}}{{kaleyra.number}}", "channel": "SMS"}"#,
            200...200, wa200, isChange: true),
        asked(
            "v2/number/verify/wrong", "Verify Phone Number: a wrong OTP; code not verified", "POST",
            "\(waba)/number/verify",
            json:
                #"{"id": "{{run.number_id}}", "phone_number": "+{{kaleyra.country_code}}{{kaleyra.number}}", "otp": "000000"}"#,
            400...499, result("WA400"), isChange: true),
        asked(
            "v2/number/verify/200", "Verify Phone Number", "POST", "\(waba)/number/verify",
            json:
                #"{"id": "{{run.number_id}}", "phone_number": "+{{kaleyra.country_code}}{{kaleyra.number}}", "otp": "{{kaleyra.otp}}"}"#,
            200...200, wa200, isChange: true),
    ]
}

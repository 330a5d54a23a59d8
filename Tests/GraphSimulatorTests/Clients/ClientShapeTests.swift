// SPDX-License-Identifier: Apache-2.0
import GraphSimulator
import NIOHTTP1
import Testing

/// Clients written by others work with only the base address changed: requests in exactly their shapes.
@Suite(.timeLimit(.minutes(1)))
struct ClientShapeTests {
    @Test(arguments: metaPython + metaOthers + openSource + tools)
    func isUnderstood(_ request: RawRequest) async throws {
        try await Sandbox.run { sandbox in
            let cast = try await sandbox.cast(request.needs)
            let answer = try await sandbox.send(request, cast)
            #expect(answer.status == request.status, "\(answer.text)")
            #expect(answer.text.contains(cast.filled(request.expected)), "\(answer.text)")
        }
    }

    static let form = ["Content-Type": "application/x-www-form-urlencoded"]
    static let json = ["Content-Type": "application/json"]
    static let bearer = ["Authorization": "Bearer {token}"]
    static let bearerJSON = ["Authorization": "Bearer {token}", "Content-Type": "application/json"]

    /// facebook-business for Python, facebook_business/api.py and session.py: token and proof in the query of every
    /// call, parameters of a POST as a form whose lists, objects and booleans are JSON.
    static let metaPython = [
        RawRequest(
            client: "facebook-business (Python)", method: .GET,
            target: "/v26.0/{waba}?fields=id%2Cname%2Cowner_business_info&access_token={token}&appsecret_proof={proof}",
            expected: #""owner_business_info":{"name""#),
        RawRequest(
            client: "facebook-business (Python)", method: .GET,
            target: "/v26.0/{partner_business}/client_whatsapp_business_accounts?summary=true&fields=id%2Ccurrency"
                + "&access_token={system}&appsecret_proof={system_proof}",
            expected: #""summary":{"total_count":1}"#),
        RawRequest(
            client: "facebook-business (Python)", method: .POST,
            target: "/v26.0/{waba}/assigned_users?access_token={system}&appsecret_proof={system_proof}", headers: form,
            body: "user={user}&tasks=%5B%22MANAGE%22%2C%22DEVELOP%22%5D", expected: #"{"success":true}"#),
        RawRequest(
            client: "facebook-business (Python)", method: .POST,
            target: "/v26.0/{waba}?access_token={token}&appsecret_proof={proof}", headers: form,
            body: "is_enabled_for_insights=true", expected: #"{"id":{waba}}"#),
        RawRequest(
            client: "facebook-business (Python)", method: .DELETE,
            target: "/v26.0/{waba}/assigned_users?user={user}&access_token={system}&appsecret_proof={system_proof}",
            expected: #"{"success":true}"#, needs: [.assignedUser]),
        RawRequest(
            client: "facebook-business (Python), batch", method: .POST,
            target: "/v26.0/?access_token={system}&appsecret_proof={system_proof}", headers: form,
            body: "batch=%5B%7B%22method%22%3A%22GET%22%2C%22relative_url%22%3A%22{waba}%3Ffields%3Did%2Cname%22%7D%2C"
                + "%7B%22body%22%3A%22user%3D{user}%26tasks%3D%255B%2522MANAGE%2522%255D%22%2C%22method%22%3A%22POST%22%2C"
                + "%22relative_url%22%3A%22{waba}%2Fassigned_users%22%7D%5D",
            expected: #""body":"{\"success\":true}""#),
        RawRequest(
            client: "facebook-business (Python), a wrong app secret", method: .GET,
            target: "/v26.0/{waba}?access_token={token}&appsecret_proof=00",
            expected: "Invalid appsecret_proof provided in the API argument", status: 400),
        RawRequest(
            client: "facebook-business (Python)", method: .POST,
            target: "/v26.0/{phone}/messages?access_token={token}&appsecret_proof={proof}", headers: form,
            body: "messaging_product=whatsapp&to=16505551234&type=text&text=%7B%22body%22%3A%22Hello%22%7D",
            expected: #""messages":[{"id":"wamid."#, needs: [.registered]),
    ]

    /// facebook-nodejs-business-sdk, src/api.js and http.js: token in the query, POST parameters as JSON.
    /// facebook-php-business-sdk, CurlAdapter.php: POST fields as multipart. FB.api of the web SDK: every call a POST or
    /// GET with `method`, statuses suppressed.
    static let metaOthers = [
        RawRequest(
            client: "facebook-nodejs-business-sdk", method: .POST,
            target: "/v26.0/{waba}/assigned_users?access_token={system}", headers: json,
            body: #"{"user":"{user}","tasks":["MANAGE"]}"#, expected: #"{"success":true}"#),
        RawRequest(
            client: "facebook-nodejs-business-sdk", method: .GET,
            target: "/v26.0/{waba}/phone_numbers?fields=id%2Cstatus&access_token={token}", headers: json, body: "{}",
            expected: #"{"data":[{"id":"{phone}","status":"PENDING"}]"#),
        RawRequest(
            client: "facebook-nodejs-business-sdk", method: .GET,
            target: "/v26.0/debug_token?access_token={system}&input_token={system}&fields=app_id",
            expected: #""app_id":"{app}""#),
        RawRequest(
            client: "facebook-php-business-sdk", method: .POST, target: "/v26.0/{waba}/assigned_users",
            headers: ["Content-Type": "multipart/form-data; boundary=------------------------d74496d66958873e"],
            body: "--------------------------d74496d66958873e\r\n"
                + "Content-Disposition: form-data; name=\"access_token\"\r\n\r\n{system}\r\n"
                + "--------------------------d74496d66958873e\r\n"
                + "Content-Disposition: form-data; name=\"user\"\r\n\r\n{user}\r\n"
                + "--------------------------d74496d66958873e\r\n"
                + "Content-Disposition: form-data; name=\"tasks\"\r\n\r\n[\"MANAGE\"]\r\n"
                + "--------------------------d74496d66958873e--\r\n", expected: #"{"success":true}"#),
        RawRequest(
            client: "FB.api (web SDK)", method: .POST, target: "/v26.0/{waba}/assigned_users", headers: form,
            body: "access_token={system}&method=delete&pretty=0&sdk=joey&suppress_http_code=1&user={user}",
            expected: #"{"success":true}"#, needs: [.assignedUser]),
        RawRequest(
            client: "FB.api (web SDK)", method: .GET,
            target: "/v26.0/me?access_token={token}&method=get&pretty=0&sdk=joey&suppress_http_code=1",
            expected: #"{"name":"Gangway System User","id":""#),
        RawRequest(
            client: "FB.api (web SDK), an error with status 200", method: .GET,
            target: "/v26.0/100000000000001?access_token={token}&method=get&suppress_http_code=1",
            expected: #""error_subcode":33"#),
        RawRequest(
            client: "Graph API Explorer", method: .GET,
            target: "/v26.0/{waba}?access_token={token}&debug=all&fields=%5B%22id%22%2C%22name%22%5D&format=json"
                + "&method=get&pretty=0&suppress_http_code=1&transport=cors", expected: #"{"id":"{waba}","name":""#),
    ]
}

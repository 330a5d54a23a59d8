// SPDX-License-Identifier: Apache-2.0
import NIOHTTP1

extension ClientShapeTests {
    /// Popular clients for the Cloud API, as their sources send.
    static let openSource = [
        // pywa, pywa/api.py: httpx with a base address, JSON or query, slashes at the end.
        RawRequest(
            client: "pywa", method: .GET,
            target: "/v26.0/oauth/access_token?grant_type=client_credentials&client_id={app}&client_secret={secret}",
            expected: #""access_token":"{app}|"#),
        RawRequest(
            client: "pywa", method: .POST, target: "/v26.0/{waba}/subscribed_apps", headers: bearer,
            expected: #"{"success":true}"#),
        RawRequest(
            client: "pywa", method: .POST, target: "/v26.0/{phone}/", headers: bearerJSON,
            body: #"{"webhook_configuration":{"override_callback_uri":""}}"#, expected: #"{"success":true}"#),
        RawRequest(
            client: "pywa", method: .POST, target: "/v26.0/{phone}/register", headers: bearerJSON,
            body: #"{"messaging_product":"whatsapp","pin":"123456"}"#, expected: #"{"success":true}"#),
        RawRequest(
            client: "pywa", method: .POST, target: "/v26.0/{phone}/messages", headers: bearerJSON,
            body: #"{"messaging_product":"whatsapp","recipient_type":"individual","to":"16505551234","type":"text","#
                + #""text":{"body":"Hello","preview_url":false}}"#, expected: #""wa_id":"16505551234""#,
            needs: [.registered]),
        RawRequest(
            client: "pywa", method: .GET, target: "/v26.0/{waba}/phone_numbers?fields=id%2Cverified_name%2Cthroughput",
            headers: bearer, expected: #""throughput":{"level""#),
        RawRequest(
            client: "pywa", method: .GET,
            target: "/v26.0/{phone}/whatsapp_business_profile?fields=about%2Caddress%2Cvertical", headers: bearer,
            expected: #""messaging_product":"whatsapp""#),
        // netflie/whatsapp-cloud-api (PHP), Request/*.php through Guzzle: JSON and a bearer.
        RawRequest(
            client: "netflie/whatsapp-cloud-api", method: .POST, target: "/v26.0/{phone}/messages", headers: bearerJSON,
            body: #"{"messaging_product":"whatsapp","status":"read","message_id":"wamid.HBgLMTY1MDU1NTEyMzQ="}"#,
            expected: #"{"success":true}"#, needs: [.registered]),
        RawRequest(
            client: "netflie/whatsapp-cloud-api", method: .POST, target: "/v26.0/{phone}/messages", headers: bearerJSON,
            body:
                #"{"messaging_product":"whatsapp","recipient_type":"individual","to":"16505551234","type":"template","#
                + #""template":{"name":"hello_world","language":{"code":"en_US"},"components":[]}}"#,
            expected: #""message_status":"accepted""#, needs: [.registered, .funded]),
        // chatwoot (Ruby), facebook_api_client.rb: the app's token is its id and secret.
        RawRequest(
            client: "chatwoot", method: .GET,
            target: "/v22.0/debug_token?input_token={token}&access_token={app}%7C{secret}",
            expected: #""target_ids":["{waba}"]"#),
        RawRequest(
            client: "chatwoot", method: .POST, target: "/v22.0/{waba}/subscribed_apps", headers: bearerJSON,
            body: "{}", expected: #"{"success":true}"#),
        // huandu/facebook (Go): forms; other methods by name.
        RawRequest(
            client: "huandu/facebook (Go)", method: .POST, target: "/v26.0/{phone}/verify_code", headers: form,
            body: "access_token={token}&code=000000&method=POST", expected: "136025", status: 400, needs: [.unverified]),
        // axios of a hundred tutorials: an empty object as body.
        RawRequest(
            client: "axios", method: .POST, target: "/v21.0/{waba}/subscribed_apps", headers: bearerJSON, body: "{}",
            expected: #"{"success":true}"#),
    ]

    /// Tools, and ways to write a request that Graph takes too.
    static let tools = [
        RawRequest(
            client: "curl -d of Meta's guides", method: .POST, target: "/v26.0/{phone}/register",
            headers: bearerJSON, body: "{\n  \"messaging_product\": \"whatsapp\",\n  \"pin\": \"212834\"\n}",
            expected: #"{"success":true}"#),
        RawRequest(
            client: "curl -F", method: .POST, target: "/",
            headers: ["Content-Type": "multipart/form-data; boundary=----X"],
            body: "------X\r\nContent-Disposition: form-data; name=\"access_token\"\r\n\r\n{token}\r\n"
                + "------X\r\nContent-Disposition: form-data; name=\"include_headers\"\r\n\r\nfalse\r\n"
                + "------X\r\nContent-Disposition: form-data; name=\"batch\"\r\n\r\n"
                + #"[{"method":"GET","relative_url":"me"},{"method":"GET","relative_url":"v25.0/{phone}?fields=status"}]"#
                + "\r\n------X--\r\n", expected: #"{"code":200,"body":"{\"status\":\"PENDING\",\"id\":\"{phone}\"}"}"#),
        RawRequest(
            client: "PHP http_build_query", method: .POST, target: "/v26.0/{phone}/messages",
            headers: form.merging(bearer) { $1 },
            body: "messaging_product=whatsapp&to=16505551234&type=template&template%5Bname%5D=hello_world"
                + "&template%5Blanguage%5D%5Bcode%5D=en_US", expected: #""message_status":"accepted""#,
            needs: [.registered, .funded]),
        RawRequest(
            client: "a token named OAuth", method: .GET, target: "/v26.0/{waba}",
            headers: ["Authorization": "OAuth {token}"],
            expected: #""id":"{waba}""#),
        RawRequest(
            client: "several ids", method: .GET, target: "/v26.0/?ids={waba},{phone}&fields=id&access_token={token}",
            expected: #"{"{waba}":{"id":"{waba}"},"{phone}":{"id":"{phone}"}}"#),
        RawRequest(
            client: "an edge of several ids", method: .GET,
            target: "/v26.0/phone_numbers?ids={waba}&fields=id&access_token={token}",
            expected: #"{"{waba}":{"data":[{"id":"{phone}"}]"#),
        RawRequest(
            client: "edges as fields", method: .GET,
            target: "/v26.0/{business}?fields=name,owned_whatsapp_business_accounts.limit(1){id}&access_token={system}",
            expected: #""code":200"#, status: 403),
        RawRequest(
            client: "edges as fields", method: .GET,
            target: "/v26.0/{partner_business}?fields=name,client_whatsapp_business_accounts.limit(1)"
                + "{id,phone_numbers{id,status}}&access_token={system}",
            expected: #""phone_numbers":{"data":[{"id":"{phone}","status":"PENDING"}]"#),
        RawRequest(
            client: "me/businesses", method: .GET, target: "/v26.0/me/businesses?access_token={system}",
            expected: #"{"id":"{partner_business}","name":"#),
        RawRequest(
            client: "app", method: .GET, target: "/v26.0/app?access_token={system}", expected: #""id":"{app}""#),
        RawRequest(
            client: "no version", method: .GET, target: "/{waba}?access_token={token}", expected: #""id":"{waba}""#),
    ]
}

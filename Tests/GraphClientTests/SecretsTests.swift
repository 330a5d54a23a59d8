// SPDX-License-Identifier: Apache-2.0
import Domain
import Logging
import Testing

@testable import GraphClient

@Suite struct SecretsTests {
    private static let planted = [
        "EAAJplantedBusinessToken", "EAAJplantedSystemToken", "planted-app-secret", "planted-signup-code", "483920",
        "planted-verify-token", "716253",
    ]
    private static let business = BusinessToken("EAAJplantedBusinessToken")
    private static let system = SystemToken("EAAJplantedSystemToken")

    private static let requests: [any GraphRequest] = [
        ExchangeCode(code: SignupCode("planted-signup-code")), FetchAppToken(),
        ExtendToken(token: business), RevokeToken(revoked: business, token: system),
        DebugToken(inspected: business), FetchBusinessToken(businessID: Sample.customerBusiness, token: system),
        RegisterPhoneNumber(Sample.phone, pin: RegistrationPIN("483920"), token: business),
        SetPIN(Sample.phone, pin: RegistrationPIN("483920"), token: business),
        VerifyCode(Sample.phone, code: OtherSecret("716253"), token: business),
        OverrideCallback(
            Sample.waba, callbackURI: "https://a.example", verifyToken: OtherSecret("planted-verify-token"),
            token: business),
        SubscribeAppWebhooks(
            Sample.appID, callbackURL: "https://a.example", verifyToken: OtherSecret("planted-verify-token"),
            fields: ["messages"]),
    ]

    private func send(_ request: some GraphRequest, _ client: GraphClient) async -> GraphError? {
        await graphError { try await client.send(request) }
    }

    /// Meta echoing the whole request, in message, details and trace id, as URL, header and JSON.
    @Test(arguments: requests.indices)
    func `no error shows what was sent`(index: Int) async throws {
        let echo = Self.planted.map { "Bearer \($0) x=\($0)&access_token=\($0) \\\"pin\\\":\\\"\($0)\\\"" }
            .joined(separator: " ")
        let body =
            #"{"error":{"message":"\#(echo)","code":100,"error_data":{"details":"\#(echo)"},"fbtrace_id":"\#(echo)"}}"#
        let transport = ScriptedTransport([.success(.json(body, status: 400))])
        let configuration = GraphConfiguration(
            baseURL: "http://127.0.0.1:9", appID: Sample.appID, appSecret: AppSecret("planted-app-secret"))
        let client = GraphClient(
            configuration: configuration, transport: transport, clock: StillClock(), logger: .init(label: "test"))
        let request = Self.requests[index]
        let error = try #require(await send(request, client))
        let call = try #require(transport.calls.first)
        let shown = "\(error) \(String(reflecting: error)) \(error.message) \(error.details ?? "") \(request)"
        for secret in call.secrets { #expect(!shown.contains(secret)) }
        for secret in Self.planted where call.secrets.contains(secret) || secret.hasPrefix("EAA") {
            #expect(!shown.contains(secret))
        }
        #expect(!call.secrets.isEmpty)
    }

    @Test(arguments: [
        ("see ?access_token=abc123&x=1", "see ?access_token=***&x=1"),
        (#"{"client_secret":"abc","x":1}"#, #"{"client_secret":"***","x":1}"#),
        ("code=AbC-12 was refused", "code=*** was refused"),
        (#""code":"abc","code": 190"#, #""code":"***","code": 190"#),
        ("(code: 190)", "(code: 190)"),
        ("pin: 123456.", "pin: ***"),
        ("Error validating token EAAJabcdef123", "Error validating token ***"),
        ("634974688087057|abcDEF", "***"),
        ("AQBhlXsctMxJYbwbrpybxlo9tLPGy used", "*** used"),
        ("A plain text about 102290129340398 and EAA.", "A plain text about 102290129340398 and EAA."),
        ("appsecret_proof=00ff, input_token = 'abc'", "appsecret_proof=***, input_token = '***'"),
    ])
    func `texts lose what looks like a secret`(text: String, expected: String) {
        #expect(GraphRedaction.redact(text) == expected)
    }

    @Test func `given secrets are found plain and percent-encoded, and long texts are cut`() {
        #expect(GraphRedaction.redact("a s3c/ret s3c%2Fret", secrets: ["s3c/ret"]) == "a *** ***")
        #expect(GraphRedaction.redact(String(repeating: "z", count: 50_000)).count == 1_000)
    }

    /// Source: signature-vectors.json.
    @Test func `the proof is Meta's`() throws {
        let vectors = try #require(try Example.object("signature-vectors")["appsecret_proof"] as? [[String: String]])
        #expect(!vectors.isEmpty)
        for vector in vectors {
            let secret = AppSecret(try #require(vector["app_secret"]))
            let proof = AppSecretProof.make(token: try #require(vector["access_token"]), appSecret: secret)
            #expect(proof == vector["appsecret_proof"])
        }
    }
}

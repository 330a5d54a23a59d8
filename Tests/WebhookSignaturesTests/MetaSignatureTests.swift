// SPDX-License-Identifier: Apache-2.0
import Testing
import WebhookSignatures

@Suite struct MetaSignatureTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        var name: String
        var secret: String
        var body: String
        var header: String

        var testDescription: String { name }
    }

    /// Source: Meta's construction, computed apart; the last is GitHub's published vector of the same construction.
    static let vectors = [
        Vector(
            name: "compact", secret: "test_app_secret", body: #"{"object":"whatsapp_business_account","entry":[]}"#,
            header: "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"),
        Vector(
            name: "same JSON, other bytes", secret: "test_app_secret",
            body: #"{"object": "whatsapp_business_account", "entry": []}"#,
            header: "sha256=56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a"),
        Vector(
            name: "other secret", secret: "other_secret", body: #"{"object":"whatsapp_business_account","entry":[]}"#,
            header: "sha256=d1c00e8628268680b540b7a4595639eb2186173ad5ea7f2c7f72c24ccd1333cc"),
        Vector(
            name: "escaped non-ASCII and slash", secret: "test_app_secret",
            body: #"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":"#
                + #"[{"field":"messages","value":{"t":"caf\u00e9 \/"}}]}]}"#,
            header: "sha256=c0a35aac5f55ffa7943a4c746796b94040652a349fe595b2c5a04ae38370a22d"),
        Vector(
            name: "empty body", secret: "test_app_secret", body: "",
            header: "sha256=517bc4c7d1d8d400868e0ad6f64b77098b818a2f2595004253a1922302a602c0"),
        Vector(
            name: "GitHub", secret: "It's a Secret to Everybody", body: "Hello, World!",
            header: "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"),
    ]

    @Test("signs and verifies as the vectors say", arguments: vectors)
    func vector(_ vector: Vector) {
        #expect(MetaSignature.header(body: vector.body.utf8, secret: vector.secret) == vector.header)
        #expect(MetaSignature.isValid(header: vector.header, body: vector.body.utf8, secrets: [vector.secret]))
    }

    @Test func `a raw buffer verifies as it lies`() {
        let vector = Self.vectors[0]
        let isValid = Array(vector.body.utf8).withUnsafeBytes { raw in
            MetaSignatureVerifier(secrets: [vector.secret]).isValid(header: vector.header, body: raw)
                && MetaSignature.isValid(
                    header: MetaSignature.header(body: raw, secret: "s"), body: raw, secrets: ["s"])
        }
        #expect(isValid)
    }

    @Test func `either secret verifies during rotation, and an empty one never`() {
        let vector = Self.vectors[0]
        let verifier = MetaSignatureVerifier(secrets: ["new_secret", vector.secret])
        #expect(verifier.isValid(header: vector.header, body: vector.body.utf8))
        let unsigned = MetaSignature.header(body: vector.body.utf8, secret: "")
        #expect(!MetaSignature.isValid(header: unsigned, body: vector.body.utf8, secrets: [""]))
        #expect(!MetaSignature.isValid(header: vector.header, body: vector.body.utf8, secrets: []))
    }

    @Test func `a changed body or secret is refused`() {
        let vector = Self.vectors[0]
        for body in [vector.body + " ", "", Self.vectors[1].body] {
            #expect(!MetaSignature.isValid(header: vector.header, body: body.utf8, secrets: [vector.secret]))
        }
        #expect(!MetaSignature.isValid(header: vector.header, body: vector.body.utf8, secrets: ["other_secret"]))
    }

    @Test(
        "headers of any other form are refused",
        arguments: [
            "", "sha256=", "dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756",
            "sha1=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756",
            "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c63375",
            "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c6337560",
            "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c63375g",
            "sha256=eec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756",
            "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633757",
            "sha256=DEC6A680679A968E7E0319355B23599CBFC54502C0784668E9618BAA0C633756",
            " sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756",
        ])
    func brokenHeader(_ header: String) {
        let vector = Self.vectors[0]
        #expect(!MetaSignature.isValid(header: header, body: vector.body.utf8, secrets: [vector.secret]))
    }
}

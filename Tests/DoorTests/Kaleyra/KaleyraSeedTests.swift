// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// The vendor's own sample request and answers, with host, credentials and the crossed-out digits replaced.
/// Source: Kaleyra, "WhatsApp Registration", "Sample Request", "Failure Response".
@Suite(.timeLimit(.minutes(5))) struct KaleyraSeedTests {
    /// As printed: no JSON, and no file either.
    static let printed = #"""
        {
        "display_name":<xyz>,
        "wa_number":"+13236xxxxx7",
        "business_id": "12XXX67891",
        "business_name="Kaleyra",
        "business_certificate=@"<file_path>",
        }
        """#

    /// What is wrong with the printed body, and how it is mended.
    static let slips: [(wrong: String, mended: String)] = [
        // A placeholder without quotation marks.
        (#""display_name":<xyz>"#, #""display_name":"xyz""#),
        // Crossed-out digits.
        ("+13236xxxxx7", "+13236001237"), ("12XXX67891", "1234567891"),
        // `=` within the quotation marks, where `": ` belongs.
        (#""business_name="Kaleyra""#, #""business_name":"Kaleyra""#),
        // The same, and curl's notation for a file, which only works in a form.
        (#""business_certificate=@"<file_path>","#, #""business_certificate":"{file}""#),
    ]

    @Test func `the printed body is no JSON, and is told so without anything stored`() async throws {
        #expect(throws: (any Error).self) { try JSONSerialization.jsonObject(with: Data(Self.printed.utf8)) }
        try await KaleyraScene.run { scene in
            let before = try await scene.stored()
            let answer = try await scene.json(.post, scene.activationPath, Self.printed)
            #expect(answer.status == 400)
            #expect(
                answer.body
                    == canonical(
                        KaleyraText.invalid("body", "The body must be valid JSON or multipart/form-data.")))
            #expect(try await scene.stored() == before)
        }
    }

    @Test func `the mended body is taken, with the file as base64`() async throws {
        var body = Self.printed
        for slip in Self.slips {
            #expect(body.contains(slip.wrong), "the slip is printed: \(slip.wrong)")
            body = body.replacing(slip.wrong, with: slip.mended)
        }
        let mended = body.replacing("{file}", with: Data(KaleyraForm.jpeg).base64EncodedString())
        try await KaleyraScene.run { scene in
            let answer = try await scene.json(.post, scene.activationPath, mended)
            #expect(answer.status == 200, "\(answer.text)")
            let expected = KaleyraText.success().replacing("{sid}", with: scene.sid)
                .replacing(#""kaleyra""#, with: #""Kaleyra""#)
            #expect(Shape.matches(expected, answer.text), "\(answer.text)")
        }
    }

    /// The notation that the sample means, in the only form in which it works: `curl --form`.
    @Test func `the sample as a form is taken`() async throws {
        try await KaleyraScene.run { scene in
            var form = KaleyraForm()
            form.set("business_name", "Kaleyra")
            let answer = try await scene.submit(form)
            #expect(answer.status == 200)
        }
    }

    @Test(arguments: ["@/home/me/certificate.png", "@\"<file_path>\"", "data:image/png;base64,???", "data:image/png,x"])
    func `a certificate that is only named is no file`(text: String) async throws {
        try await KaleyraScene.run { scene in
            let before = try await scene.stored()
            let certificate = text.replacing("\"", with: "\\\"")
            let answer = try await scene.json(
                .post, scene.activationPath,
                #"""
                {"display_name": "xyz", "wa_number": "+13236001237", "business_id": 1234567891,
                 "business_name": "kaleyra", "business_certificate": "\#(certificate)"}
                """#)
            #expect(answer.body == canonical(KaleyraText.otherType))
            #expect(try await scene.stored() == before)
        }
    }
}

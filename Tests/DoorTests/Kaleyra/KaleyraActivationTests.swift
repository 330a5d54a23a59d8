// SPDX-License-Identifier: Apache-2.0
import Domain
import Foundation
import HTTPTypes
import Services
import Store
import TestSupport
import Testing

/// Source: Kaleyra, "WhatsApp Registration".
@Suite(.timeLimit(.minutes(5))) struct KaleyraActivationTests {
    @Test func `a request is stored with its certificate and waits for the operator`() async throws {
        try await KaleyraScene.run { scene in
            #expect(try await scene.submit().status == 200)
            let request = try await only(scene)
            #expect(request.state == .submitted)
            #expect(request.request.businessID == BusinessID("1234567891"))
            #expect(request.certificate.type == .png && request.certificate.size == KaleyraForm.png.count)
            let (_, bytes) = try await scene.world.services.activations.certificate(of: request.id, by: .system)
            #expect(bytes == KaleyraForm.png)
            #expect(try await scene.certificates() == [request.certificate.name + "/0"])
        }
    }

    // MARK: Refused, and nothing half-stored

    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let form: KaleyraForm
        let words: String

        init(_ name: String, _ words: String, certificate: [UInt8] = KaleyraForm.png) {
            testDescription = name
            self.words = words
            var form = KaleyraForm()
            form.certificate = certificate
            self.form = form
        }

        init(_ field: String, _ value: String, words: String) {
            testDescription = "\(field): \(value.debugDescription)"
            self.words = KaleyraText.invalid(field, words)
            var form = KaleyraForm()
            form.set(field, value)
            self.form = form
        }
    }

    private static let tooLarge = KaleyraText.invalid(
        "business_certificate", "The business_certificate may not be greater than 10240 kilobytes.")

    static let refusals: [Refusal] = [
        Refusal("a renamed executable", KaleyraText.otherType, certificate: KaleyraForm.executables[0]),
        Refusal("a name and no content", KaleyraText.missingCertificate, certificate: []),
        Refusal("a path for a file", KaleyraText.otherType, certificate: Array("@/path/to/file.png".utf8)),
        Refusal("10 MiB and one byte", tooLarge, certificate: KaleyraForm.pdf(ofSize: (10 << 20) + 1)),
        Refusal("far more than 10 MiB", tooLarge, certificate: KaleyraForm.pdf(ofSize: 11 << 20)),
        Refusal("wa_number", "13236001237", words: "The wa_number format is invalid."),
        Refusal("business_id", "12a", words: "The business_id must be an integer."),
        Refusal("display_name", "a\u{0}b", words: "The display_name format is invalid."),
    ]

    @Test(arguments: refusals)
    func `what is refused leaves no row and no certificate`(refusal: Refusal) async throws {
        try await KaleyraScene.run { scene in
            let before = try await scene.stored()
            let answer = try await scene.submit(refusal.form)
            #expect(answer.status == 400)
            #expect(answer.body == canonical(refusal.words))
            #expect(try await scene.stored() == before)
        }
    }

    @Test func `ten MiB are taken`() async throws {
        let size = 10 << 20
        let largest = Refusal("ten MiB", "", certificate: KaleyraForm.pdf(ofSize: size)).form
        try await KaleyraScene.run { scene in
            let answer = try await scene.submit(largest)
            #expect(answer.status == 200)
            let request = try await only(scene)
            #expect(request.certificate.size == size)
            #expect(try await scene.certificates().count == 40)
            let (_, bytes) = try await scene.world.services.activations.certificate(of: request.id, by: .system)
            #expect(bytes == KaleyraForm.pdf(ofSize: size))
        }
    }

    @Test func `a body that ends before its boundary leaves nothing`() async throws {
        try await KaleyraScene.run { scene in
            let before = try await scene.stored()
            let form = KaleyraForm()
            for cut in [10, form.bytes.count / 2, form.bytes.count - 8] {
                let answer = try await scene.call(
                    .post, scene.activationPath, key: scene.key, type: form.contentType, Array(form.bytes.prefix(cut)))
                #expect(answer.body == canonical(KaleyraText.missingCertificate), "\(cut)")
                #expect(try await scene.stored() == before, "\(cut)")
            }
        }
    }

    @Test func `an upload that breaks off leaves nothing`() async throws {
        try await KaleyraScene.run { scene in
            let caller = KaleyraCaller(baseURL: scene.baseURL, sid: scene.sid, key: scene.key)
            var form = KaleyraForm()
            form.certificate = KaleyraForm.pdf(ofSize: 2 << 20)
            await caller.breakOff(form, after: 1 << 20)
            #expect(try await caller.submit(form).status == 200)
            let name = try await only(scene).certificate.name
            // Whenever the server notices.
            try await scene.world.activity.until {
                try await scene.certificates().allSatisfy { $0.hasPrefix(name) }
            }
            #expect(try await scene.certificates().count == 8)
        }
    }

    @Test func `a second request is refused and its certificate is gone`() async throws {
        try await KaleyraScene.run { scene in
            #expect(try await scene.submit().status == 200)
            let before = try await scene.stored()
            var form = KaleyraForm()
            form.certificate = KaleyraForm.pdf
            #expect(try await scene.submit(form).body == canonical(KaleyraText.twice))
            #expect(try await scene.stored() == before)
        }
    }

    /// The unique index decides, whatever the requests read before.
    @Test func `of many requests at once one is stored`() async throws {
        try await KaleyraScene.run { scene in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await scene.submit().status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [200] + Array(repeating: 400, count: 7))
            let name = try await only(scene).certificate.name
            #expect(try await scene.certificates() == [name + "/0"])
        }
    }

    @Test func `an account on trial is told to complete the KYC`() async throws {
        try await KaleyraScene.run { scene in
            let sid = scene.account.account.sid
            _ = try await scene.world.services.activationAccounts.setVerified(false, sid, by: .system)
            let before = try await scene.stored()
            let answer = try await scene.submit()
            #expect(answer.status == 400)
            #expect(
                answer.body
                    == canonical(
                        #"""
                        {"code": "E939", "message": "Failed to submit request for Whatsapp account activation.",
                         "data": [], "error": {"code": "WA401", "data": [],
                         "message": "You must complete the KYC to access all the features in Kaleyra.io."}}
                        """#))
            #expect(try await scene.stored() == before)
            _ = try await scene.world.services.activationAccounts.setVerified(true, sid, by: .system)
            #expect(try await scene.submit().status == 200)
        }
    }

    // MARK: Deciding

    @Test func `a rejected request may be submitted again`() async throws {
        try await KaleyraScene.run { scene in
            #expect(try await scene.submit().status == 200)
            let first = try await only(scene)
            _ = try await scene.world.services.activations.reject(first.id, reason: "It cannot be read.", by: .system)
            #expect(try await status(scene) == 4)
            #expect(try await scene.submit().status == 200)
            #expect(try await status(scene) == 2)
            await #expect(throws: ServiceError.activationDecided(.rejected)) {
                _ = try await scene.world.services.activations.approve(first.id, by: .system)
            }
        }
    }

    @Test func `an approval begins an onboarding whose state the status follows`() async throws {
        try await KaleyraScene.run { scene in
            var form = KaleyraForm()
            form.set("incoming_url", "https://hooks.example.com/in")
            #expect(try await scene.submit(form).status == 200)
            let services = scene.world.services
            let approved = try await services.activations.approve(try await only(scene).id, by: .system)
            let run = try #require(approved.onboarding)
            #expect(run.plan == .activation && run.steps.first?.kind == .awaitApproval)
            #expect(run.businessID == BusinessID("1234567891") && run.phoneNumber == KaleyraScene.digits)
            #expect(try await status(scene) == 3)
            #expect(try await scene.submit().body == canonical(KaleyraText.twice))
            let endpoints = try await services.endpoints.list(PageRequest(), for: scene.world.acmePrincipal)
            #expect(endpoints.items.map(\.phoneNumber) == [KaleyraScene.digits])
            _ = try await services.onboardings.cancel(run.id, by: .system)
            #expect(try await status(scene) == 6)
            #expect(try await scene.submit().status == 200)
        }
    }

    @Test func `a business of another partner is not approved, and nothing is begun`() async throws {
        try await KaleyraScene.run { scene in
            let services = scene.world.services
            try await services.partners.approve(
                BusinessID("1234567891"), for: scene.world.globex.partner, by: .system)
            #expect(try await scene.submit().status == 200)
            let request = try await only(scene)
            await #expect(throws: ServiceError.businessOfAnotherPartner) {
                _ = try await services.activations.approve(request.id, by: .system)
            }
            #expect(try await only(scene).state == .submitted)
            #expect(try await services.onboardings.list(PageRequest(), for: .system).items.isEmpty)
        }
    }

    @Test func `what a crash left between certificate and row is swept`() async throws {
        try await KaleyraScene.run { scene in
            #expect(try await scene.submit().status == 200)
            let name = try await only(scene).certificate.name
            // Two uploads that nobody ended.
            for _ in 0..<2 {
                let orphan = scene.world.services.activations.receiveCertificate()
                try await orphan.append(KaleyraForm.pdf(ofSize: 300 << 10))
            }
            let activations = scene.world.services.activations
            try await activations.sweepCertificates(olderThan: .seconds(3600))
            #expect(try await scene.certificates().count == 3)
            try await activations.sweepCertificates(olderThan: .zero)
            #expect(try await scene.certificates() == [name + "/0"])
        }
    }

    private func only(_ scene: KaleyraScene) async throws -> Activation {
        let list = try await scene.world.services.activations.list(PageRequest(), for: .system)
        #expect(list.items.count == 1)
        return try #require(list.items.first).activation
    }

    private func status(_ scene: KaleyraScene) async throws -> Int? {
        let answer = try await scene.call(.get, scene.activationPath, key: scene.key)
        let body = try JSONSerialization.jsonObject(with: Data(answer.text.utf8)) as? [String: Any]
        let data = (body?["data"] as? [[String: Any]])?.first
        return (data?["business_details"] as? [String: Any])?["status"] as? Int
    }
}

extension Principal {
    static let system = Principal(role: .operator, partnerID: nil, actor: "test")
}

extension DoorWorld {
    var acmePrincipal: Principal { Principal(role: .partner, partnerID: acme.partner, actor: "test") }
}

// SPDX-License-Identifier: Apache-2.0
import Domain
import OpenAPI

extension NativeAPI {
    static var activationOperations: [Operation] {
        var certificate = Operation.native(
            .get, "activations/{id}/certificate", .operator, "Activations", "Download the certificate as it came",
            answer: (200, nil))
        let file = Schema.string.with("contentEncoding", "binary")
        certificate.answers[0].answer = Operation.Answer(
            "The file.", ["application/pdf": file, "image/png": file, "image/jpeg": file])
        return [
            .page(
                "activations", .both, "Activations", "List activation requests", of: "Activation",
                filters: [.query("state", .words(of: ActivationState.self)), .query("sid", .string)]),
            .native(
                .get, "activations/{id}", .both, "Activations", "Show an activation request",
                answer: (200, .ref("Activation"))),
            .native(
                .post, "activations/{id}/approve", .operator, "Activations", "Approve an activation request",
                body: .nothing, isBodyOptional: true, answer: (200, .ref("Activation")), refusals: [409]),
            .native(
                .post, "activations/{id}/reject", .operator, "Activations", "Reject an activation request",
                body: .body(["reason": .text(1...1000)]), answer: (200, .ref("Activation")), refusals: [409]),
            certificate,
        ] + accountOperations
    }

    private static var accountOperations: [Operation] {
        let account: Schema = .ref("KaleyraAccount")
        let tag = "Kaleyra accounts"
        return [
            .native(
                .post, "partners/{id}/kaleyra_accounts", .operator, tag, "Create a Kaleyra account",
                note: "The answer shows its key, once.",
                body: .body(["customer_id?": .uuid.orNull, "trial?": .boolean.orNull]), isBodyOptional: true,
                answer: (201, .ref("CreatedKaleyraAccount"))),
            .native(.get, "kaleyra_accounts", .both, tag, "List Kaleyra accounts", answer: (200, .listed(account))),
            .native(
                .post, "kaleyra_accounts/{id}/activate", .operator, tag, "End an account's trial", body: .nothing,
                isBodyOptional: true, answer: (200, account)),
            .native(
                .post, "kaleyra_accounts/{id}/trial", .operator, tag, "Put an account on trial", body: .nothing,
                isBodyOptional: true, answer: (200, account)),
            .native(
                .post, "kaleyra_accounts/{id}/keys", .operator, tag, "Give an account another key", body: .nothing,
                isBodyOptional: true, answer: (201, .ref("CreatedKaleyraAccount"))),
        ]
    }

    static var activationSchemas: [String: Schema] {
        let account: Schema = .object([
            "sid": .string, "partner_id": .string, "customer_id": .uuid.orNull, "trial": .boolean,
            "created_at": .time,
        ])
        return [
            "Activation": .object([
                "id": .string, "number": .integer, "sid": .string, "partner_id": .string, "display_name": .string,
                "phone_number": .string, "business_id": .string, "business_name": .string,
                "incoming_url": .string.orNull,
                "certificate": .object(["type": .string, "size": .integer, "sha256": .string]),
                "state": .words(of: ActivationState.self), "reason": .string.orNull, "decided_by": .string.orNull,
                "decided_at": .time.orNull, "onboarding_id": .string.orNull,
                "onboarding_state": .words(of: OnboardingState.self).orNull, "customer_id": .uuid.orNull,
                "waba_id": .string.orNull, "created_at": .time, "updated_at": .time,
            ]),
            "KaleyraAccount": account, "CreatedKaleyraAccount": account.adding(["api_key": .string]),
        ]
    }
}

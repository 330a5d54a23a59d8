// SPDX-License-Identifier: Apache-2.0
import Domain
import OpenAPI

extension NativeAPI {
    static var projectOperations: [Operation] {
        let tag = "Projects"
        return [
            .native(
                .post, "partners/{id}/projects", .operator, tag, "Create a project for Sinch's dialect",
                body: .body(["name": .text(1...200), "customer_id?": .uuid.orNull]), answer: (201, .ref("Project"))),
            .page("partners/{id}/projects", .operator, tag, "List a partner's projects", of: "Project"),
            .native(
                .delete, "partners/{id}/projects/{project_id}", .operator, tag, "Remove a project",
                answer: (204, nil)),
            .native(
                .post, "partners/{id}/access_keys", .operator, tag, "Mint an access key",
                note: "For one project or all of the partner's. The answer shows the secret, once.",
                body: .body(["project_id?": .string.orNull]), isBodyOptional: true,
                answer: (201, .ref("MintedAccessKey"))),
            .native(
                .get, "partners/{id}/access_keys", .operator, tag, "List access keys",
                answer: (200, .listed(.ref("AccessKey")))),
            .native(
                .delete, "partners/{id}/access_keys/{key_id}", .operator, tag, "Revoke an access key",
                answer: (204, nil)),
            .native(
                .put, "partners/{id}/long_lived_tokens", .operator, tag, "Allow long-lived tokens", answer: (204, nil)),
            .native(
                .delete, "partners/{id}/long_lived_tokens", .operator, tag, "Forbid long-lived tokens",
                answer: (204, nil)),
            .native(
                .post, "access_token_key/rotate", .operator, tag, "Sign access tokens with a new key",
                note: "Tokens that are out stay good until they are over.", answer: (204, nil)),
        ]
    }

    static var projectSchemas: [String: Schema] {
        let key: Schema = .object([
            "id": .string, "partner_id": .string, "project_id": .string.orNull, "created_at": .time,
            "revoked_at": .time.orNull,
        ])
        return [
            "Project": .object([
                "id": .string, "partner_id": .string, "customer_id": .uuid.orNull, "name": .string,
                "solution_id": .string.orNull, "created_at": .time, "removed_at": .time.orNull,
            ]),
            "AccessKey": key, "MintedAccessKey": key.adding(["secret": .string]),
        ]
    }
}

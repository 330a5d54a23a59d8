// SPDX-License-Identifier: Apache-2.0
import NIOHTTP1

/// Projects and access keys of Sinch's dialect: only an operator's key may ask.
extension GangwayClient {
    package func createProject(
        _ name: String, of partner: String, customer: String?
    ) async throws(ClientError) -> ProjectView {
        try await send(.POST, "partners/\(partner)/projects", NewProject(name: name, customerID: customer))
    }

    /// The answer shows the secret, this once.
    package func mintAccessKey(of partner: String, project: String?) async throws(ClientError) -> AccessKeyView {
        try await send(.POST, "partners/\(partner)/access_keys", NewAccessKey(projectID: project))
    }

    package func revokeAccessKey(_ key: String, of partner: String) async throws(ClientError) {
        try await delete("partners/\(partner)/access_keys/\(key)")
    }

    package func setLongLivedTokens(isAllowed: Bool, for partner: String) async throws(ClientError) {
        let path = "partners/\(partner)/long_lived_tokens"
        if isAllowed { try await put(path) } else { try await delete(path) }
    }
}

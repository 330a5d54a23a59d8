// SPDX-License-Identifier: Apache-2.0
import Domain

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A request turned into bytes, and the secrets that none of its errors may show.
struct PreparedCall: Sendable {
    let method: GraphMethod
    let url: String
    let authorization: String?
    let contentType: String?
    let body: [UInt8]?
    let secrets: [String]

    /// Throws when the path is not made of plain ids and edge names: an id from outside must not choose another edge.
    init(_ request: some GraphRequest, configuration: GraphConfiguration) throws(GraphError) {
        let operation = type(of: request).operation
        guard Self.isPlain(request.path) else {
            throw GraphError(
                class: .permanent, reach: .notSent, operation: operation, message: "An id in the path is malformed.")
        }
        let access = Access(request, configuration: configuration)
        var query = access.query + request.query
        var secrets = access.secrets + request.secrets
        secrets += (request.query + access.query).filter { GraphRedaction.sensitiveNames.contains($0.0) }.map(\.1)

        switch request.body {
        case .none:
            body = nil
            contentType = nil
            query += access.proof
        case .json(let value):
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            guard let data = try? encoder.encode(value) else {
                throw GraphError(
                    class: .permanent, reach: .notSent, operation: operation, message: "The body cannot be encoded.")
            }
            body = Array(data)
            contentType = "application/json"
            query += access.proof
        case .raw(let bytes, let type):
            body = bytes
            contentType = type
            query += access.proof
        case .form(let pairs):
            body = Array(PercentEncoding.encode(access.proof + pairs).utf8)
            contentType = "application/x-www-form-urlencoded"
            secrets += pairs.filter { GraphRedaction.sensitiveNames.contains($0.0) }.map(\.1)
        }
        method = request.method
        authorization = access.authorization
        self.secrets = secrets
        let base = "\(configuration.baseURL)/\(configuration.version)/\(request.path)"
        url = query.isEmpty ? base : "\(base)?\(PercentEncoding.encode(query))"
    }

    private static func isPlain(_ path: String) -> Bool {
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { $0 != UInt8(ascii: ".") && PercentEncoding.isUnreserved($0) }
        }
    }
}

/// What a credential adds to a call.
private struct Access {
    var authorization: String?
    var query: [(String, String)] = []
    var proof: [(String, String)] = []
    var secrets: [String]

    init(_ request: some GraphRequest, configuration: GraphConfiguration) {
        let appSecret = configuration.appSecret.secret
        secrets = [appSecret]
        switch request.credential {
        case .none: break
        case .bearer(let token):
            authorization = "Bearer \(token.secret)"
            secrets.append(token.secret)
            guard Self.carriesProof(request.proof, configuration) else { break }
            let value = AppSecretProof.make(token: token.secret, appSecret: configuration.appSecret)
            proof = [("appsecret_proof", value)]
            secrets.append(value)
        case .appToken:
            authorization = "Bearer \(configuration.appID)|\(appSecret)"
        case .clientSecret:
            query = [("client_id", configuration.appID.rawValue), ("client_secret", appSecret)]
        }
    }

    private static func carriesProof(_ proof: GraphProof, _ configuration: GraphConfiguration) -> Bool {
        switch proof {
        case .asConfigured: configuration.sendsAppSecretProof
        case .always: true
        case .never: false
        }
    }
}

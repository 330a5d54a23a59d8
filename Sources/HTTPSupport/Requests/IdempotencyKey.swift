// SPDX-License-Identifier: Apache-2.0
import Crypto
package import Domain
import HTTPTypes
package import Hummingbird
package import NIOCore
package import Services

/// The `Idempotency-Key` of a request. Source: draft-ietf-httpapi-idempotency-key-header; bare keys are taken too.
package enum IdempotencyKey {
    /// Nil when none was sent; throws `invalidIdempotencyKey` unless it has 1 to 255 visible ASCII characters.
    package static func find(in request: Request) throws(RequestFault) -> String? {
        guard let name = HTTPField.Name("idempotency-key"), let value = request.headers[name] else { return nil }
        return try HeaderValues.idempotencyKey(value)
    }

    /// What a service needs to answer this request once; nil when no key was sent. `answer` is pure: it runs in the
    /// transaction of the effect.
    package static func once<Result: Sendable>(
        _ request: Request, body: ByteBuffer, context: GangwayContext,
        answer: @escaping @Sendable (Result) throws -> StoredAnswer
    ) throws -> Once<Result>? {
        guard let key = try find(in: request) else { return nil }
        let caller = try context.requireCaller()
        let scope = digest([
            caller.services.world, caller.principal.partnerID?.rawValue ?? "", caller.principal.actor,
            request.method.rawValue, context.endpointPath ?? request.uri.path, key,
        ])
        let query = (request.uri.query ?? "").split(separator: "&").sorted().joined(separator: "&")
        let fingerprint = digest([request.method.rawValue, request.uri.path, query], body.readableBytesView)
        return Once(scope: scope, fingerprint: fingerprint, answer: answer)
    }

    /// Each part ends in a zero byte, so that no two lists of parts read alike.
    private static func digest(_ parts: [String], _ tail: ByteBufferView? = nil) -> [UInt8] {
        var hash = SHA256()
        for part in parts { hash.update(data: Array(part.utf8) + [0]) }
        if let tail { hash.update(data: Array(tail)) }
        return Array(hash.finalize())
    }
}

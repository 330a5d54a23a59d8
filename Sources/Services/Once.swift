// SPDX-License-Identifier: Apache-2.0
package import Domain
import Store

/// An idempotency key as a door passes it on. The answer is kept in the transaction of the effect.
package struct Once<Result: Sendable>: Sendable {
    /// Digest of partner, key's principal, method, route and key.
    package let scope: [UInt8]
    /// Digest of method, path, query and body.
    package let fingerprint: [UInt8]
    /// The answer to keep; pure, since it runs inside the transaction.
    package let answer: @Sendable (Result) throws -> StoredAnswer

    package init(
        scope: [UInt8], fingerprint: [UInt8], answer: @escaping @Sendable (Result) throws -> StoredAnswer
    ) {
        self.scope = scope
        self.fingerprint = fingerprint
        self.answer = answer
    }
}

/// What became of a request that may have been made before.
package enum Outcome<Result: Sendable>: Sendable {
    case fresh(Result)
    case replayed(StoredAnswer)

    /// The result of a request that came without a key: those are never replayed.
    func fresh() throws -> Result {
        guard case .fresh(let result) = self else { throw ServiceError.idempotencyMismatch }
        return result
    }
}

extension Once {
    /// How long an answer is kept.
    static var retention: Duration { .hours(72) }

    /// Runs `effect` unless this very request was answered before.
    static func perform(
        _ once: Once?, in tx: StoreTransaction, _ effect: (StoreTransaction) throws -> Result
    ) throws -> Outcome<Result> {
        guard let once else { return .fresh(try effect(tx)) }
        switch try tx.idempotency.look(scope: once.scope, fingerprint: once.fingerprint) {
        case .mismatch: throw ServiceError.idempotencyMismatch
        case .replay(let answer): return .replayed(answer)
        case .fresh:
            let result = try effect(tx)
            try tx.idempotency.keep(
                try once.answer(result), scope: once.scope, fingerprint: once.fingerprint, for: retention)
            return .fresh(result)
        }
    }
}

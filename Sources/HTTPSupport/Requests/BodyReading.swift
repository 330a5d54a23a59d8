// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
package import Hummingbird
package import NIOCore

extension Request {
    /// The raw body. Throws `bodyTooLarge` as soon as more than `limit` bytes are announced or came, `bodyTooSlow` when it is
    /// not complete within `deadline`: an idle timer alone never cuts a client that drips.
    package func readBody(
        upTo limit: Int, within deadline: Duration = .seconds(30)
    ) async throws -> ByteBuffer {
        if let announced = headers[.contentLength].flatMap({ Int($0) }), announced > limit {
            throw RequestFault.bodyTooLarge(limit: limit)
        }
        let body = body
        return try await Deadline.run(deadline) { try await body.gathered(upTo: limit) }
    }
}

/// What a client must have sent in time.
enum Deadline {
    /// Throws `bodyTooSlow` when `body` has not ended within `deadline`.
    static func run<T: Sendable>(
        _ deadline: Duration, _ body: @escaping @Sendable () async throws -> T
    ) async throws -> T {
        try await withThrowingTaskGroup(of: T.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: deadline)
                throw RequestFault.bodyTooSlow
            }
            guard let first = try await group.next() else { throw RequestFault.bodyTooSlow }
            return first
        }
    }
}

extension RequestBody {
    fileprivate func gathered(upTo limit: Int) async throws -> ByteBuffer {
        var whole = ByteBuffer()
        for try await var part in self {
            guard whole.readableBytes + part.readableBytes <= limit else {
                throw RequestFault.bodyTooLarge(limit: limit)
            }
            whole.writeBuffer(&part)
        }
        return whole
    }
}

/// Runs `body` where no cancellation reaches it: what was accepted is finished even if the client hangs up.
package func uninterrupted<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) async throws -> T {
    try await Task { try await body() }.value
}

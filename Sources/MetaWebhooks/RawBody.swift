// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import NIOCore

/// One request's bytes as they came, copied once; counted against what the door may hold until released.
final class RawBody {
    private(set) var bytes: [UInt8] = []
    private(set) var fault: IntakeResult?
    private let desk: StorageDesk
    private var held = 0

    init(desk: StorageDesk) { self.desk = desk }

    /// False with ``fault`` set when it is refused. The deadline is looked at as parts come, which costs no timer; a client
    /// that sends none at all is the idle timeout's.
    func read(_ request: Request, limits: MetaWebhooks.Limits) async throws -> Bool {
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard announced <= limits.bodyBytes else { return refuse(.tooLarge) }
        bytes.reserveCapacity(min(announced, 64 * 1024))
        let deadline = ContinuousClock.now + limits.bodyDeadline
        for try await part in request.body {
            guard bytes.count + part.readableBytes <= limits.bodyBytes else { return refuse(.tooLarge) }
            guard ContinuousClock.now <= deadline else { return refuse(.tooSlow) }
            guard desk.hold(part.readableBytes) else { return refuse(.overloaded) }
            held += part.readableBytes
            bytes.append(contentsOf: part.readableBytesView)
        }
        return true
    }

    func release() {
        desk.release(held)
        held = 0
    }

    private func refuse(_ result: IntakeResult) -> Bool {
        fault = result
        bytes = []
        return false
    }
}

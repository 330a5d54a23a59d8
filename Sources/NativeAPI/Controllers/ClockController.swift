// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

/// The test world's clock: the operator's. The live world's is the machine's.
struct ClockController: Sendable {
    @Sendable func show(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let time = try Self.time(of: caller.services)
        return Answer.one(try time.reading(for: caller.principal).wire)
    }

    @Sendable func advance(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let time = try Self.time(of: caller.services)
        let (body, _) = try await request.json(AdvanceClockBody.self, context)
        do {
            return Answer.one(
                try await time.advance(by: .seconds(body.advanceSeconds), by: caller.principal).wire)
        } catch let failure as WorldTime.SandboxFailure {
            throw Problem(
                502, "sandbox_unavailable", title: "Sandbox unavailable",
                detail: "The simulator's clock could not be moved, so nothing was: \(failure.reason)")
        }
    }

    private static func time(of services: WorldServices) throws(Problem) -> WorldTime {
        guard let time = services.time else {
            throw Problem(
                403, "live_clock", title: "Forbidden", detail: "Only the test world's clock can be read and moved.")
        }
        return time
    }
}

/// `POST /clock`.
struct AdvanceClockBody: NativeBody {
    let advanceSeconds: Int

    enum CodingKeys: String, CodingKey, CaseIterable {
        case advanceSeconds = "advance_seconds"
    }

    static let fields = FieldNames(of: CodingKeys.self)
}

extension WorldTime.Reading {
    var wire: JSONValue {
        ["now": .time(now), "offset_seconds": .integer(offset.milliseconds / 1000)]
    }
}

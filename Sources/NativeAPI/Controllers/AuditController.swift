// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import Hummingbird
import Services

/// The audit trail: the operator's.
struct AuditController: Sendable {
    @Sendable func show(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        return Answer.one(try await caller.services.audit.state(for: caller.principal).wire)
    }

    @Sendable func seal(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        _ = try await request.json(EmptyBody.self, context)
        return Answer.one(try await caller.services.audit.seal(by: caller.principal).wire)
    }

    @Sendable func verify(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        let query = try VerificationQuery(request)
        let report = try await caller.services.audit.check(
            after: query.after, limit: query.limit, witness: query.head, for: caller.principal)
        return Answer.one(report.wire)
    }
}

/// `after` (a position, default 0), `limit` (1 to 5,000, default 1,000), `head` (`position:hash` as noted down).
private struct VerificationQuery {
    private(set) var after: Int64 = 0
    private(set) var limit = 1_000
    private(set) var head: AuditLink?

    init(_ request: Request) throws {
        for (name, value) in request.uri.queryParameters {
            switch name {
            case "after":
                guard let position = Int64(value), position >= 0 else {
                    throw Self.fault("after", "must be a position, 0 or more")
                }
                after = position
            case "limit":
                guard let number = Int(value), (1...5_000).contains(number) else {
                    throw Self.fault("limit", "must be a whole number from 1 to 5000")
                }
                limit = number
            case "head":
                guard let link = AuditLink(reading: String(value)) else {
                    throw Self.fault("head", "must be a position and a hash, joined by a colon")
                }
                head = link
            default: throw Self.fault(String(name), "is not known here")
            }
        }
    }

    private static func fault(_ name: String, _ message: String) -> RequestFault {
        .invalidQuery(parameter: name, message: message)
    }
}

extension AuditTrailState {
    var wire: JSONValue {
        [
            "begins": begins == .genesis ? .null : begins.wire,
            "head": head == .genesis ? .null : head.wire,
            "sealed_at": .time(sealedAt),
            "unsealed": .number(unsealedCount),
        ]
    }
}

extension AuditReport {
    var wire: JSONValue {
        [
            "checked": .integer(checked),
            "last": last == .genesis ? .null : last.wire,
            "next_after": isMore ? .integer(last.position) : .null,
            "broken": broken.map { place in
                [
                    "position": .integer(place.position), "kind": .name(place.kind),
                    "activity_id": .id(place.activityID),
                ]
            } ?? .null,
            "trail": trail.wire,
        ]
    }
}

extension AuditLink {
    fileprivate var wire: JSONValue { ["position": .integer(position), "hash": .string(hash)] }
}

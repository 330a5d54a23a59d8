// SPDX-License-Identifier: Apache-2.0
import Domain
import HTTPSupport
import HTTPTypes
import Hummingbird
import Services

/// What Meta sent that this version does not know: the operator's.
struct NoveltyController: Sendable {
    @Sendable func list(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        var kind: NoveltyKind?
        for (name, value) in request.uri.queryParameters {
            guard name == "kind" else {
                throw RequestFault.invalidQuery(parameter: String(name), message: "is not a parameter of this list")
            }
            guard let known = NoveltyKind(rawValue: String(value)) else {
                let allowed = NoveltyKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw RequestFault.invalidQuery(parameter: "kind", message: "must be one of \(allowed)")
            }
            kind = known
        }
        return Answer.whole(try await caller.services.novelties.list(kind: kind, for: caller.principal), \.wire)
    }

    @Sendable func fixtures(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        return Answer.one(try await caller.services.novelties.fixtures(for: caller.principal).json)
    }

    @Sendable func clear(_ request: Request, context: GangwayContext) async throws -> Response {
        let caller = try context.requireCaller()
        try await caller.services.novelties.clear(by: caller.principal)
        return Response(status: .noContent)
    }
}

extension Novelty {
    fileprivate var wire: JSONValue {
        [
            "kind": .name(key.kind),
            "place": .string(key.place),
            "word": .string(key.word),
            "count": .number(count),
            "first_seen_at": .time(firstSeenAt),
            "last_seen_at": .time(lastSeenAt),
            "sample": sample.flatMap(JSONValue.init(parsing:)) ?? .null,
        ]
    }
}
